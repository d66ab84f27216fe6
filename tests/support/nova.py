"""Nova, a vendor that does not exist: the whole of it in one file, as a fifth vendor would come into the house.

`tests.architecture.test_vendors` puts this file into `tools/video/`; nothing else is edited.
"""

from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote

import httpx

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Account, Body, Checkup, Going, Order, Progress
from agent.profiles import Material, Offer, Profile, Source
from agent.troubles import Trouble
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect
from tools.http import Reply, trouble_of
from tools.video.vendor import (
    Clock,
    Received,
    Sent,
    Sleep,
    Vendor,
    VendorId,
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

CLIPS = "/v1/clips"
STATE = {"waiting": Going.WAITING, "drawing": Going.RENDERING, "ready": Going.DONE, "broken": Going.FAILED}
PROFILES = (
    Profile(
        name="nova-1",
        vendor="nova",
        family="Nova",
        upstream_id="nova-1",
        distilled=False,
        dialect=Dialect(channel=Channel.CLAUSE, limit=2000),
        offers={
            Material.WORDS: Offer(
                durations=(4, 8), ratios=("16:9",), resolution="720p", price_micro_usd_per_second=50_000
            )
        },
        sources=(Source(fact="all of it", where="made up", evidence="U", read="2026-11-20"),),
        priors=dict.fromkeys(Layer, 0.5),
    ),
)


class Create(Sent):
    """Body of a submit."""

    model: str
    prompt: str
    seconds: int
    ratio: str


class Created(Received):
    """Answer to a submit."""

    id: VendorId


class Clip(Received):
    """A job as a poll shows it."""

    state: str
    link: str | None = None


class ErrorReply(Received):
    """Body of an HTTP error."""

    error: str


class Nova:
    """The wire of Nova."""

    vendor = "nova"

    def __init__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> None:
        """Take an account that `complaint` accepts."""
        self.profiles = with_ids(PROFILES, account)
        self._secrets = account.secrets
        self._http, self._downloads = connect(self.vendor, account, hosts=(), transport=transport, now_us=now_us)

    def compose(self, order: Order) -> Body:
        """The clip, from words alone."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        refuse_field(order, profile)
        body = Create(model=profile.upstream_id, prompt=order.rendering.text, seconds=order.seconds, ratio=order.ratio)
        return Body(method="POST", path=CLIPS, content=encode(body))

    async def submit(self, body: Body, *, key: str) -> str:
        """Start the job."""
        reply = await self._http.submit(body.method, body.path, content=body.content, headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=True)
        return self._http.read(reply, Created, sending=True).id

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Ask for the job."""
        reply = await self._http.ask("GET", f"{CLIPS}/{quote(vendor_id, safe='')}", headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        clip = self._http.read(reply, Clip)
        going = going_of(clip.state, STATE, http=self._http)
        trouble = Trouble.PROVIDER_PERMANENT if going is Going.FAILED else None
        return Progress(going=going, media=clip.link, trouble=trouble)

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip behind its link."""
        async for piece in self._downloads.stream(media):
            yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Never."""
        return False

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """Never.

        Raises:
            UnsupportedError: Always.
        """
        raise UnsupportedError(model=model, what="a look-up of jobs by our key")

    async def check(self) -> Checkup:
        """Nothing can be asked free of charge."""
        return Checkup(signed_in=None, remarks=("nova has no free request",))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Nova calls nobody."""
        return None

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._secrets['api_key']}"}

    def _refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        said = self._http.peek(reply, ErrorReply)
        trouble = trouble_of(reply.status, sending=sending, spoke=said is not None)
        return self._http.error(trouble, said.error if said else f"HTTP {reply.status}")


def _complaint(account: Account) -> str | None:
    if missing(account, secrets=("api_key",)):
        return "nova needs secret 'api_key'"
    return unsendable(account)


VENDOR = Vendor(
    name="nova",
    families=("Nova",),
    profiles=PROFILES,
    secrets=("api_key",),
    options=("media_hosts",),
    default_base_url="https://api.nova.example",
    make=Nova,
    complaint=_complaint,
)
