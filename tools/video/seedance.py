"""Seedance on Ark: no negative field; format terms as a constraint sentence, anatomy and quality turned positive.

Facts, sources and dates: `docs/wire/seedance.md`.
"""

from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote

import httpx

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Account, Body, Checkup, Going, Order, Progress
from agent.profiles import Cancel, Material, Offer, Profile, Source
from agent.troubles import Trouble
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect
from tools.http import Reply, trouble_of
from tools.video import seedance_wire
from tools.video.vendor import (
    Clock,
    Sleep,
    Vendor,
    connect,
    encode,
    going_of,
    missing,
    pick,
    refuse_field,
    refuse_unsupported,
    unsendable,
    with_ids,
)

TASKS = "/contents/generations/tasks"
MEDIA_HOSTS = (
    "ark-content-generation-ap-southeast-1.tos-ap-southeast-1.volces.com",
    "ark-content-generation-v2-ap-southeast-1.tos-ap-southeast-1.volces.com",
    "ark-content-generation-ap-southeast-1.tos-ap-southeast-1.bytepluses.com",
    "ark-content-generation-cn-beijing.tos-cn-beijing.volces.com",
)
MOST_BODY_BYTES = 64 * 1024 * 1024
MOST_IMAGE_BYTES = 30_000_000
RECORDS_LAST_S = 7 * 24 * 3600
CANNOT_CANCEL = (400, 404, 409)
"""Which of these refuses a running task is not documented."""

PAGE_SIZE = 500
MOST_PAGES = 40

_READ = "2026-11-20"
_SOURCES = (
    Source(fact="wire, seed, cancel, findable", where="volcengine-ark-runtime 5.0.54", evidence="S", read=_READ),
    Source(fact="durations, ratios, references", where="ModelArk video generation pages", evidence="D", read=_READ),
    Source(fact="dialect", where="Seedance prompt guides, quoted by users", evidence="T", read=_READ),
    Source(fact="drops", where="bracket channels and '--' as users found them", evidence="T", read=_READ),
    Source(fact="price", where="BytePlus token prices times 21600 tokens/s at 720p", evidence="T", read=_READ),
    Source(fact="slots, usual_wait_s, priors", where="stated starting belief, not measured", evidence="U", read=_READ),
)
_DIALECT = Dialect(
    channel=Channel.CLAUSE,
    # The guides say that negatives of anatomy and quality have no effect, and word these two positively.
    channels={Layer.ANATOMY: Channel.INVERTED, Layer.QUALITY: Channel.INVERTED},
    clause="Keep free of $terms.",
    # Documented fixes exist for burnt-in captions, watermark and logo.
    always_clause=frozenset({"text", "subtitles", "watermark", "logo"}),
    names_reference="Image $n",
    max_references=9,
    # On 2.0 the text after "--" is cut off; brackets open channels for music, effects, speech and captions.
    drops=("--", "(", ")", "<", ">", "{", "}", "【", "】"),
)


def _seedance(
    name: str,
    upstream_id: str,
    *,
    price_micro_usd: int,
    usual_wait_s: float,
    priors: tuple[float, float, float],
) -> Profile:
    plain = Offer(
        durations=tuple(range(4, 16)),
        ratios=("16:9", "4:3", "1:1", "3:4", "9:16", "21:9"),
        resolution="720p",
        price_micro_usd_per_second=price_micro_usd,
    )
    return Profile(
        name=name,
        vendor="seedance",
        family="Seedance",
        upstream_id=upstream_id,
        distilled=name != "seedance-2.0",
        dialect=_DIALECT,
        offers=dict.fromkeys((Material.WORDS, Material.LOOKS, Material.FIRST), plain),
        sources=_SOURCES,
        seed=True,
        cancel=Cancel.QUEUED,
        findable=True,
        usual_wait_s=usual_wait_s,
        priors=dict(zip(Layer, priors, strict=True)),
    )


# Priors per layer (format, anatomy, quality) are starting beliefs by class: a documented clause for format, positive
# wording for the other two, everything weaker on the distilled siblings.
PROFILES = (
    _seedance(
        "seedance-2.0",
        "dreamina-seedance-2-0-260128",
        price_micro_usd=151_000,
        usual_wait_s=180.0,
        priors=(0.60, 0.60, 0.60),
    ),
    _seedance(
        "seedance-2.0-fast",
        "dreamina-seedance-2-0-fast-260128",
        price_micro_usd=121_000,
        usual_wait_s=90.0,
        priors=(0.45, 0.50, 0.50),
    ),
    _seedance(
        "seedance-2.0-mini",
        "dreamina-seedance-2-0-mini",
        price_micro_usd=76_000,
        usual_wait_s=75.0,
        priors=(0.40, 0.45, 0.45),
    ),
)


