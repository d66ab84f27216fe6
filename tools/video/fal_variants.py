"""The variants that fal hosts: profiles with their sources, and the endpoint of an app for each material.

Private to `tools.video.fal`. Facts, sources and dates: `docs/wire/fal.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.profiles import Cancel, Material, Offer, Profile, Source, StillLimits
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect

START_WITHIN_S = 1800
"""A request that waits longer for its turn is not begun any more: nobody would wait for its clip."""

_READ = "2026-11-20"
_CLIENT = "fal-client 1.0.3, captured"
_PAGES = "fal model pages and their llms.txt"
_SHARED = (
    Source(fact="wire, cancel, calls_back", where=_CLIENT, evidence="S", read=_READ),
    Source(fact="slots: two at once on a new account, more wait", where="fal FAQ", evidence="D", read=_READ),
    Source(
        fact="longest_wait_s",
        where="half an hour of waiting, which is ordered, and one of work",
        evidence="U",
        read=_READ,
    ),
    Source(fact="usual_wait_s, priors", where="stated starting belief, not measured", evidence="U", read=_READ),
)
_KLING_SOURCES = (
    Source(fact="offers, carried, cfg_scale, price", where=f"{_PAGES}, Kling v3 pro", evidence="D", read=_READ),
    Source(fact="limit, field_limit, stills", where="resellers of Kling v3, 2026", evidence="T", read=_READ),
    *_SHARED,
)
_VEO_SOURCES = (
    Source(
        fact="offers, stills, seed, price, no negatives beside references",
        where=f"{_PAGES}, Veo 3.1",
        evidence="D",
        read=_READ,
    ),
    Source(fact="wording of the field", where="Vertex AI Veo prompt guide", evidence="D", read=_READ),
    Source(
        fact="negatives between two frames; at most three references",
        where="as on the other Veo wires",
        evidence="U",
        read=_READ,
    ),
    *_SHARED,
)
_SEEDANCE_SOURCES = (
    Source(
        fact="offers, names_reference, max_references, stills, price",
        where=f"{_PAGES}, Seedance 2.0",
        evidence="D",
        read=_READ,
    ),
    Source(fact="dialect, drops, seed", where="Seedance prompt guides, quoted by users", evidence="T", read=_READ),
    *_SHARED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A profile, and what follows the app's path per material it takes."""

    profile: Profile
    endpoints: Mapping[Material, str]


def _variant(
    name: str,
    upstream_id: str,
    *,
    family: str,
    endpoints: Mapping[Material, str],
    offers: Mapping[Material, Offer],
    dialect: Dialect,
    stills: StillLimits,
    sources: tuple[Source, ...],
    priors: tuple[float, float, float],
    seed: bool = False,
    usual_wait_s: float = 120.0,
) -> Variant:
    profile = Profile(
        name=name,
        vendor="fal",
        family=family,
        upstream_id=upstream_id,
        distilled=False,
        dialect=dialect,
        offers=offers,
        stills=stills,
        sources=sources,
        seed=seed,
        cancel=Cancel.QUEUED,
        calls_back=True,
        usual_wait_s=usual_wait_s,
        longest_wait_s=2.0 * START_WITHIN_S,
        slots=2,
        pooled=True,
        priors=dict(zip(Layer, priors, strict=True)),
    )
    return Variant(profile=profile, endpoints=endpoints)


def _offer(seconds: tuple[int, ...], ratios: tuple[str, ...], resolution: str, price_micro_usd: int) -> Offer:
    return Offer(durations=seconds, ratios=ratios, resolution=resolution, price_micro_usd_per_second=price_micro_usd)


_KLING_SECONDS = tuple(range(3, 16))
_KLING_FRAMED = _offer(_KLING_SECONDS, (), "1080p", 112_000)
_VEO_RATIOS = ("16:9", "9:16")
_VEO = _offer((4, 6, 8), _VEO_RATIOS, "720p", 200_000)
_SEEDANCE = _offer(tuple(range(4, 16)), ("16:9", "4:3", "1:1", "3:4", "9:16", "21:9"), "720p", 303_000)

