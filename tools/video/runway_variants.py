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

_WIDE = {"16:9": "1280:720", "9:16": "720:1280"}
_OWN = {**_WIDE, "4:3": "1104:832", "3:4": "832:1104", "1:1": "960:960", "21:9": "1584:672"}
_KLING_720 = {**_WIDE, "1:1": "960:960"}
_KLING_1080 = {"16:9": "1920:1080", "9:16": "1080:1920", "1:1": "1440:1440"}
_KLING_TURBO = {**_WIDE, "1:1": "720:720"}
_KLING_4 = {**_WIDE, "1:1": "940:940", "21:9": "1460:624"}
_SEEDANCE = {**_WIDE, "4:3": "1112:834", "3:4": "834:1112", "1:1": "960:960", "21:9": "1470:630"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A profile with what only its body needs.

    Attributes:
        sizes: The wire's pixel size by the ratio it comes nearest to.
        keeps: The size that keeps the first frame's proportions; ``None`` where leaving the size out does.
        silent: Whether sound can, and so must, be switched off.
        scaled: Whether it takes how closely it keeps to the words.
    """

    profile: Profile
    sizes: Mapping[str, str]
    keeps: str | None
    silent: bool
    scaled: bool


def _variant(
    maker: Maker,
    name: str,
    *,
    offers: Mapping[Material, Offer],
    sizes: Mapping[str, str],
    usual_wait_s: float,
    priors: tuple[float, float, float],
    upstream_id: str | None = None,
    distilled: bool = False,
    most_looks: int = 0,
    keeps: str | None = None,
) -> Variant:
    profile = Profile(
        name=name,
        vendor="runway",
        family=maker.family,
        upstream_id=upstream_id or name.removeprefix("runway/"),
        distilled=distilled,
        dialect=replace(maker.dialect, max_references=most_looks),
        offers=offers,
        stills=maker.stills,
        sources=maker.sources,
        seed=maker.seed,
        cancel=Cancel.ALWAYS,
        usual_wait_s=usual_wait_s,
        longest_wait_s=maker.longest_wait_s,
        slots=2,
        priors=dict(zip(Layer, priors, strict=True)),
    )
    return Variant(profile=profile, sizes=sizes, keeps=keeps, silent=maker.silent, scaled=maker.scaled)


def _offer(lengths: Iterable[int], sizes: Mapping[str, str], *, rate: int, resolution: str = "720p") -> Offer:
    """What is made in these sizes; ``rate`` is credits per second."""
    return Offer(
        durations=tuple(lengths),
        ratios=tuple(sizes),
        resolution=resolution,
        price_micro_usd_per_second=rate * MICRO_USD_PER_CREDIT,
    )


def _kept(offer: Offer) -> Offer:
    """The same where the picture keeps the first frame's proportions."""
    return replace(offer, ratios=())


def _for(offer: Offer, *materials: Material) -> dict[Material, Offer]:
    return dict.fromkeys(materials, offer)


def _veo(name: str, *, rate: int, usual_wait_s: float, priors: tuple[float, float, float], distilled: bool) -> Variant:
    offer = _offer((4, 6, 8), _WIDE, rate=rate)
    return _variant(
        runway_makers.VEO,
        name,
        offers=_for(offer, Material.WORDS, Material.FIRST, Material.ENDS),
        sizes=_WIDE,
        usual_wait_s=usual_wait_s,
        priors=priors,
        distilled=distilled,
    )


def _kling3(name: str, sizes: Mapping[str, str], *, rate: int, resolution: str) -> Variant:
    offer = _offer(range(3, 16), sizes, rate=rate, resolution=resolution)
    return _variant(
        runway_makers.KLING_3,
        name,
        offers={**_for(offer, Material.WORDS, Material.FIRST), Material.ENDS: _kept(offer)},
        sizes=sizes,
        usual_wait_s=150.0,
        priors=(0.60, 0.45, 0.45),
    )


def _kling_o3(name: str, sizes: Mapping[str, str], *, rate: int, resolution: str) -> Variant:
    offer = _offer(range(3, 16), sizes, rate=rate, resolution=resolution)
    return _variant(
        runway_makers.KLING_O3,
        name,
        offers={
            **_for(offer, Material.WORDS, Material.FIRST, Material.FIRST_LOOKS),
            **_for(_kept(offer), Material.ENDS, Material.ENDS_LOOKS),
        },
        sizes=sizes,
        usual_wait_s=150.0,
        priors=(0.60, 0.45, 0.45),
        most_looks=7,
    )


def _seedance(
    name: str,
    lengths: Iterable[int],
    *,
    rate: int,
    usual_wait_s: float,
    priors: tuple[float, float, float],
    distilled: bool = False,
    maker: Maker = runway_makers.SEEDANCE_2,
    most_looks: int = 9,
) -> Variant:
    offer = _offer(lengths, _SEEDANCE, rate=rate)
    return _variant(
        maker,
        name,
        offers=_for(offer, Material.WORDS, Material.LOOKS, Material.FIRST, Material.ENDS),
        sizes=_SEEDANCE,
        usual_wait_s=usual_wait_s,
        priors=priors,
        distilled=distilled,
        most_looks=most_looks,
    )


_OWN_LENGTHS, _OMNI_LENGTHS = range(2, 11), range(3, 11)
_KLING_4_OFFER = _offer(range(3, 31), _KLING_4, rate=16)
_TURBO_OFFER = _offer((5, 10), _KLING_TURBO, rate=7)

# Priors per layer (format, anatomy, quality) are starting beliefs by class: a native field bites well on a full model;
# a clause fairly on format; positive wording fairly everywhere; all of them less on a distilled model.
VARIANTS = (
    _variant(
        runway_makers.OWN,
        "runway-gen4.5",
        upstream_id="gen4.5",
        offers={
            Material.WORDS: _offer(_OWN_LENGTHS, _WIDE, rate=12),
            Material.FIRST: _offer(_OWN_LENGTHS, _OWN, rate=12),
        },
        sizes=_OWN,
        usual_wait_s=90.0,
        priors=(0.60, 0.60, 0.60),
    ),
    _variant(
        runway_makers.OWN,
        "runway-gen4-turbo",
        upstream_id="gen4_turbo",
        offers={Material.FIRST: _offer(_OWN_LENGTHS, _OWN, rate=5)},
        sizes=_OWN,
        usual_wait_s=45.0,
        priors=(0.40, 0.45, 0.45),
        distilled=True,
    ),
    _veo("runway/veo3.1", rate=20, usual_wait_s=120.0, priors=(0.80, 0.85, 0.85), distilled=False),
    _veo("runway/veo3.1_fast", rate=10, usual_wait_s=75.0, priors=(0.50, 0.65, 0.65), distilled=True),
    _kling3("runway/kling3.0_standard", _KLING_720, rate=9, resolution="720p"),
    _kling3("runway/kling3.0_pro", _KLING_1080, rate=12, resolution="1080p"),
    _kling_o3("runway/klingO3_standard", _KLING_720, rate=9, resolution="720p"),
    _kling_o3("runway/klingO3_pro", _KLING_1080, rate=12, resolution="1080p"),
    _variant(
        runway_makers.KLING_TURBO,
        "runway/kling2.5_turbo_pro",
        offers={
            Material.WORDS: _TURBO_OFFER,
            **_for(_kept(_TURBO_OFFER), Material.FIRST, Material.ENDS),
        },
        sizes=_KLING_TURBO,
        usual_wait_s=60.0,
        priors=(0.30, 0.30, 0.30),
        distilled=True,
    ),
    _variant(
        runway_makers.KLING_4,
        "runway/kling_4",
        offers={
            **_for(_KLING_4_OFFER, Material.WORDS, Material.LOOKS),
            **_for(_kept(_KLING_4_OFFER), Material.FIRST, Material.ENDS, Material.FIRST_LOOKS, Material.ENDS_LOOKS),
        },
        sizes=_KLING_4,
        usual_wait_s=180.0,
        priors=(0.60, 0.45, 0.45),
        most_looks=8,  # ten images in all, frames included
        keeps="auto_720p",
    ),
    _seedance("runway/seedance2", range(4, 16), rate=36, usual_wait_s=180.0, priors=(0.60, 0.60, 0.60)),
    _seedance(
        "runway/seedance2_fast", range(4, 16), rate=29, usual_wait_s=90.0, priors=(0.45, 0.50, 0.50), distilled=True
    ),
    _seedance(
        "runway/seedance2_mini",
        range(4, 16),
        rate=16,
        usual_wait_s=75.0,
        priors=(0.40, 0.45, 0.45),
        distilled=True,
    ),
    _seedance(
        "runway/seedance2_5",
        range(4, 31),
        rate=30,
        usual_wait_s=240.0,
        priors=(0.60, 0.60, 0.60),
        maker=runway_makers.SEEDANCE_25,
        most_looks=30,
    ),
    _variant(
        runway_makers.OMNI,
        "runway/gemini_omni_flash_1.1",
        offers=_for(
            _offer(_OMNI_LENGTHS, _WIDE, rate=10), Material.WORDS, Material.LOOKS, Material.FIRST, Material.ENDS
        ),
        sizes=_WIDE,
        usual_wait_s=75.0,
        priors=(0.50, 0.40, 0.40),
        distilled=True,
        most_looks=3,
    ),
)
PROFILES = tuple(variant.profile for variant in VARIANTS)
BY_NAME: Mapping[str, Variant] = {variant.profile.name: variant for variant in VARIANTS}
