"""The Kling variants in both API standards: profiles with their sources. Private to `tools.video.kling`.

Facts, sources and dates: `docs/wire/kling.md`.
"""

from dataclasses import dataclass
from enum import StrEnum

from agent.profiles import Material, Offer, Profile, Source
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect

_READ = "2026-11-20"
_PAGES = "Kling API reference, pages of 2026-09-20"


class Kind(StrEnum):
    """How a variant is asked; new kinds are part of the path."""

    TEXT = "text-to-video"
    OMNI = "omni-video"
    LEGACY = "legacy text2video"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A profile with what only its body needs.

    Attributes:
        switches: Whether sound and several shots can, and so must, be switched off.
    """

    profile: Profile
    kind: Kind
    switches: bool


def _sources(negative: str, evidence: str) -> tuple[Source, ...]:
    return (
        Source(fact="wire, limits, durations, ratios", where=_PAGES, evidence="D", read=_READ),
        Source(fact=negative, where=_PAGES, evidence=evidence, read=_READ),
        Source(fact="price", where="Kling API price list of 2026-09-20", evidence="D", read=_READ),
        Source(fact="findable", where="measured by users, 2026-09", evidence="T", read=_READ),
        Source(
            fact="slots, usual_wait_s, priors", where="stated starting belief, not measured", evidence="U", read=_READ
        ),
    )


_NEW_SOURCES = _sources("negatives are words of the prompt; no field on any page", "D")
_LEGACY_SOURCES = _sources("negative_prompt, at most 2500 characters", "T")


def _kling(
    name: str,
    upstream_id: str,
    *,
    kind: Kind,
    limit: int,
    durations: tuple[int, ...],
    price_micro_usd: int,
    switches: bool,
    usual_wait_s: float,
    priors: tuple[float, float, float],
) -> Variant:
    offer = Offer(
        durations=durations,
        ratios=("16:9", "9:16", "1:1"),
        resolution="720p",
        price_micro_usd_per_second=price_micro_usd,
    )
    profile = Profile(
        name=name,
        vendor="kling",
        family="Kling",
        upstream_id=upstream_id,
        distilled="turbo" in name,
        dialect=_dialect(kind, limit=limit),
        offers=dict.fromkeys((Material.WORDS, Material.LOOKS) if kind is Kind.OMNI else (Material.WORDS,), offer),
        sources=_LEGACY_SOURCES if kind is Kind.LEGACY else _NEW_SOURCES,
        findable=True,
        usual_wait_s=usual_wait_s,
        slots=3,
        priors=dict(zip(Layer, priors, strict=True)),
    )
    return Variant(profile=profile, kind=kind, switches=switches)


def _dialect(kind: Kind, *, limit: int) -> Dialect:
    match kind:
        case Kind.LEGACY:
            return Dialect(channel=Channel.FIELD, limit=limit, field_limit=2500)
        case Kind.OMNI:
            return Dialect(channel=Channel.CLAUSE, limit=limit, names_reference="@image_$n", max_references=7)
        case Kind.TEXT:
            return Dialect(channel=Channel.CLAUSE, limit=limit)


_LONG = tuple(range(3, 16))

# Priors per layer (format, anatomy, quality) are starting beliefs by class: a field bites better than a clause, a full
# model better than a distilled one, and on a distilled one format is the hardest to keep out.
VARIANTS = (
    _kling(
        "kling-3.0",
        "kling-3.0",
        kind=Kind.TEXT,
        limit=3072,
        durations=_LONG,
        price_micro_usd=84_000,
        switches=True,
        usual_wait_s=150.0,
        priors=(0.60, 0.45, 0.45),
    ),
    _kling(
        "kling-3.0-turbo",
        "kling-3.0-turbo",
        kind=Kind.TEXT,
        limit=3072,
        durations=_LONG,
        price_micro_usd=112_000,  # with sound: it cannot be off
        switches=False,
        usual_wait_s=60.0,
        priors=(0.35, 0.35, 0.35),
    ),
    _kling(
        "kling-3.0-omni",
        "kling-3.0-omni",
        kind=Kind.OMNI,
        limit=3072,
        durations=_LONG,
        price_micro_usd=84_000,
        switches=True,
        usual_wait_s=150.0,
        priors=(0.60, 0.45, 0.45),
    ),
    _kling(
        "kling-2.5-turbo",
        "kling-2.5-turbo",
        kind=Kind.TEXT,
        limit=2500,
        durations=(5, 10),
        price_micro_usd=42_000,
        switches=False,
        usual_wait_s=60.0,
        priors=(0.30, 0.30, 0.30),
    ),
    _kling(
        "kling-v3-legacy",
        "kling-v3",
        kind=Kind.LEGACY,
        limit=2500,
        durations=_LONG,
        price_micro_usd=84_000,
        switches=True,
        usual_wait_s=150.0,
        priors=(0.75, 0.80, 0.80),
    ),
    _kling(
        "kling-v2.5-turbo-legacy",
        "kling-v2-5-turbo",
        kind=Kind.LEGACY,
        limit=2500,
        durations=(5, 10),
        price_micro_usd=42_000,
        switches=False,
        usual_wait_s=60.0,
        priors=(0.45, 0.60, 0.60),
    ),
)