class Seedance:
    """The wire of Seedance on Ark."""

    vendor = "seedance"

    def __init__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> None:
        """Take an account that `complaint` accepts; ``sleep`` is not needed on this wire."""
        self.profiles = with_ids(PROFILES, account)
        self._secrets = account.secrets
        self._now_us = now_us
        self._http, self._downloads = connect(
            self.vendor, account, hosts=MEDIA_HOSTS, transport=transport, now_us=now_us
        )

    def compose(self, order: Order) -> Body:
        """The task: the words first, then the images in the order the words number them."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        refuse_field(order, profile)
        stills = (*order.references, *((order.first_frame,) if order.first_frame else ()))
        if any(len(still.data) >= MOST_IMAGE_BYTES for still in stills):
            raise UnsupportedError(model=profile.name, what="an image of 30 MB or more")
        body = seedance_wire.create(
            order, model=profile.upstream_id, resolution=profile.offers[order.material].resolution
        )
        content = encode(body)
        if len(content) > MOST_BODY_BYTES:
            raise UnsupportedError(model=profile.name, what="images of more than 64 MB in all")
        return Body(method="POST", path=TASKS, content=content)

    async def submit(self, body: Body, *, key: str) -> str:
        """Start the task."""
        reply = await self._http.submit(body.method, body.path, content=body.content, headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=True)
        return self._http.read(reply, seedance_wire.Created, sending=True).id

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Ask for the task."""
        reply = await self._http.ask("GET", _path(vendor_id), headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        task = self._http.read(reply, seedance_wire.Task)
        going = going_of(task.status, seedance_wire.STATUS, http=self._http)
        return seedance_wire.progress(task, going=going, tidy=self._http.tidy)

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip behind its signed link, good for 24 hours."""
        async for piece in self._downloads.stream(media):
            yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Call back a queued task. A running one is refused, and a finished one is never touched."""
        # DELETE removes a finished task with its clip, so it goes out only after a look.
        if (await self.poll(vendor_id, model=model)).going is not Going.WAITING:
            return False
        reply = await self._http.ask("DELETE", _path(vendor_id), headers=self._headers())
        if reply.ok or reply.status in CANNOT_CANCEL:
            return reply.ok
        raise self._refusal(reply, sending=False)

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """The task that carries our mark, from the account's list of the last seven days."""
        if self._now_us() - sent_us > RECORDS_LAST_S * 1_000_000:
            message = "tasks older than seven days are not listed, so nobody can tell whether it was accepted"
            raise self._http.error(Trouble.NOT_FOUND, message)
        mark, seen = seedance_wire.mark(key), 0
        for number in range(1, MOST_PAGES + 1):
            page = await self._page(number)
            found = next((task.id for task in page.items if task.safety_identifier == mark), None)
            seen += len(page.items)
            if found is not None or seen >= page.total:
                return found
            if not page.items:
                break
        # Not found in a part of the list is no answer.
        raise self._http.error(Trouble.PROVIDER_TRANSIENT, f"only {seen} tasks of a longer list could be read")

    async def check(self) -> Checkup:
        """Nothing is asked."""
        return Checkup(signed_in=None, remarks=(f"{self.vendor} was not asked: no free request is known to us",))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Never: no signature of this vendor is checked."""
        return None

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()

    async def _page(self, number: int) -> seedance_wire.Page:
        params = {"page_num": str(number), "page_size": str(PAGE_SIZE)}
        reply = await self._http.ask("GET", TASKS, params=params, headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        return self._http.read(reply, seedance_wire.Page)

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._secrets['api_key']}"}

    def _refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        said = self._http.peek(reply, seedance_wire.ErrorReply)
        if said is None:
            trouble = trouble_of(reply.status, sending=sending, spoke=False)
            return self._http.error(trouble, f"HTTP {reply.status}", retry_after_s=reply.retry_after_s)
        trouble = seedance_wire.trouble_of_code(said.error.code) or trouble_of(
            reply.status, sending=sending, spoke=True
        )
        message = f"{said.error.message} ({said.error.code})"
        return self._http.error(trouble, message, retry_after_s=reply.retry_after_s)


def _path(vendor_id: str) -> str:
    return f"{TASKS}/{quote(vendor_id, safe='')}"


def _complaint(account: Account) -> str | None:
    if missing(account, secrets=("api_key",)):
        return "seedance needs secret 'api_key' (an Ark API key)"
    return unsendable(account)


VENDOR = Vendor(
    name="seedance",
    families=("Seedance",),
    profiles=PROFILES,
    secrets=("api_key",),
    options=("media_hosts",),
    default_base_url="https://ark.ap-southeast.bytepluses.com/api/v3",
    make=Seedance,
    complaint=_complaint,
)
