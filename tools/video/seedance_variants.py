"""The Seedance variants and the two platforms that serve them, with sources. Private to `tools.video.seedance`.

Facts, sources and dates: `docs/wire/seedance.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from agent.profiles import Cancel, Material, Offer, Profile, Source, StillLimits
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect, Unit

_READ = "2026-11-20"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One house that serves Ark: where it is, and what it calls the variants.

    Attributes:
        ids: By name of the profile.
    """

    host: str
    ids: Mapping[str, str]


DEFAULT_PLATFORM = "byteplus"
PLATFORMS: Mapping[str, Platform] = {
    DEFAULT_PLATFORM: Platform(
        host="ark.ap-southeast.bytepluses.com",
        ids={
            "seedance-2.0": "dreamina-seedance-2-0-260128",
            "seedance-2.0-fast": "dreamina-seedance-2-0-fast-260128",
            "seedance-2.0-mini": "dreamina-seedance-2-0-mini",
            "seedance-2.5": "dreamina-seedance-2-5-260628",
        },
    ),
    "volcengine": Platform(
        host="ark.cn-beijing.volces.com",
        ids={
            "seedance-2.0": "doubao-seedance-2-0-260128",
            "seedance-2.0-fast": "doubao-seedance-2-0-fast-260128",
            "seedance-2.0-mini": "doubao-seedance-2-0-mini-260615",
            "seedance-2.5": "doubao-seedance-2-5-260628",
        },
    ),
}

_SOURCES = (
    Source(fact="wire, seed, cancel, findable", where="volcengine-ark-runtime 5.0.54", evidence="S", read=_READ),
    Source(fact="offers, stills, calls_back", where="ModelArk video generation pages", evidence="D", read=_READ),
    Source(fact="upstream_id of mini on BytePlus", where="gateways' model lists", evidence="T", read=_READ),
    Source(fact="dialect", where="Seedance prompt guides, quoted by users", evidence="T", read=_READ),
    Source(fact="drops", where="bracket channels and '--' as users found them", evidence="T", read=_READ),
    Source(
        fact="price",
        where="BytePlus token prices times 21600 tokens/s at 720p; Volcengine's list in CNY is not known here",
        evidence="T",
        read=_READ,
    ),
    Source(
        fact="longest_wait_s",
        where="execution_expires_after takes 3600 s and more; that is taken, and twice that for clips twice as long",
        evidence="D",
        read=_READ,
    ),
    Source(fact="slots, usual_wait_s, priors", where="stated starting belief, not measured", evidence="U", read=_READ),
)
_NEWER_SOURCES = (
    *_SOURCES,
    Source(fact="prompt limit", where="Runway's published limit for the copy it hosts", evidence="T", read=_READ),
)
_STILLS = StillLimits(
    media_types=("image/png", "image/jpeg", "image/webp", "image/bmp", "image/tiff", "image/gif"),
    most_bytes=29_999_999,  # "below 30 MB"
    least_px=300,
    most_px=6000,
    most_stretch=2.5,
    together_bytes=47_000_000,  # a body may have 64 MB, base64 makes three bytes four, and the words need room too
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
# Runway counts in UTF-16 units, so its limit for the copy it hosts is one of those.
_NEWER_DIALECT = replace(_DIALECT, max_references=30, limit=15_000, unit=Unit.UTF16)
_MATERIALS = (Material.WORDS, Material.LOOKS, Material.FIRST, Material.ENDS)
"""Frames and references never mix."""


def _seedance(
    name: str,
    *,
    price_micro_usd: int,
    usual_wait_s: float,
    priors: tuple[float, float, float],
    distilled: bool = False,
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
        upstream_id=PLATFORMS[DEFAULT_PLATFORM].ids[name],
        distilled=distilled,
        dialect=_DIALECT,
        offers=dict.fromkeys(_MATERIALS, plain),
        stills=_STILLS,
        sources=_SOURCES,
        seed=True,
        cancel=Cancel.QUEUED,
        findable=True,
        calls_back=True,
        usual_wait_s=usual_wait_s,
        longest_wait_s=3600.0,
        priors=dict(zip(Layer, priors, strict=True)),
    )


def _newer(older: Profile) -> Profile:
    """What is wider in 2.5 than in the 2.0 family."""
    longer = replace(older.plain, durations=tuple(range(4, 31)))
    return replace(
        older,
        dialect=_NEWER_DIALECT,
        offers=dict.fromkeys(older.offers, longer),
        sources=_NEWER_SOURCES,
        longest_wait_s=7200.0,
    )


# Priors per layer (format, anatomy, quality) are starting beliefs by class: a documented clause for format, positive
# wording for the other two, everything weaker on the distilled siblings.
PROFILES = (
    _seedance("seedance-2.0", price_micro_usd=151_000, usual_wait_s=180.0, priors=(0.60, 0.60, 0.60)),
    _seedance(
        "seedance-2.0-fast", price_micro_usd=121_000, usual_wait_s=90.0, priors=(0.45, 0.50, 0.50), distilled=True
    ),
    _seedance(
        "seedance-2.0-mini", price_micro_usd=76_000, usual_wait_s=75.0, priors=(0.40, 0.45, 0.45), distilled=True
    ),
    _newer(_seedance("seedance-2.5", price_micro_usd=231_000, usual_wait_s=240.0, priors=(0.60, 0.60, 0.60))),
)


def profiles(platform: str) -> tuple[Profile, ...]:
    """The variants under the ids of that platform."""
    ids = PLATFORMS[platform].ids
    return tuple(replace(profile, upstream_id=ids[profile.name]) for profile in PROFILES)
