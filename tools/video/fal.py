"""The fal queue: Kling with its native negative field, Veo and Seedance, under one key.

Facts, sources and dates: `docs/wire/fal.md`.
"""

import re
from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote, urlencode

import httpx

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Account, Body, Checkup, Going, Order, Progress
from agent.profiles import Profile
from agent.troubles import Trouble
from prompts.dialect import Channel
from tools.http import Http, Reply, trouble_of
from tools.video import fal_wire
from tools.video.fal_desk import Desk
from tools.video.fal_signature import Signatures
from tools.video.fal_variants import ENDPOINTS, PROFILES, START_WITHIN_S
from tools.video.vendor import (
    Clock,
    Sent,
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

MEDIA_HOSTS = (".fal.media",)
BESIDE = {  # option: where the vendor documents it, and where it lies below a stand-in's address
    "jwks_url": ("https://rest.fal.ai/.well-known/jwks.json", "/.well-known/jwks.json"),
    "platform_url": ("https://api.fal.ai/v1", "/v1"),
}
MOST_BODY_BYTES = 64 * 1024 * 1024
"""Ours: fal takes images as data URIs and publishes no limit for a request."""

REQUEST_PATH = re.compile(r"(?:\w[\w.-]*/){2,3}requests/\w[\w-]*")
NOBODY = "/fal-ai/veo3.1/requests/00000000-0000-0000-0000-000000000000/status"
"""A request that does not exist: to ask for it costs nothing."""


class Fal:
    """The wire of fal's queue.

    The vendor's id of a job is the path of its request: by the request's id alone nothing can be asked.
    """

    vendor = "fal"

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

        def reach(option: str) -> Http:
            address = _beside(account, option)
            return Http(
                vendor=self.vendor, base_url=address, secrets=account.secrets, transport=transport, now_us=now_us
            )

        self._signatures = Signatures(reach("jwks_url"))
        self._desk = Desk(reach("platform_url"))

    def compose(self, order: Order) -> Body:
        """The request to the app's endpoint for this material; a callback goes along in the address."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        if profile.dialect.channel is not Channel.FIELD:
            refuse_field(order, profile)
        content = encode(self._body(order, profile))
        if len(content) > MOST_BODY_BYTES:
            raise UnsupportedError(model=profile.name, what="images of more than 64 MB in all")
        path = f"/{quote(profile.upstream_id + ENDPOINTS[profile.name][order.material], safe='/')}"
        query = f"?{urlencode({'fal_webhook': order.callback})}" if order.callback else ""
        return Body(method="POST", path=path + query, content=content)

    async def submit(self, body: Body, *, key: str) -> str:
        """Queue the request; the wire has no place for ``key``."""
        headers = {**self._headers(), "x-fal-request-timeout": str(START_WITHIN_S)}
        reply = await self._http.submit(body.method, body.path, content=body.content, headers=headers)
        if not reply.ok:
            raise self._refusal(reply, sending=True)
        return self._request_path(self._http.read(reply, fal_wire.Submitted, sending=True))

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Ask for the request, and when it is over for its result, which alone says whether it succeeded."""
        status, going = await self._status(vendor_id)
        if going is not Going.DONE:
            return Progress(going=going)
        reply = await self._http.ask("GET", f"/{vendor_id}", headers=self._headers())
        return self._made(reply) if reply.ok else self._ended(reply, status)

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip behind its link, which needs no key."""
        async for piece in self._downloads.stream(media):
            yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Call back a waiting request. A running one may go on and be charged, so it is not asked to stop."""
        _, going = await self._status(vendor_id)
        if going is not Going.WAITING:
            return False
        reply = await self._http.ask("PUT", f"/{vendor_id}/cancel", headers=self._headers())
        if reply.ok or reply.status == 400:
            return reply.ok
        raise self._refusal(reply, sending=False)

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """Never: fal documents no list of requests.

        Raises:
            UnsupportedError: Always.
        """
        raise UnsupportedError(model=model, what="a look-up of jobs by our key")

    async def check(self) -> Checkup:
        """Whether the key is taken, which models are gone, and what is left to spend."""
        reply = await self._http.ask("GET", NOBODY, headers=self._headers())
        answer = self._refusal(reply, sending=False)
        if answer.trouble is Trouble.AUTH:
            return Checkup(signed_in=False, remarks=(answer.message,))
        if not reply.ok and answer.trouble not in (Trouble.NOT_FOUND, Trouble.VALIDATION, Trouble.PAYMENT):
            raise answer
        remarks = (answer.message,) if answer.trouble is Trouble.PAYMENT else ()
        return await self._desk.checkup(self.profiles, headers=self._headers(), remarks=remarks)

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Whether fal signed this call; it signs every one."""
        return await self._signatures.valid(headers, body)

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()
        await self._desk.close()
        await self._signatures.close()

    def _body(self, order: Order, profile: Profile) -> Sent:
        if profile.family == "Kling":
            return fal_wire.kling(order, cfg_scale=self._cfg_scale)
        write = {"Veo": fal_wire.veo, "Seedance": fal_wire.seedance}[profile.family]
        return write(order, profile.offers[order.material])

    def _request_path(self, submitted: fal_wire.Submitted) -> str:
        """The path that a request's three addresses share; keys go to the vendor's own address only."""
        path = submitted.response_url.removeprefix(f"{self._http.base_url}/")
        follow = (submitted.status_url, submitted.cancel_url)
        expected = tuple(f"{self._http.base_url}/{path}/{name}" for name in ("status", "cancel"))
        if REQUEST_PATH.fullmatch(path) and follow == expected:
            return path
        message = (
            f"accepted as request {submitted.request_id}, but its addresses do not lie below {self._http.base_url}"
        )
        raise self._http.error(Trouble.UNKNOWN_OUTCOME, message)

    async def _status(self, vendor_id: str) -> tuple[fal_wire.Status, Going]:
        reply = await self._http.ask("GET", f"/{vendor_id}/status", params={"logs": "false"}, headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        status = self._http.read(reply, fal_wire.Status)
        return status, going_of(status.status, fal_wire.STATUS, http=self._http)

    def _made(self, reply: Reply) -> Progress:
        result = self._http.read(reply, fal_wire.Result)
        if result.video is None or not result.video.url:
            message = "the request was completed and holds no clip"
            return Progress(going=Going.FAILED, trouble=Trouble.PROVIDER_PERMANENT, message=message)
        return Progress(going=Going.DONE, media=result.video.url, seed=result.seed)

    def _ended(self, reply: Reply, status: fal_wire.Status) -> Progress:
        """Why there is no clip. What is no word on the request itself, such as a refused key, is raised instead."""
        said = self._http.peek(reply, fal_wire.Failure)
        told = fal_wire.kinds(said, reply, status)
        if not told or reply.status in (401, 403, 404, 429):
            raise self._refusal(reply, sending=False)
        if fal_wire.CANCELLED in told:
            return Progress(going=Going.CANCELLED)
        message = (said.words if said else "") or status.error or f"HTTP {reply.status}"
        return Progress(
            going=Going.FAILED, trouble=fal_wire.ending(said, told, reply), message=self._http.tidy(message)
        )

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Key {self._secrets['api_key']}"}

    def _refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        said = self._http.peek(reply, fal_wire.Failure)
        trouble = fal_wire.refusal(said, status=reply.status) if said else None
        usual = trouble_of(reply.status, sending=sending, spoke=said is not None)
        message = said.words if said else f"HTTP {reply.status}"
        return self._http.error(trouble or usual, message, retry_after_s=reply.retry_after_s)


def _beside(account: Account, option: str) -> str:
    """Where something lies that is not below the queue's address."""
    documented, in_sandbox = BESIDE[option]
    usual = account.base_url.rstrip("/") + in_sandbox if account.sandbox else documented
    return account.options.get(option, "").strip() or usual


def _complaint(account: Account) -> str | None:
    if missing(account, secrets=("api_key",)):
        return "fal needs secret 'api_key' (an API key, id and secret joined by a colon)"
    try:
        share(account, "cfg_scale")
    except ValueError:
        return "fal's option 'cfg_scale' must be a number from 0 to 1"
    return unsendable(account)


VENDOR = Vendor(
    name="fal",
    families=("Kling", "Veo", "Seedance"),
    profiles=PROFILES,
    secrets=("api_key",),
    options=("media_hosts", "cfg_scale", "jwks_url", "platform_url"),
    default_base_url="https://queue.fal.run",
    make=Fal,
    complaint=_complaint,
)
