"""What a vendor's file offers to the registry, and what all adapters check and write in the same way."""

from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Protocol

import httpx
from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel

from agent.errors import NotFoundError, UnsupportedError
from agent.jobs import Account, Going, Order, Still
from agent.ports import VideoModel
from agent.profiles import Profile
from agent.troubles import Trouble
from tools.downloads import Downloads
from tools.http import Http

VendorId = Annotated[str, StringConstraints(min_length=1, max_length=512)]
Sleep = Callable[[float], Awaitable[None]]
Clock = Callable[[], int]


class Make(Protocol):
    """Builds the adapter of one vendor."""

    def __call__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> VideoModel:
        """The adapter for an account that `Vendor.complaint` finds nothing wrong with."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One vendor, as its file declares it in ``VENDOR``.

    Attributes:
        families: What a director calls its models.
        profiles: Every variant the file knows, whatever is configured.
        secrets: Names that `Account.secrets` may hold.
        options: Names that `Account.options` may hold.
        default_base_url: For `Account.base_url`; may hold ``{option}`` holes, which the adapter fills.
        complaint: What is missing in an account, in a sentence that names the setting; ``None`` when it can be used.
    """

    name: str
    families: tuple[str, ...]
    profiles: tuple[Profile, ...]
    secrets: tuple[str, ...]
    options: tuple[str, ...]
    default_base_url: str
    make: Make
    complaint: Callable[[Account], str | None]


class Sent(BaseModel):
    """Part of a request; its fields go out in the order they are declared, unset ones not at all."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SentCamel(BaseModel):
    """The same with names in camelCase on the wire."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True)


class Received(BaseModel):
    """Part of a reply. What a vendor adds to it one day is no error."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ReceivedCamel(BaseModel):
    """The same with names in camelCase on the wire."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)


def pick(profiles: Sequence[Profile], name: str) -> Profile:
    """The profile of that name.

    Raises:
        NotFoundError: The vendor offers no such model.
    """
    for profile in profiles:
        if profile.name == name:
            return profile
    raise NotFoundError(what="model", name=name, known=[profile.name for profile in profiles])


def with_ids(profiles: Sequence[Profile], account: Account) -> tuple[Profile, ...]:
    """The profiles with the vendor's ids that settings override."""
    return tuple(
        replace(profile, upstream_id=account.ids.get(profile.name, profile.upstream_id)) for profile in profiles
    )


def connect(
    vendor: str,
    account: Account,
    *,
    hosts: Sequence[str],
    transport: httpx.AsyncBaseTransport | None,
    now_us: Clock,
) -> tuple[Http, Downloads]:
    """The account's connection, and the downloads of its clips.

    Args:
        vendor: Its name, for messages.
        account: The option ``media_hosts`` adds to the hosts, separated by commas.
        hosts: Where clips may come from besides the vendor's own address; nowhere else in the sandbox.
        transport: How bytes travel; ``None`` for the network.
        now_us: Wall clock in microseconds.
    """
    http = Http(vendor=vendor, base_url=account.base_url, secrets=account.secrets, transport=transport, now_us=now_us)
    return http, Downloads(http, hosts=_media_hosts(account, hosts))


def going_of(word: str, words: Mapping[str, Going], *, http: Http) -> Going:
    """How a job stands, by the vendor's status word.

    Raises:
        VendorError: UNKNOWN_OUTCOME for a word that is not listed; it is never read as "still going".
    """
    if word not in words:
        raise http.error(Trouble.UNKNOWN_OUTCOME, f"unknown status word {word!r}")
    return words[word]


def refuse_unsupported(order: Order, profile: Profile) -> None:
    """Let pass what the profile says the model can do.

    Raises:
        UnsupportedError: It names what the wire cannot say. A seed is no such thing: it is a wish.
    """
    words, looks = order.rendering, len(order.references)
    offer = profile.offer(order.material)
    if offer is None:
        raise UnsupportedError(model=profile.name, what=f"{order.material} (it takes {_listed(profile.offers)})")
    unregistered = [still.label for still in order.references if profile.vendor not in still.known_as]
    most = profile.dialect.max_references
    for wrong, what in (
        (
            order.seconds not in offer.durations,
            f"{order.seconds} s with {order.material} (it makes {offer.lengths} s)",
        ),
        (not offer.makes(order.ratio), f"{order.ratio} (it makes {_listed(offer.ratios)})"),
        (looks > most, f"{looks} look references (it takes {most})"),
        (
            offer.registered_only and bool(unregistered),
            f"references that are not registered at {profile.vendor}: {_listed(unregistered)}",
        ),
        (order.callback is not None and not profile.calls_back, "a callback"),
        (not _is_text(words.text + (words.negative_field or "")), "half of a surrogate pair in the text"),
    ):
        if wrong:
            raise UnsupportedError(model=profile.name, what=what)
    _refuse_stills(order, profile)


def _refuse_stills(order: Order, profile: Profile) -> None:
    """Let no image out that the vendor would refuse; what is registered there goes out by its id."""
    limits = profile.stills
    for still in (still for still in order.stills if profile.vendor not in still.known_as):
        if still.media_type not in limits.media_types:
            raise UnsupportedError(model=profile.name, what=f"image {still.label} of type {still.media_type}")
        if limits.most_bytes is not None and len(still.data) > limits.most_bytes:
            what = f"image {still.label} of {len(still.data)} bytes (it takes {limits.most_bytes})"
            raise UnsupportedError(model=profile.name, what=what)


def refuse_field(order: Order, profile: Profile) -> None:
    """Let no negative field get lost on a model that has none.

    Raises:
        UnsupportedError: The rendering carries one.
    """
    if order.rendering.negative_field is not None:
        raise UnsupportedError(model=profile.name, what="a negative field")


def encode(body: BaseModel) -> bytes:
    """The JSON text that leaves: compact, UTF-8, unset fields left out."""
    return body.model_dump_json(by_alias=True, exclude_none=True).encode()


def data_uri(still: Still) -> str:
    """An image as a ``data:`` URI."""
    return f"data:{still.media_type};base64,{b64encode(still.data).decode('ascii')}"


def missing(account: Account, *, secrets: Sequence[str] = (), options: Sequence[str] = ()) -> tuple[str, ...]:
    """The settings of these names that are empty, as the person would look for them."""
    return (
        *(f"secret '{name}'" for name in secrets if not account.secrets.get(name, "").strip()),
        *(f"option '{name}'" for name in options if not account.options.get(name, "").strip()),
    )


def share(account: Account, option: str) -> float | None:
    """An option that is a share from 0 to 1; ``None`` where it is not set.

    Raises:
        ValueError: It is something else.
    """
    given = account.options.get(option, "").strip()
    if not given:
        return None
    amount = float(given)
    if not 0 <= amount <= 1:
        raise ValueError(given)
    return amount


def unsendable(account: Account) -> str | None:
    """A complaint about a secret that no HTTP header can carry, without showing it."""
    for name, value in account.secrets.items():
        if not value.isascii() or not value.isprintable() or value != value.strip():
            return f"secret '{name}' holds a space or sign that no key has; copy it again"
    return None


def _media_hosts(account: Account, known: Sequence[str]) -> tuple[str, ...]:
    if account.sandbox:
        return ()
    added = account.options.get("media_hosts", "").split(",")
    return (*known, *(host.strip() for host in added if host.strip()))


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)


def _is_text(text: str) -> bool:
    """Whether JSON can carry it: a lone surrogate is no character."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)