# Priors per layer (format, anatomy, quality) are starting beliefs by class: a native field bites well on a full model;
# where a Veo takes none, words of the prompt do what little they can.
VARIANTS = (
    _variant(
        "fal/kling-v3-pro",
        "fal-ai/kling-video/v3/pro",
        family="Kling",
        endpoints={
            Material.WORDS: "/text-to-video",
            Material.FIRST: "/image-to-video",
            Material.ENDS: "/image-to-video",
        },
        offers={
            Material.WORDS: _offer(_KLING_SECONDS, ("16:9", "9:16", "1:1"), "1080p", 112_000),
            Material.FIRST: _KLING_FRAMED,
            Material.ENDS: _KLING_FRAMED,
        },
        dialect=Dialect(
            channel=Channel.FIELD, limit=2500, field_limit=2500, carried=("blur", "distort", "low quality")
        ),
        stills=StillLimits(most_bytes=10_000_000, least_px=300, most_stretch=2.5),
        sources=_KLING_SOURCES,
        priors=(0.75, 0.80, 0.80),
        usual_wait_s=150.0,
    ),
    _variant(
        "fal/veo3.1",
        "fal-ai/veo3.1",
        family="Veo",
        endpoints={
            Material.WORDS: "",
            Material.FIRST: "/image-to-video",
            Material.ENDS: "/first-last-frame-to-video",
        },
        offers=dict.fromkeys((Material.WORDS, Material.FIRST, Material.ENDS), _VEO),
        dialect=Dialect(channel=Channel.FIELD),
        stills=StillLimits(most_bytes=8_000_000),
        sources=_VEO_SOURCES,
        priors=(0.80, 0.85, 0.85),
        seed=True,
    ),
    _variant(
        # A variant of its own: beside references fal's Veo has no negative field, so the words must be others.
        "fal/veo3.1-reference",
        "fal-ai/veo3.1",
        family="Veo",
        endpoints={Material.LOOKS: "/reference-to-video"},
        offers={Material.LOOKS: _offer((8,), _VEO_RATIOS, "720p", 200_000)},
        dialect=Dialect(
            channel=Channel.CLAUSE,
            channels={Layer.ANATOMY: Channel.INVERTED, Layer.QUALITY: Channel.INVERTED},
            max_references=3,
        ),
        stills=StillLimits(most_bytes=8_000_000),
        sources=_VEO_SOURCES,
        priors=(0.40, 0.45, 0.40),
    ),
    _variant(
        "fal/seedance-2.0",
        "bytedance/seedance-2.0",
        family="Seedance",
        endpoints={
            Material.WORDS: "/text-to-video",
            Material.LOOKS: "/reference-to-video",
            Material.FIRST: "/image-to-video",
            Material.ENDS: "/image-to-video",
        },
        offers=dict.fromkeys((Material.WORDS, Material.LOOKS, Material.FIRST, Material.ENDS), _SEEDANCE),
        dialect=Dialect(
            channel=Channel.CLAUSE,
            # The guides say that negatives of anatomy and quality have no effect, and word these two positively.
            channels={Layer.ANATOMY: Channel.INVERTED, Layer.QUALITY: Channel.INVERTED},
            clause="Keep free of $terms.",
            # Documented fixes exist for burnt-in captions, watermark and logo.
            always_clause=frozenset({"text", "subtitles", "watermark", "logo"}),
            names_reference="@Image$n",
            max_references=9,
            # Text after "--" is cut off, brackets open channels for music, effects, speech and captions, and "@" names
            # a file of the request.
            drops=("--", "(", ")", "<", ">", "{", "}", "【", "】", "@"),
        ),
        stills=StillLimits(most_bytes=30_000_000),
        sources=_SEEDANCE_SOURCES,
        priors=(0.60, 0.60, 0.60),
        seed=True,
        usual_wait_s=180.0,
    ),
)
PROFILES = tuple(variant.profile for variant in VARIANTS)
ENDPOINTS: Mapping[str, Mapping[Material, str]] = {variant.profile.name: variant.endpoints for variant in VARIANTS}
