"""Runway's own models: no negative field and no negative wording at all, so every term is turned positive.

Facts, sources and dates: `docs/wire/runway.md`.
"""

from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote

import httpx

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Account, Body, Checkup, Going, Order, Progress
from agent.profiles import Cancel, Material, Offer, Profile, Source
from agent.troubles import Trouble
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect, Unit
from tools.http import Reply, trouble_of
from tools.video import runway_wire
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

VERSION = "2024-11-06"
MEDIA_HOSTS = ("dnznrvs05pmza.cloudfront.net", "d2jqrm6oza8nb6.cloudfront.net")
LONGEST_DATA_URI = 5_000_000

_READ = "2026-11-20"
_SOURCES = (
    Source(fact="wire, limits, durations, ratios, seed, cancel", where="runwayml 5.24.0", evidence="S", read=_READ),
    Source(fact="dialect: positive wording only", where="Runway Gen-4.5 prompting guide", evidence="D", read=_READ),
    Source(fact="price", where="credits per second at 0.01 USD", evidence="T", read=_READ),
    Source(fact="slots, usual_wait_s, priors", where="stated starting belief, not measured", evidence="U", read=_READ),
)
_DIALECT = Dialect(channel=Channel.INVERTED, forbids_negative=True, limit=1000, unit=Unit.UTF16)


def _runway(
    name: str,
    upstream_id: str,
    *,
    takes: tuple[Material, ...],
    ratios: tuple[str, ...],
    price_micro_usd: int,
    usual_wait_s: float,
    priors: tuple[float, float, float],
) -> Profile:
    offer = Offer(
        durations=tuple(range(2, 11)), ratios=ratios, resolution="720p", price_micro_usd_per_second=price_micro_usd
    )
    return Profile(
        name=name,
        vendor="runway",
        family="Runway",
        upstream_id=upstream_id,
        distilled="turbo" in name,
        dialect=_DIALECT,
        offers=dict.fromkeys(takes, offer),
        sources=_SOURCES,
        seed=True,
        cancel=Cancel.ALWAYS,
        usual_wait_s=usual_wait_s,
        slots=2,
        priors=dict(zip(Layer, priors, strict=True)),
    )


# Priors per layer (format, anatomy, quality) are starting beliefs by class: positive wording steers a full model
# fairly, a distilled one less.
PROFILES = (
    _runway(
        "runway-gen4.5",
        "gen4.5",
        takes=(Material.WORDS, Material.FIRST),
        ratios=("16:9", "9:16"),  # from words alone; a first frame would allow four more
        price_micro_usd=120_000,
        usual_wait_s=90.0,
        priors=(0.60, 0.60, 0.60),
    ),
    _runway(
        "runway-gen4-turbo",
        "gen4_turbo",
        takes=(Material.FIRST,),
        ratios=tuple(runway_wire.SIZES),
        price_micro_usd=50_000,
        usual_wait_s=45.0,
        priors=(0.40, 0.45, 0.45),
    ),
)


class Runway:
    """The wire of Runway's developer API, for its own models."""

    vendor = "runway"

    def __init__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> None:
        """Take an account that `complaint` accepts; ``sleep`` is not needed on this wire."""
        self.profiles = with_ids(PROFILES, account)
        self._secrets = account.secrets
        self._http, self._downloads = connect(
            self.vendor, account, hosts=MEDIA_HOSTS, transport=transport, now_us=now_us
        )

    def compose(self, order: Order) -> Body:
        """The task, from words alone or from a first frame; the wire has no place for the order's key."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        refuse_field(order, profile)
        body = runway_wire.create(order, model=profile.upstream_id)
        frame = body.prompt_image
        if frame is not None and len(frame[0].uri) > LONGEST_DATA_URI:
            raise UnsupportedError(model=profile.name, what="a first frame of more than 5 MB as a data URI")
        path = "/v1/image_to_video" if frame else "/v1/text_to_video"
        return Body(method="POST", path=path, content=encode(body))

    async def submit(self, body: Body, *, key: str) -> str:
        """Start the task."""
        reply = await self._http.submit(body.method, body.path, content=body.content, headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=True)
        return self._http.read(reply, runway_wire.Created, sending=True).id

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Ask for the task; each answer brings a fresh link."""
        reply = await self._http.ask("GET", _path(vendor_id), headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        task = self._http.read(reply, runway_wire.Task)
        going = going_of(task.status, runway_wire.STATUS, http=self._http)
        return runway_wire.progress(task, going=going, tidy=self._http.tidy)

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip behind its signed link, good for a day or two."""
        async for piece in self._downloads.stream(media):
            yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Call back a task that is not over. The vendor promises neither a stop nor a refund."""
        # DELETE removes a finished task with its clip, so it goes out only after a look.
        if (await self.poll(vendor_id, model=model)).going not in (Going.WAITING, Going.RENDERING):
            return False
        reply = await self._http.ask("DELETE", _path(vendor_id), headers=self._headers())
        if reply.ok or reply.status == 404:
            return reply.ok
        raise self._refusal(reply, sending=False)

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """Never: Runway lists no tasks that were submitted directly.

        Raises:
            UnsupportedError: Always.
        """
        raise UnsupportedError(model=model, what="a look-up of jobs by our key")

    async def check(self) -> Checkup:
        """Nothing is asked."""
        return Checkup(signed_in=None, remarks=(f"{self.vendor} was not asked: no free request is known to us",))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Never: no signature of this vendor is checked."""
        return None

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._secrets['api_key']}", "x-runway-version": VERSION}

    def _refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        said = self._http.peek(reply, runway_wire.ErrorReply)
        trouble = trouble_of(reply.status, sending=sending, spoke=said is not None)
        message = runway_wire.told(said) if said else f"HTTP {reply.status}"
        if trouble is Trouble.VALIDATION and "enough credits" in message:
            trouble = Trouble.PAYMENT
        return self._http.error(trouble, message, retry_after_s=reply.retry_after_s)


def _path(vendor_id: str) -> str:
    return f"/v1/tasks/{quote(vendor_id, safe='')}"


def _complaint(account: Account) -> str | None:
    if missing(account, secrets=("api_key",)):
        return "runway needs secret 'api_key' (a developer API key)"
    return unsendable(account)


VENDOR = Vendor(
    name="runway",
    families=("Runway",),
    profiles=PROFILES,
    secrets=("api_key",),
    options=("media_hosts",),
    default_base_url="https://api.dev.runwayml.com",
    make=Runway,
    complaint=_complaint,
)
