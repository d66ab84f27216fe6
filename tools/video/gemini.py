"""The Gemini Developer API under one key: Gemini Omni Flash over interactions, and Veo as long as it still answers.

Facts, sources and dates: `docs/wire/gemini.md`.
"""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Protocol

import httpx

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Account, Body, Checkup, Going, Order, Progress
from agent.profiles import Profile
from agent.troubles import Trouble
from tools.http import Http, Reply
from tools.video import gemini_wire
from tools.video.gemini_hooks import Signatures
from tools.video.gemini_omni import Omni
from tools.video.gemini_variants import OMNI, PROFILES, VEO, unretired
from tools.video.gemini_veo import Veo
from tools.video.vendor import (
    Clock,
    Sleep,
    Vendor,
    connect,
    going_of,
    missing,
    pick,
    refuse_unsupported,
    unsendable,
    with_ids,
)

KEY_HEADER = "x-goog-api-key"
MEDIA_HOSTS = (".googleapis.com", ".googleusercontent.com")
"""Where a download may be sent on to; the key goes along to the vendor's own address only."""

FILE = re.compile(r"/(v1|v1beta)/files/([a-z0-9-]+):download(?:\?|$)")
MOST_POLL_BYTES = 64 * 1024 * 1024
"""A poll may carry the clip itself as base64, although it is asked for as a file; the vendor stops near 4 MB."""

MOST_PAGES = 20
PAGE_SIZE = "1000"
CREDIT_UNTOLD = "what is left to spend cannot be asked with a key"


class Wire(Protocol):
    """One of the two ways this address speaks of a clip.

    Attributes:
        base: What the paths of its submits begin with.
        headers: What goes along with its requests besides the key.
    """

    base: str
    headers: Mapping[str, str]

    def compose(self, order: Order, profile: Profile) -> Body:
        """The request for one clip."""
        ...

    def path(self, vendor_id: str) -> str:
        """Where the job is asked for."""
        ...

    def cancelling(self, vendor_id: str) -> str | None:
        """Where it is called back; ``None`` where it cannot be."""
        ...

    def progress(self, reply: Reply, http: Http) -> Progress:
        """What the answer to a poll or a cancel says."""
        ...


WIRES: Mapping[str, Wire] = {OMNI: Omni(), VEO: Veo()}


