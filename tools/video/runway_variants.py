"""Every variant behind a Runway key: what it takes, in which sizes, at what price, with sources.

Private to `tools.video.runway`. Facts, sources and dates: `docs/wire/runway.md`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from agent.profiles import Cancel, Material, Offer, Profile
from prompts.blocks import Layer
from tools.video import runway_makers
from tools.video.runway_makers import Maker

MICRO_USD_PER_CREDIT = 10_000

Sizes = Mapping[str, str]
"""The wire's pixel size by the ratio it comes nearest to; empty where the picture keeps that of the first frame."""

Takes = Mapping[Material, Sizes]
"""What a variant takes beside the words, and in which sizes."""

_KEPT: Sizes = {}
_WIDE: Sizes = {"16:9": "1280:720", "9:16": "720:1280"}
_OWN: Sizes = {**_WIDE, "4:3": "1104:832", "3:4": "832:1104", "1:1": "960:960", "21:9": "1584:672"}
_KLING_720: Sizes = {**_WIDE, "1:1": "960:960"}
_KLING_1080: Sizes = {"16:9": "1920:1080", "9:16": "1080:1920", "1:1": "1440:1440"}
_KLING_TURBO: Sizes = {**_WIDE, "1:1": "720:720"}
_KLING_4: Sizes = {**_WIDE, "1:1": "940:940", "21:9": "1460:624"}
_SEEDANCE: Sizes = {**_WIDE, "4:3": "1112:834", "3:4": "834:1112", "1:1": "960:960", "21:9": "1470:630"}

