"""The Kling variants in both API standards: profiles with their sources. Private to `tools.video.kling`.

Facts, sources and dates: `docs/wire/kling.md`.
"""

from collections.abc import Mapping

from agent.profiles import Material, Offer, Profile, Source, StillLimits
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect
from tools.video.kling_kinds import Kind, Variant

_READ = "2026-11-20"
_PAGES = "Kling API reference, pages of 2026-09-20"
_LEGACY_PAGES = "Kling legacy API reference, pages of 2026-09-20"
_PRICES = "Kling API price list of 2026-09-20"
_COPIES = "copies of Kling's pages at gateways, 2026-09 to 2026-11"
_ROUTER = "Comfy Router's page of Kling 4.0, 2026-11"

_RATIOS = ("16:9", "9:16", "1:1")
_SHORT = (5, 10)
_MIDDLING = tuple(range(3, 11))
_LONG = tuple(range(3, 16))
_LONGEST = tuple(range(3, 31))

_PICTURES = {Material.WORDS: Kind.TEXT, Material.FIRST: Kind.IMAGE, Material.ENDS: Kind.IMAGE}
_ELEMENTS = {**_PICTURES, Material.FIRST_LOOKS: Kind.IMAGE, Material.ENDS_LOOKS: Kind.IMAGE}
_OMNI = dict.fromkeys(Material, Kind.OMNI)
_BOTH = {**_PICTURES, **dict.fromkeys((Material.LOOKS, Material.FIRST_LOOKS, Material.ENDS_LOOKS), Kind.OMNI)}
_LEGACY = {Material.WORDS: Kind.LEGACY_TEXT, Material.FIRST: Kind.LEGACY_IMAGE, Material.ENDS: Kind.LEGACY_IMAGE}
_LEGACY_OMNI = dict.fromkeys(Material, Kind.LEGACY_OMNI)

_STILLS = StillLimits(most_bytes=50_000_000, least_px=300, most_stretch=2.5)
_LEGACY_STILLS = StillLimits(most_bytes=10_000_000, least_px=300, most_stretch=2.5)
_STILLS_OF_4 = StillLimits(most_bytes=30_000_000, least_px=300, most_stretch=2.5)

_BELIEFS = (
    Source(fact="longest_wait_s", where="no deadline is published; twelve usual waits", evidence="U", read=_READ),
    Source(fact="slots, usual_wait_s, priors", where="stated starting belief, not measured", evidence="U", read=_READ),
)
_SHARED = (
    Source(fact="price", where=_PRICES, evidence="D", read=_READ),
    Source(fact="findable", where="measured by users, 2026-09", evidence="T", read=_READ),
    *_BELIEFS,
)
_NEW_SOURCES = (
    Source(fact="wire, offers, stills, limit, calls_back", where=_PAGES, evidence="D", read=_READ),
    Source(fact="negatives are words of the prompt; no field on any page", where=_PAGES, evidence="D", read=_READ),
    *_SHARED,
)
_SOURCES_OF_4 = (
    Source(fact="wire, offers, stills, limit, no field", where=_ROUTER, evidence="T", read=_READ),
    Source(fact="paths, findable, calls_back", where="as on Kling 3.0", evidence="U", read=_READ),
    Source(fact="price", where="a reseller's price, 2026-11", evidence="T", read=_READ),
    *_BELIEFS,
)
_LEGACY_SOURCES = (
    Source(fact="wire, offers, calls_back", where=_LEGACY_PAGES, evidence="D", read=_READ),
    Source(fact="limit and field_limit, 2500 characters each; stills", where=_COPIES, evidence="T", read=_READ),
    *_SHARED,
)
_LEGACY_OMNI_SOURCES = (
    Source(fact="wire, names_reference, no negative field, calls_back", where=_LEGACY_PAGES, evidence="D", read=_READ),
    Source(fact="references are images without a type; offers, stills, limit", where=_COPIES, evidence="T", read=_READ),
    *_SHARED,
)