class Gemini:
    """The Gemini Developer API."""

    vendor = "gemini"

    def __init__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> None:
        """Take an account that `complaint` accepts; ``sleep`` is not needed on this wire."""
        profiles = with_ids(PROFILES, account)
        self.profiles = unretired(profiles) if account.options.get("veo", "") == "on" else profiles
        self._secrets = account.secrets
        self._http, self._downloads = connect(
            self.vendor, account, hosts=MEDIA_HOSTS, transport=transport, now_us=now_us
        )
        self._signatures = Signatures(self._http, now_us=now_us)

    def compose(self, order: Order) -> Body:
        """The request in the words of the model's own wire."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        return WIRES[profile.family].compose(order, profile)

    async def submit(self, body: Body, *, key: str) -> str:
        """Start the job. The wire has no place for ``key`` but the callback's."""
        wire = next(wire for wire in WIRES.values() if body.path.startswith(wire.base))
        headers = self._headers(wire)
        reply = await self._http.submit(body.method, body.path, content=body.content, headers=headers)
        if not reply.ok:
            raise self._refusal(reply, sending=True)
        return self._http.read(reply, gemini_wire.Started, sending=True).id

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Ask for the job, and for its file once it is done: a clip can be fetched only when its file is active."""
        wire = self._wire(model)
        path = wire.path(vendor_id)
        reply = await self._http.ask("GET", path, headers=self._headers(wire), most_bytes=MOST_POLL_BYTES)
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        progress = wire.progress(reply, self._http)
        file = FILE.search(progress.media or "")
        return await self._stored(progress, file) if file and self._is_ours(progress.media or "") else progress

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip from the poll's own bytes, or from its file, which wants the key."""
        if media.startswith("data:"):
            for piece in self._inline(media):
                yield piece
            return
        headers = self._headers() if self._is_ours(media) else {}
        async for piece in self._downloads.stream(media, headers=headers):
            yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Call an interaction back; a finished one stays finished. Veo's operations cannot be called back."""
        wire = self._wire(model)
        path = wire.cancelling(vendor_id)
        if path is None:
            return False
        reply = await self._http.ask("POST", path, headers=self._headers(wire), most_bytes=MOST_POLL_BYTES)
        if reply.ok:
            return wire.progress(reply, self._http).going is Going.CANCELLED
        refusal = self._refusal(reply, sending=False)
        if refusal.trouble is Trouble.VALIDATION:  # what a finished one answers is not documented
            return False
        raise refusal

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """Never: interactions cannot be listed, nor operations by anything of ours.

        Raises:
            UnsupportedError: Always.
        """
        raise UnsupportedError(model=model, what="a look-up of jobs by our key")

    async def check(self) -> Checkup:
        """Whether the key is taken, and which ids are not among the account's models."""
        try:
            known = {name async for name in self._models()}
        except VendorError as error:
            if not error.trouble.closes_vendor:
                raise
            return Checkup(signed_in=error.trouble is Trouble.PAYMENT, remarks=(error.message, CREDIT_UNTOLD))
        gone = tuple(profile.name for profile in self.profiles if profile.upstream_id not in known)
        return Checkup(signed_in=True, gone=gone, remarks=(CREDIT_UNTOLD,))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Whether the call's token was signed with one of the vendor's public keys and has not run out."""
        return await self._signatures.valid(headers)

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()

    async def _stored(self, progress: Progress, file: re.Match[str]) -> Progress:
        version, name = file.groups()
        reply = await self._http.ask("GET", f"/{version}/files/{name}", headers=self._headers())
        if reply.status in (403, 404):  # a file that is gone is refused as if it were another's
            raise self._http.error(Trouble.NOT_FOUND, "the clip's file is gone; it is kept for two days")
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        state = self._http.read(reply, gemini_wire.File).state
        match going_of(state, gemini_wire.FILE_STATE, http=self._http):
            case Going.DONE:
                return progress
            case Going.FAILED:
                message = "the clip was made and could not be stored"
                return Progress(going=Going.FAILED, trouble=Trouble.PROVIDER_TRANSIENT, message=message)
            case going:
                return Progress(going=going)

    async def _models(self) -> AsyncIterator[str]:
        token = ""
        for _ in range(MOST_PAGES):
            params = {"pageSize": PAGE_SIZE} | ({"pageToken": token} if token else {})
            reply = await self._http.ask("GET", "/v1beta/models", params=params, headers=self._headers())
            if not reply.ok:
                raise self._refusal(reply, sending=False)
            page = self._http.read(reply, gemini_wire.Page)
            for model in page.models:
                yield model.name.removeprefix("models/")
            token = page.next_page_token
            if not token:
                return
        # Not listed in a part of the list is no answer.
        raise self._http.error(Trouble.PROVIDER_TRANSIENT, f"the list of models goes on after {MOST_PAGES} pages")

    def _inline(self, media: str) -> Iterator[bytes]:
        try:
            yield from gemini_wire.inline_pieces(media)
        except ValueError as error:
            raise self._http.error(Trouble.PROVIDER_TRANSIENT, "the inline clip is no base64") from error

    def _is_ours(self, media: str) -> bool:
        """Whether a link leads to the vendor's own address, the only one that is shown the key."""
        try:
            there, home = httpx.URL(media), httpx.URL(self._http.base_url)
        except httpx.InvalidURL:
            return False
        return (there.scheme, there.host, there.port) == (home.scheme, home.host, home.port)

    def _wire(self, model: str) -> Wire:
        return WIRES[pick(self.profiles, model).family]

    def _headers(self, wire: Wire | None = None) -> dict[str, str]:
        return {KEY_HEADER: self._secrets["api_key"], **(wire.headers if wire else {})}

    def _refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        said = self._http.peek(reply, gemini_wire.ErrorReply)
        failure = said.failure if said else None
        trouble = gemini_wire.trouble_of_reply(reply, failure, sending=sending)
        message = failure.message if failure and failure.message else f"HTTP {reply.status}"
        return self._http.error(trouble, message, retry_after_s=reply.retry_after_s)


def _complaint(account: Account) -> str | None:
    if missing(account, secrets=("api_key",)):
        return "gemini needs secret 'api_key' (a key of the Gemini Developer API, from Google AI Studio)"
    if account.options.get("veo", "") not in ("", "on", "off"):
        return "option 'veo' is 'on' or 'off'; gemini's Veo is retired, and 'on' tries it as long as it answers"
    return unsendable(account)


VENDOR = Vendor(
    name="gemini",
    families=(OMNI, VEO),
    profiles=PROFILES,
    secrets=("api_key",),
    options=("veo", "media_hosts"),
    default_base_url="https://generativelanguage.googleapis.com",
    make=Gemini,
    complaint=_complaint,
)
