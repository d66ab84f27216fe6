"""The variants of Veo on Vertex AI. Private to `tools.video.google`.

Facts, sources and dates: `docs/wire/google.md`.
"""

from collections.abc import Mapping
from dataclasses import replace

from agent.profiles import Material, Offer, Profile, Source, Status, StillLimits
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect, Unit

MOST_IMAGE_BYTES = 20_000_000

_READ = "2026-11-20"
_SOURCES = (
    Source(fact="wire, negative field, seed", where="google-genai 2.34.0, captured", evidence="S", read=_READ),
    Source(fact="status", where="Vertex AI model life cycle, Veo", evidence="D", read=_READ),
    Source(fact="wording of the field", where="Vertex AI Veo prompt guide", evidence="D", read=_READ),
    Source(fact="offers: materials", where="REST reference VideoGenerationModelInstance", evidence="D", read=_READ),
    Source(fact="offers: last frame, looks", where="Vertex AI model page Veo 3.1 Generate", evidence="D", read=_READ),
    Source(fact="offers: durations, ratios", where="limit maps of gateways", evidence="T", read=_READ),
    Source(fact="offers: materials of lite", where="gateways, which contradict each other", evidence="U", read=_READ),
    # With sound: no silent price is published for Vertex.
    Source(fact="offers: price", where="gateway price map, November 2026", evidence="T", read=_READ),
    Source(fact="stills: media types", where="REST reference VideoGenerationModelInstance", evidence="D", read=_READ),
    Source(fact="stills: bytes", where="model page of veo-2.0-generate-exp, 20 MB", evidence="U", read=_READ),
    Source(fact="longest_wait_s", where="one clip of fast took 113 s; ten times that", evidence="U", read=_READ),
    Source(fact="slots, usual_wait_s, priors", where="stated starting belief, not measured", evidence="U", read=_READ),
)


def _veo(
    name: str,
    upstream_id: str,
    *,
    status: Status,
    price_micro_usd: int,
    guided: bool,
    usual_wait_s: float,
    longest_wait_s: float,
    priors: tuple[float, float, float],
) -> Profile:
    return Profile(
        name=name,
        vendor="google",
        family="Veo",
        upstream_id=upstream_id,
        distilled=name != "veo-3.1",
        dialect=Dialect(channel=Channel.FIELD, limit=1024, unit=Unit.TOKENS, max_references=3 if guided else 0),
        offers=_offers(price_micro_usd, guided=guided),
        sources=_SOURCES,
        stills=StillLimits(most_bytes=MOST_IMAGE_BYTES),
        status=status,
        seed=True,
        usual_wait_s=usual_wait_s,
        longest_wait_s=longest_wait_s,
        priors=dict(zip(Layer, priors, strict=True)),
    )


def _offers(price_micro_usd: int, *, guided: bool) -> Mapping[Material, Offer]:
    plain = Offer(
        durations=(4, 6, 8), ratios=("16:9", "9:16"), resolution="720p", price_micro_usd_per_second=price_micro_usd
    )
    offers = {Material.WORDS: plain, Material.FIRST: plain}
    eight = replace(plain, durations=(8,))  # with look references and between two frames
    return {**offers, Material.LOOKS: eight, Material.ENDS: eight} if guided else offers


# Priors per layer (format, anatomy, quality) are starting beliefs by class: a native field bites well on a full model,
# less on a distilled one, and there least on format, which is the strongest pull of the training data.
PROFILES = (
    _veo(
        "veo-3.1",
        "veo-3.1-generate-001",
        status=Status.RETIRING,
        price_micro_usd=400_000,
        guided=True,
        usual_wait_s=90.0,
        longest_wait_s=1800.0,
        priors=(0.80, 0.85, 0.85),
    ),
    _veo(
        "veo-3.1-fast",
        "veo-3.1-fast-generate-001",
        status=Status.RETIRING,
        price_micro_usd=100_000,
        guided=True,
        usual_wait_s=60.0,
        longest_wait_s=1200.0,
        priors=(0.50, 0.65, 0.65),
    ),
    _veo(
        "veo-3.1-lite",
        "veo-3.1-lite-generate-001",
        status=Status.ACTIVE,
        price_micro_usd=50_000,
        guided=False,
        usual_wait_s=45.0,
        longest_wait_s=1200.0,
        priors=(0.40, 0.55, 0.55),
    ),
)