def _offer(
    price_micro_usd: int,
    *,
    durations: tuple[int, ...] = _LONG,
    ratios: tuple[str, ...] = _RATIOS,
    resolution: str = "720p",
    registered_only: bool = False,
) -> Offer:
    return Offer(
        durations=durations,
        ratios=ratios,
        resolution=resolution,
        price_micro_usd_per_second=price_micro_usd,
        registered_only=registered_only,
    )


def _framed(
    price_micro_usd: int,
    *,
    durations: tuple[int, ...] = _LONG,
    resolution: str = "720p",
    registered_only: bool = False,
) -> Offer:
    """An offer for frames: the picture keeps the first one's proportions."""
    return _offer(
        price_micro_usd, durations=durations, ratios=(), resolution=resolution, registered_only=registered_only
    )


def _clause(limit: int, *, names_reference: str | None = None, looks: int = 0, drops: tuple[str, ...] = ()) -> Dialect:
    return Dialect(
        channel=Channel.CLAUSE, limit=limit, names_reference=names_reference, max_references=looks, drops=drops
    )


_FIELD = Dialect(channel=Channel.FIELD, limit=2500, field_limit=2500)


def _variant(
    name: str,
    upstream_id: str,
    *,
    kinds: Mapping[Material, Kind],
    offers: Mapping[Material, Offer],
    dialect: Dialect,
    priors: tuple[float, float, float],
    silences: bool = False,
    splits: bool = False,
    usual_wait_s: float = 150.0,
    stills: StillLimits = _STILLS,
    sources: tuple[Source, ...] = _NEW_SOURCES,
) -> Variant:
    profile = Profile(
        name=name,
        vendor="kling",
        family="Kling",
        upstream_id=upstream_id,
        distilled="turbo" in name,
        dialect=dialect,
        offers=offers,
        stills=stills,
        sources=sources,
        findable=True,
        calls_back=True,
        usual_wait_s=usual_wait_s,
        longest_wait_s=12 * usual_wait_s,
        slots=3,
        priors=dict(zip(Layer, priors, strict=True)),
    )
    return Variant(profile=profile, kinds=kinds, silences=silences, splits=splits)


_THIRD = {Material.WORDS: _offer(84_000), Material.FIRST: _framed(84_000), Material.ENDS: _framed(84_000)}
"""Kling 3.0 without look references, in both standards."""

_SECOND = {
    Material.WORDS: _offer(42_000, durations=_SHORT),
    Material.FIRST: _framed(42_000, durations=_SHORT),
    Material.ENDS: _framed(70_000, durations=_SHORT, resolution="1080p"),
}
"""Kling 2.5 and 2.6: both ends only in 1080p [D]."""

_O1 = {
    Material.WORDS: _offer(84_000, durations=_MIDDLING),
    Material.LOOKS: _offer(84_000, durations=_MIDDLING),
    Material.FIRST: _framed(84_000, durations=_SHORT),
    Material.ENDS: _framed(84_000, durations=_MIDDLING),
    Material.FIRST_LOOKS: _framed(84_000, durations=_MIDDLING),
}
"""A first frame alone makes 5 or 10 s; no references beside both ends [D]."""

_FOURTH = {
    Material.WORDS: _offer(157_000, durations=_LONGEST, ratios=(*_RATIOS, "21:9")),
    Material.LOOKS: _offer(157_000, durations=_LONGEST, ratios=(*_RATIOS, "21:9")),
    Material.FIRST: _framed(157_000, durations=_LONGEST),
    Material.ENDS: _framed(157_000, durations=_LONGEST),
}
"""With sound, which cannot be off. Frames and references share ten places [T], so they are not mixed."""

