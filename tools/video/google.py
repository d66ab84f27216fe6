"""Google Veo on Vertex AI: negatives in a field of their own, polling by POST, clips inline or in a bucket.

Facts, sources and dates: `docs/wire/google.md`.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

import httpx

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Account, Body, Checkup, Order, Progress
from agent.profiles import Material, Offer, Profile, Source, Status
from agent.troubles import Trouble
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect, Unit
from tools.http import Reply, trouble_of
from tools.video import google_wire
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

_READ = "2026-11-20"
_SOURCES = (
    Source(fact="wire, negative field, seed", where="google-genai 2.34.0, captured", evidence="S", read=_READ),
    Source(fact="status", where="Vertex AI model life cycle, Veo", evidence="D", read=_READ),
    Source(fact="wording of the field", where="Vertex AI Veo prompt guide", evidence="D", read=_READ),
    Source(fact="durations, reference_durations", where="price and limit maps of gateways", evidence="T", read=_READ),
    # With sound: no silent price is published for Vertex.
    Source(fact="price", where="gateway price map, November 2026", evidence="T", read=_READ),
    Source(fact="slots, usual_wait_s, priors", where="stated starting belief, not measured", evidence="U", read=_READ),
)


def _veo(
    name: str,
    upstream_id: str,
    *,
    status: Status,
    price_micro_usd: int,
    max_references: int,
    usual_wait_s: float,
    priors: tuple[float, float, float],
) -> Profile:
    return Profile(
        name=name,
        vendor="google",
        family="Veo",
        upstream_id=upstream_id,
        distilled=name != "veo-3.1",
        dialect=Dialect(channel=Channel.FIELD, limit=1024, unit=Unit.TOKENS, max_references=max_references),
        offers=_offers(price_micro_usd, references=max_references > 0),
        sources=_SOURCES,
        status=status,
        seed=True,
        usual_wait_s=usual_wait_s,
        priors=dict(zip(Layer, priors, strict=True)),
    )


def _offers(price_micro_usd: int, *, references: bool) -> Mapping[Material, Offer]:
    plain = Offer(
        durations=(4, 6, 8), ratios=("16:9", "9:16"), resolution="720p", price_micro_usd_per_second=price_micro_usd
    )
    offers = {Material.WORDS: plain, Material.FIRST: plain}
    return {**offers, Material.LOOKS: replace(plain, durations=(8,))} if references else offers


# Priors per layer (format, anatomy, quality) are starting beliefs by class: a native field bites well on a full model,
# less on a distilled one, and there least on format, which is the strongest pull of the training data.
PROFILES = (
    _veo(
        "veo-3.1",
        "veo-3.1-generate-001",
        status=Status.RETIRING,
        price_micro_usd=400_000,
        max_references=3,
        usual_wait_s=90.0,
        priors=(0.80, 0.85, 0.85),
    ),
    _veo(
        "veo-3.1-fast",
        "veo-3.1-fast-generate-001",
        status=Status.RETIRING,
        price_micro_usd=100_000,
        max_references=3,
        usual_wait_s=60.0,
        priors=(0.50, 0.65, 0.65),
    ),
    _veo(
        "veo-3.1-lite",
        "veo-3.1-lite-generate-001",
        status=Status.ACTIVE,
        price_micro_usd=50_000,
        max_references=0,  # unsure: no page says that lite takes any
        usual_wait_s=45.0,
        priors=(0.40, 0.55, 0.55),
    ),
)


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
        there = replace(account, base_url=account.base_url.replace("{location}", location))
        self._http, self._downloads = connect(
            self.vendor, there, hosts=(BUCKET_HOST,), transport=transport, now_us=now_us
        )

    def compose(self, order: Order) -> Body:
        """The `predictLongRunning` request; the negatives go out as ``parameters.negativePrompt``."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        # A folder per intention, so that a person can find the clip of a job whose answer was lost.
        folder = f"{self._bucket}/{order.key}/" if self._bucket else None
        body = google_wire.predict(order, resolution=profile.offers[order.material].resolution, storage_uri=folder)
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
        """Nothing is asked."""
        return Checkup(signed_in=None, remarks=(f"{self.vendor} was not asked: no free request is known to us",))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Never: no signature of this vendor is checked."""
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
        said = self._http.peek(reply, google_wire.ErrorReply)
        trouble = trouble_of(reply.status, sending=sending, spoke=said is not None)
        message = said.error.message if said else f"HTTP {reply.status}"
        if trouble is Trouble.VALIDATION and google_wire.speaks_of_policy(message):
            trouble = Trouble.MODERATION_INPUT
        if trouble is Trouble.AUTH and "billing" in message.lower():
            trouble = Trouble.PAYMENT
        return self._http.error(trouble, message, retry_after_s=reply.retry_after_s)


def _complaint(account: Account) -> str | None:
    lacking = missing(account, secrets=("token",), options=("project",))
    if lacking:
        return f"google needs {' and '.join(lacking)} (an OAuth token and the Google Cloud project that is billed)"
    return unsendable(account)


VENDOR = Vendor(
    name="google",
    families=("Veo",),
    profiles=PROFILES,
    secrets=("token",),
    options=("project", "location", "storage_uri", "media_hosts"),
    default_base_url="https://{location}-aiplatform.googleapis.com",
    make=Veo,
    complaint=_complaint,
)
