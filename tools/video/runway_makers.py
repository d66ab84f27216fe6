"""The makers whose models stand behind a Runway key: how each is written to, and what images it takes, with sources.

Private to `tools.video.runway`. Facts, sources and dates: `docs/wire/runway.md`.
"""

from dataclasses import dataclass, replace

from agent.profiles import Source, StillLimits
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect, Unit

MOST_IMAGE_BYTES = 3_700_000
"""Encoded as a data URI this stays below five million characters. The types say "up to 5MB" [S], the page on inputs
counts the encoded URI and means 5 x 1024 x 1024 [D]; this is under both."""

_READ = "2026-11-20"


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """What the models of one maker and generation share.

    Attributes:
        silent: Whether sound can be switched off.
        scaled: Whether the body takes how closely to keep to the words.
    """

    family: str
    dialect: Dialect
    stills: StillLimits
    sources: tuple[Source, ...]
    seed: bool = False
    silent: bool = False
    scaled: bool = False
    longest_wait_s: float = 3600.0


def _sources(*facts: tuple[str, str, str]) -> tuple[Source, ...]:
    """What all share, and these (fact, where, evidence)."""
    shared = (
        ("wire, offers, seed, cancel", "runwayml 5.24.0", "S"),
        ("stills: size", "runwayml 5.24.0 and Runway's page on inputs", "D"),
        ("longest_wait_s", "a task may wait as THROTTLED as long as it must; stated, not published", "U"),
        ("slots, usual_wait_s, priors", "stated starting belief, not measured", "U"),
    )
    return tuple(Source(fact=fact, where=where, evidence=mark, read=_READ) for fact, where, mark in (*shared, *facts))


_CREDITS = ("price", "credits per second at 0.01 USD", "T")
_ANY_STILL = StillLimits(media_types=("image/png", "image/jpeg", "image/webp"), most_bytes=MOST_IMAGE_BYTES)

OWN = Maker(
    family="Runway",
    dialect=Dialect(channel=Channel.INVERTED, forbids_negative=True, limit=1000, unit=Unit.UTF16, motion_only=True),
    stills=_ANY_STILL,
    sources=_sources(
        _CREDITS,
        ("dialect: limit", "runwayml 5.24.0", "S"),
        ("dialect: positive wording only, motion first", "Runway Gen-4.5 prompting guide", "D"),
    ),
    seed=True,
    longest_wait_s=1800.0,
)
VEO = Maker(
    family="Veo",
    dialect=Dialect(channel=Channel.FIELD, limit=1000, unit=Unit.UTF16, field_limit=1000),
    stills=_ANY_STILL,
    sources=_sources(
        _CREDITS,
        ("dialect: negativePrompt, limit", "runwayml 5.24.0", "S"),
        ("dialect: field_limit", "reported; the client types none", "T"),
    ),
    seed=True,
    silent=True,
)

_KLING_SOURCES = _sources(
    ("dialect: no field behind Runway", "runwayml 5.24.0", "S"),
    ("dialect: limit", "Kling's own advice of 2500 characters; Runway publishes none", "U"),
    ("dialect: names_reference", "Runway's way for another hosted model; untold for Kling", "U"),
    ("durations", "Kling's own; Runway types a whole number", "D"),
    ("stills: sides, media_types", "Kling's own pages", "D"),
    ("price", "Kling's own in whole credits; Runway publishes none and tells it with each task", "U"),
)
KLING_TURBO = Maker(
    family="Kling",
    dialect=Dialect(channel=Channel.CLAUSE, limit=2500, unit=Unit.UTF16),
    stills=StillLimits(most_bytes=MOST_IMAGE_BYTES, least_px=300, most_stretch=2.5),
    sources=_KLING_SOURCES,
    scaled=True,
)
KLING_3 = replace(KLING_TURBO, silent=True)
# Its sound cannot be switched off.
KLING_4 = replace(KLING_TURBO, dialect=replace(KLING_TURBO.dialect, names_reference="[Image $n]"), scaled=False)
KLING_O3 = replace(KLING_4, silent=True)

SEEDANCE_2 = Maker(
    family="Seedance",
    dialect=Dialect(
        channel=Channel.CLAUSE,
        # The guides say that negatives of anatomy and quality have no effect, and word these two positively.
        channels={Layer.ANATOMY: Channel.INVERTED, Layer.QUALITY: Channel.INVERTED},
        clause="Keep free of $terms.",
        # Documented fixes exist for burnt-in captions, watermark and logo.
        always_clause=frozenset({"text", "subtitles", "watermark", "logo"}),
        limit=3500,
        unit=Unit.UTF16,
        names_reference="Image $n",
        # The text after "--" is cut off; brackets open channels for music, effects, speech and captions.
        drops=("--", "(", ")", "<", ">", "{", "}", "【", "】"),
    ),
    stills=StillLimits(
        media_types=("image/png", "image/jpeg", "image/webp"),
        most_bytes=MOST_IMAGE_BYTES,
        least_px=300,
        most_px=6000,
        most_stretch=2.5,
    ),
    sources=_sources(
        _CREDITS,
        ("dialect: limit, max_references", "runwayml 5.24.0", "S"),
        ("dialect: wording, drops", "Seedance prompt guides, quoted by users", "T"),
        ("dialect: names_reference", "Ark's own; untold for Runway", "U"),
        ("durations, stills: sides", "ModelArk video generation pages", "D"),
    ),
    seed=True,
    silent=True,
)
SEEDANCE_25 = replace(SEEDANCE_2, dialect=replace(SEEDANCE_2.dialect, limit=15_000))

OMNI = Maker(
    family="Gemini Omni",
    dialect=Dialect(channel=Channel.CLAUSE, clause="No $terms.", each=True, names_reference="image $n"),
    stills=_ANY_STILL,
    sources=_sources(
        ("dialect: short lines with No", "Google's own skill text", "D"),
        ("dialect: names_reference, max_references", "the direct API's; untold for Runway", "U"),
        ("price", "credits per second of its predecessor", "T"),
    ),
)