_FRAMED = (Material.WORDS, Material.FIRST, Material.ENDS)
_FRAMED_OR_LOOKS = (*_FRAMED, Material.LOOKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A profile with what only its body needs.

    Attributes:
        keeps: The size that keeps the first frame's proportions; ``None`` where leaving the size out does.
        silent: Whether sound can, and so must, be switched off.
        scaled: Whether it takes how closely it keeps to the words.
    """

    profile: Profile
    takes: Takes
    keeps: str | None
    silent: bool
    scaled: bool


def _variant(
    maker: Maker,
    name: str,
    lengths: Iterable[int],
    takes: Takes,
    *,
    rate: int,
    usual_wait_s: float,
    priors: tuple[float, float, float],
    upstream_id: str | None = None,
    resolution: str = "720p",
    distilled: bool = False,
    most_looks: int = 0,
    keeps: str | None = None,
) -> Variant:
    """One row; ``rate`` is credits per second."""
    plain = Offer(
        durations=tuple(lengths),
        ratios=(),
        resolution=resolution,
        price_micro_usd_per_second=rate * MICRO_USD_PER_CREDIT,
    )
    profile = Profile(
        name=name,
        vendor="runway",
        family=maker.family,
        upstream_id=upstream_id or name.removeprefix("runway/"),
        distilled=distilled,
        dialect=replace(maker.dialect, max_references=most_looks),
        offers={material: replace(plain, ratios=tuple(sizes)) for material, sizes in takes.items()},
        stills=maker.stills,
        sources=maker.sources,
        seed=maker.seed,
        cancel=Cancel.ALWAYS,
        usual_wait_s=usual_wait_s,
        longest_wait_s=maker.longest_wait_s,
        slots=2,
        priors=dict(zip(Layer, priors, strict=True)),
    )
    return Variant(profile=profile, takes=takes, keeps=keeps, silent=maker.silent, scaled=maker.scaled)


def _kling_3(sizes: Sizes) -> Takes:
    return {Material.WORDS: sizes, Material.FIRST: sizes, Material.ENDS: _KEPT}


def _kling_o3(sizes: Sizes) -> Takes:
    return {**_kling_3(sizes), Material.FIRST_LOOKS: sizes, Material.ENDS_LOOKS: _KEPT}


# Priors per layer (format, anatomy, quality) are starting beliefs by class: a native field bites well on a full model;
# a clause fairly on format; positive wording fairly everywhere; all of them less on a distilled model.
VARIANTS = (
    _variant(
        runway_makers.OWN,
        "runway-gen4.5",
        range(2, 11),
        {Material.WORDS: _WIDE, Material.FIRST: _OWN},
        upstream_id="gen4.5",
        rate=12,
        usual_wait_s=90.0,
        priors=(0.60, 0.60, 0.60),
    ),
    _variant(
        runway_makers.OWN,
        "runway-gen4-turbo",
        range(2, 11),
        {Material.FIRST: _OWN},
        upstream_id="gen4_turbo",
        rate=5,
        usual_wait_s=45.0,
        priors=(0.40, 0.45, 0.45),
        distilled=True,
    ),
    _variant(
        runway_makers.VEO,
        "runway/veo3.1",
        (4, 6, 8),
        dict.fromkeys(_FRAMED, _WIDE),
        rate=20,
        usual_wait_s=120.0,
        priors=(0.80, 0.85, 0.85),
    ),
    _variant(
        runway_makers.VEO,
        "runway/veo3.1_fast",
        (4, 6, 8),
        dict.fromkeys(_FRAMED, _WIDE),
        rate=10,
        usual_wait_s=75.0,
        priors=(0.50, 0.65, 0.65),
        distilled=True,
    ),
    _variant(
        runway_makers.KLING_3,
        "runway/kling3.0_standard",
        range(3, 16),
        _kling_3(_KLING_720),
        rate=9,
        usual_wait_s=150.0,
        priors=(0.60, 0.45, 0.45),
    ),
    _variant(
        runway_makers.KLING_3,
        "runway/kling3.0_pro",
        range(3, 16),
        _kling_3(_KLING_1080),
        resolution="1080p",
        rate=12,
        usual_wait_s=150.0,
        priors=(0.60, 0.45, 0.45),
    ),
    _variant(
        runway_makers.KLING_O3,
        "runway/klingO3_standard",
        range(3, 16),
        _kling_o3(_KLING_720),
        most_looks=7,
        rate=9,
        usual_wait_s=150.0,
        priors=(0.60, 0.45, 0.45),
    ),
    _variant(
        runway_makers.KLING_O3,
        "runway/klingO3_pro",
        range(3, 16),
        _kling_o3(_KLING_1080),
        resolution="1080p",
        most_looks=7,
        rate=12,
        usual_wait_s=150.0,
        priors=(0.60, 0.45, 0.45),
    ),
    _variant(
        runway_makers.KLING_TURBO,
        "runway/kling2.5_turbo_pro",
        (5, 10),
        {Material.WORDS: _KLING_TURBO, Material.FIRST: _KEPT, Material.ENDS: _KEPT},
        rate=7,
        usual_wait_s=60.0,
        priors=(0.30, 0.30, 0.30),
        distilled=True,
    ),
    _variant(
        runway_makers.KLING_4,
        "runway/kling_4",
        range(3, 31),
        {
            **dict.fromkeys((Material.WORDS, Material.LOOKS), _KLING_4),
            **dict.fromkeys((Material.FIRST, Material.ENDS, Material.FIRST_LOOKS, Material.ENDS_LOOKS), _KEPT),
        },
        keeps="auto_720p",
        most_looks=8,  # ten images in all, frames included
        rate=16,
        usual_wait_s=180.0,
        priors=(0.60, 0.45, 0.45),
    ),
    _variant(
        runway_makers.SEEDANCE_2,
        "runway/seedance2",
        range(4, 16),
        dict.fromkeys(_FRAMED_OR_LOOKS, _SEEDANCE),
        most_looks=9,
        rate=36,
        usual_wait_s=180.0,
        priors=(0.60, 0.60, 0.60),
    ),
    _variant(
        runway_makers.SEEDANCE_2,
        "runway/seedance2_fast",
        range(4, 16),
        dict.fromkeys(_FRAMED_OR_LOOKS, _SEEDANCE),
        most_looks=9,
        rate=29,
        usual_wait_s=90.0,
        priors=(0.45, 0.50, 0.50),
        distilled=True,
    ),
    _variant(
        runway_makers.SEEDANCE_2,
        "runway/seedance2_mini",
        range(4, 16),
        dict.fromkeys(_FRAMED_OR_LOOKS, _SEEDANCE),
        most_looks=9,
        rate=16,
        usual_wait_s=75.0,
        priors=(0.40, 0.45, 0.45),
        distilled=True,
    ),
    _variant(
        runway_makers.SEEDANCE_25,
        "runway/seedance2_5",
        range(4, 31),
        dict.fromkeys(_FRAMED_OR_LOOKS, _SEEDANCE),
        most_looks=30,
        rate=30,
        usual_wait_s=240.0,
        priors=(0.60, 0.60, 0.60),
    ),
    _variant(
        runway_makers.OMNI,
        "runway/gemini_omni_flash_1.1",
        range(3, 11),
        dict.fromkeys(_FRAMED_OR_LOOKS, _WIDE),
        most_looks=3,
        rate=10,
        usual_wait_s=75.0,
        priors=(0.50, 0.40, 0.40),
        distilled=True,
    ),
)
PROFILES = tuple(variant.profile for variant in VARIANTS)
BY_NAME: Mapping[str, Variant] = {variant.profile.name: variant for variant in VARIANTS}
