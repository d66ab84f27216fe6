"""Runway: its own models, which take no negative wording at all, and those it hosts, each with its maker's rules.

Facts, sources and dates: `docs/wire/runway.md`.
"""

from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote

import httpx

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Account, Body, Checkup, Going, Order, Progress
from agent.profiles import Profile
from agent.troubles import Trouble
from prompts.dialect import Channel
from tools.http import Reply, trouble_of
from tools.video import runway_wire
from tools.video.runway_variants import BY_NAME, PROFILES
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
    share,
    unsendable,
    with_ids,
)

VERSION = "2024-11-06"
MEDIA_HOSTS = ("dnznrvs05pmza.cloudfront.net", "d2jqrm6oza8nb6.cloudfront.net")


class Runway:
    """The wire of Runway's developer API."""

    vendor = "runway"

    def __init__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> None:
        """Take an account that `complaint` accepts; ``sleep`` is not needed on this wire."""
        self.profiles = with_ids(PROFILES, account)
        self._secrets = account.secrets
        self._cfg_scale = share(account, "cfg_scale")
        self._http, self._downloads = connect(
            self.vendor, account, hosts=MEDIA_HOSTS, transport=transport, now_us=now_us
        )

    def compose(self, order: Order) -> Body:
        """The task, from words alone or from frames; the wire has no place for the order's key."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        if profile.dialect.channel is not Channel.FIELD:
            refuse_field(order, profile)
        _refuse_strange_ids(order, profile)
        body = runway_wire.create(order, BY_NAME[profile.name], model=profile.upstream_id, cfg_scale=self._cfg_scale)
        path = "/v1/image_to_video" if body.prompt_image else "/v1/text_to_video"
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
        """The organization's credit, its models and how many tasks of each may run at once."""
        reply = await self._http.ask("GET", "/v1/organization", headers=self._headers())
        if reply.ok:
            return runway_wire.checkup(self._http.read(reply, runway_wire.Organization), self.profiles)
        refusal = self._refusal(reply, sending=False)
        if refusal.trouble is not Trouble.AUTH:
            raise refusal
        return Checkup(signed_in=False, remarks=(refusal.message,))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Never: Runway calls nobody back."""
        return None

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._secrets['api_key']}", "x-runway-version": VERSION}

    def _refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        said = self._http.peek(reply, runway_wire.ErrorReply)
        trouble = trouble_of(reply.status, sending=sending, spoke=said is not None)
        if said is None:
            return self._http.error(trouble, f"HTTP {reply.status}", retry_after_s=reply.retry_after_s)
        if trouble is Trouble.VALIDATION:
            trouble = runway_wire.meant(said) or trouble
        return self._http.error(trouble, runway_wire.told(said), retry_after_s=reply.retry_after_s)


def _path(vendor_id: str) -> str:
    return f"/v1/tasks/{quote(vendor_id, safe='')}"


def _refuse_strange_ids(order: Order, profile: Profile) -> None:
    """An image that is uploaded already goes out by its address; let no other id pass for one."""
    for still in order.stills:
        uploaded = runway_wire.registered(still)
        if uploaded is not None and not uploaded.startswith("runway://"):
            raise UnsupportedError(model=profile.name, what=f"image {still.label} under an id that is no runway://...")


def _complaint(account: Account) -> str | None:
    if missing(account, secrets=("api_key",)):
        return "runway needs secret 'api_key' (a developer API key)"
    try:
        share(account, "cfg_scale")
    except ValueError:
        return "runway's option 'cfg_scale' is a number from 0 (free) to 1 (close to the words), or is left out"
    return unsendable(account)


VENDOR = Vendor(
    name="runway",
    families=("Runway", "Veo", "Kling", "Seedance", "Gemini Omni"),
    profiles=PROFILES,
    secrets=("api_key",),
    options=("cfg_scale", "media_hosts"),
    default_base_url="https://api.dev.runwayml.com",
    make=Runway,
    complaint=_complaint,
)
