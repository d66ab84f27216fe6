"""Google Veo on Vertex AI: negatives in a field of their own, polling by POST, clips inline or in a bucket.

Facts, sources and dates: `docs/wire/google.md`.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

import httpx

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Account, Body, Checkup, Order, Progress
from agent.profiles import Profile
from agent.troubles import Trouble
from tools.http import Reply, trouble_of
from tools.video import google_refusals, google_wire
from tools.video.google_models import PROFILES
from tools.video.google_wire import Habits
from tools.video.vendor import (
    Clock,
    Sleep,
    Vendor,
    connect,
    encode,
    missing,
    pick,
    refuse_unsupported,
    unsendable,
    with_ids,
)

DEFAULT_LOCATION = "us-central1"
BUCKET_HOST = "storage.googleapis.com"
MOST_POLL_BYTES = 192 * 1024 * 1024
"""A poll may carry the clip itself as base64; eight seconds in 720p are far below."""

MOST_SEED = 2**32 - 1
PEOPLE = ("dont_allow", "allow_adult", "allow_all")
SWITCH = {"": None, "on": True, "off": False}
NOT_TOLD = "Google does not tell without charge whether the project may use a model, or what is left to spend"


class Veo:
    """The wire of Veo on Vertex AI."""

    vendor = "google"

    def __init__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> None:
        """Take an account that `complaint` accepts; ``sleep`` is not needed on this wire."""
        location = account.options.get("location", "") or DEFAULT_LOCATION
        self.profiles = with_ids(PROFILES, account)
        self._secrets = account.secrets
        self._project = f"/v1beta1/projects/{quote(account.options['project'], safe='')}/locations/{location}"
        self._bucket = account.options.get("storage_uri", "").rstrip("/")
        self._habits = Habits(
            enhance_prompt=SWITCH[account.options.get("enhance_prompt", "")],
            people=account.options.get("person_generation", "") or None,
        )
        there = replace(account, base_url=account.base_url.replace("{location}", location))
        self._http, self._downloads = connect(
            self.vendor, there, hosts=(BUCKET_HOST,), transport=transport, now_us=now_us
        )

    def compose(self, order: Order) -> Body:
        """The `predictLongRunning` request; the negatives go out as ``parameters.negativePrompt``."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        if order.seed is not None and not 0 <= order.seed <= MOST_SEED:
            raise UnsupportedError(model=profile.name, what=f"the seed {order.seed} (0 to {MOST_SEED})")
        # A folder per intention, so that a person can find the clip of a job whose answer was lost.
        folder = f"{self._bucket}/{order.key}/" if self._bucket else None
        resolution = profile.offers[order.material].resolution
        body = google_wire.predict(order, resolution=resolution, storage_uri=folder, habits=self._habits)
        return Body(method="POST", path=self._path(profile, "predictLongRunning"), content=encode(body))

    async def submit(self, body: Body, *, key: str) -> str:
        """Start the operation; its name is the vendor's id. The wire has no place for ``key`` but the bucket's path."""
        reply = await self._http.submit(body.method, body.path, content=body.content, headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=True)
        return self._http.read(reply, google_wire.Operation, sending=True).name

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Ask for the operation by POST, as this wire wants it."""
        reply = await self._http.ask(
            "POST",
            self._path(pick(self.profiles, model), "fetchPredictOperation"),
            content=encode(google_wire.Fetch(operation_name=vendor_id)),
            headers=self._headers(),
            most_bytes=MOST_POLL_BYTES,
        )
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        return google_wire.progress(self._http.read(reply, google_wire.State), tidy=self._http.tidy)

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip from the poll's own bytes, the caller's bucket, or a link."""
        if media.startswith("data:"):
            for piece in self._inline(media):
                yield piece
            return
        headers: Mapping[str, str] = {}
        if media.startswith("gs://"):
            bucket, _, name = media.removeprefix("gs://").partition("/")
            media, headers = f"https://{BUCKET_HOST}/{quote(bucket)}/{quote(name)}", self._headers()
        async for piece in self._downloads.stream(media, headers=headers):
            yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Never: these operations cannot be cancelled."""
        return False

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """Never: Vertex AI lists no operations by anything of ours.

        Raises:
            UnsupportedError: Always.
        """
        raise UnsupportedError(model=model, what="a look-up of jobs by our key")

    async def check(self) -> Checkup:
        """Whether the token is taken, and which ids are gone from the publisher's catalogue, which is free to read."""
        gone: list[str] = []
        for profile in self.profiles:
            path = f"/v1beta1/publishers/google/models/{quote(profile.upstream_id, safe='')}"
            reply = await self._http.ask("GET", path, headers=self._headers())
            if reply.ok:
                continue
            refusal = self._refusal(reply, sending=False)
            if reply.status in (401, 403):
                return Checkup(signed_in=False if reply.status == 401 else None, remarks=(refusal.message,))
            if refusal.trouble is not Trouble.MODEL_RETIRED:
                raise refusal
            gone.append(profile.name)
        return Checkup(signed_in=True, gone=tuple(gone), remarks=(NOT_TOLD,))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Never: this vendor tells a Pub/Sub topic, never an address, so no callback is its own."""
        return None

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()

    def _inline(self, media: str) -> Iterator[bytes]:
        try:
            yield from google_wire.inline_pieces(media)
        except ValueError as error:
            raise self._http.error(Trouble.PROVIDER_TRANSIENT, "the inline clip is no base64") from error

    def _path(self, profile: Profile, verb: str) -> str:
        return f"{self._project}/publishers/google/models/{quote(profile.upstream_id, safe='')}:{verb}"

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._secrets['token']}"}

    def _refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        said = self._http.peek(reply, google_refusals.ErrorReply)
        trouble = trouble_of(reply.status, sending=sending, spoke=said is not None)
        if said is None:
            return self._http.error(trouble, f"HTTP {reply.status}", retry_after_s=reply.retry_after_s)
        message = google_refusals.TOKEN_RAN_OUT if said.error.token_ran_out else said.error.message
        trouble = google_refusals.by_words(trouble, message)
        return self._http.error(trouble, message, retry_after_s=reply.retry_after_s)


def _complaint(account: Account) -> str | None:
    lacking = missing(account, secrets=("token",), options=("project",))
    if lacking:
        return f"google needs {' and '.join(lacking)} (an OAuth token and the Google Cloud project that is billed)"
    if account.secrets["token"].startswith("AIza"):
        return (
            "google: secret 'token' holds an API key; Vertex AI takes an OAuth token (the key is for vendor 'gemini')"
        )
    return unsendable(account) or _unknown(account)


def _unknown(account: Account) -> str | None:
    """An option with a value that the wire does not know."""
    for name, known in (("person_generation", ("", *PEOPLE)), ("enhance_prompt", tuple(SWITCH))):
        if account.options.get(name, "") not in known:
            return f"google: option '{name}' must be {', '.join(filter(None, known))} or left out"
    return None


VENDOR = Vendor(
    name="google",
    families=("Veo",),
    profiles=PROFILES,
    secrets=("token",),
    options=("project", "location", "storage_uri", "person_generation", "enhance_prompt", "media_hosts"),
    default_base_url="https://{location}-aiplatform.googleapis.com",
    make=Veo,
    complaint=_complaint,
)