# Priors per layer (format, anatomy, quality) are starting beliefs by class: a field bites better than a clause, a full
# model better than a distilled one, and on a distilled one format is the hardest to keep out.
VARIANTS = (
    _variant(
        "kling-3.0",
        "kling-3.0",
        kinds=_ELEMENTS,
        offers=_THIRD
        | dict.fromkeys((Material.FIRST_LOOKS, Material.ENDS_LOOKS), _framed(84_000, registered_only=True)),
        dialect=_clause(3072, names_reference="@image_$n", looks=3),
        priors=(0.60, 0.45, 0.45),
        silences=True,
        splits=True,
    ),
    _variant(
        "kling-3.0-turbo",
        "kling-3.0-turbo",
        kinds=_PICTURES,
        # With sound: it cannot be off.
        offers={Material.WORDS: _offer(112_000), Material.FIRST: _framed(112_000)},
        # Of the shorter limit, image-to-video's. It has no switch against shots in the words, so their syntax goes.
        dialect=_clause(2500, drops=("shot 1,", "Shot 1,")),
        priors=(0.35, 0.35, 0.35),
        usual_wait_s=60.0,
    ),
    _variant(
        "kling-3.0-omni",
        "kling-3.0-omni",
        kinds=_OMNI,
        offers=_THIRD
        | {Material.LOOKS: _offer(84_000)}
        | dict.fromkeys((Material.FIRST_LOOKS, Material.ENDS_LOOKS), _framed(84_000)),
        dialect=_clause(3072, names_reference="@image_$n", looks=7),
        priors=(0.60, 0.45, 0.45),
        silences=True,
        splits=True,
    ),
    _variant(
        "kling-o1",
        "kling-o1",
        kinds=_OMNI,
        offers=_O1,
        dialect=_clause(2500, names_reference="@image_$n", looks=7),
        priors=(0.55, 0.40, 0.40),
        silences=True,
    ),
    _variant(
        "kling-2.6",
        "kling-2.6",
        kinds=_PICTURES,
        offers=_SECOND,
        dialect=_clause(2500),
        priors=(0.50, 0.35, 0.35),
        silences=True,
    ),
    _variant(
        "kling-2.5-turbo",
        "kling-2.5-turbo",
        kinds=_PICTURES,
        offers=_SECOND,
        dialect=_clause(2500),
        priors=(0.30, 0.30, 0.30),
        usual_wait_s=60.0,
    ),
    _variant(
        "kling-4.0",
        "kling-4.0",
        kinds=_BOTH,
        offers=_FOURTH,
        # Of the shorter limit, that of words that are not English. No name may stand inside another, as image_1 would
        # in image_10.
        dialect=_clause(11_000, names_reference="@image_$n_", looks=10),
        priors=(0.60, 0.45, 0.45),
        usual_wait_s=240.0,
        stills=_STILLS_OF_4,
        sources=_SOURCES_OF_4,
    ),
    _variant(
        "kling-v3-legacy",
        "kling-v3",
        kinds=_LEGACY,
        offers=_THIRD,
        dialect=_FIELD,
        priors=(0.75, 0.80, 0.80),
        silences=True,
        splits=True,
        stills=_LEGACY_STILLS,
        sources=_LEGACY_SOURCES,
    ),
    _variant(
        "kling-v2.5-turbo-legacy",
        "kling-v2-5-turbo",
        kinds=_LEGACY,
        offers=_SECOND,
        dialect=_FIELD,
        priors=(0.45, 0.60, 0.60),
        usual_wait_s=60.0,
        stills=_LEGACY_STILLS,
        sources=_LEGACY_SOURCES,
    ),
    _variant(
        "kling-v3-omni-legacy",
        "kling-v3-omni",
        kinds=_LEGACY_OMNI,
        # Whether frames count among the seven images is not said, so references stand alone.
        offers=_THIRD | {Material.LOOKS: _offer(84_000)},
        dialect=_clause(2500, names_reference="<<<image_$n>>>", looks=7, drops=("<<<", ">>>")),
        priors=(0.60, 0.45, 0.45),
        # Here several shots are off unless asked for [T], and the switch is not among the documented fields.
        silences=True,
        stills=_LEGACY_STILLS,
        sources=_LEGACY_OMNI_SOURCES,
    ),
)
