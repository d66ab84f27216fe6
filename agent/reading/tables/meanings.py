"""What a column can be about, and which of these its heading names."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from agent.reading import vocabulary
from agent.reading.tables.cells import spelled

MOST_KEPT = 4_096  # cells looked up once; a list has the same few words in most rows
LONGEST_HEADING = 60  # characters; a longer cell is a sentence
SHORTEST_BEGINNING = 3  # letters of an abbreviation that can only be one word


class Column(StrEnum):
    """Meanings of a column, in the order in which an ambiguous heading is tried."""

    NUMBER = "number"
    SECONDS = "seconds"
    SCENE = "scene"
    START = "start"
    END = "end"
    SIZE = "size"
    ANGLE = "angle"
    MOVEMENT = "movement"
    RIG = "rig"
    LENS = "lens"
    RATIO = "ratio"
    DAYTIME = "daytime"
    LIGHTING = "lighting"
    PALETTE = "palette"
    COMPOSITION = "composition"
    ATMOSPHERE = "atmosphere"
    MOOD = "mood"
    ATTRIBUTION = "attribution"
    NEGATIVE = "negative"
    TEXT = "text"
    DIALOGUE = "dialogue"
    MODEL = "model"
    REFERENCES = "references"
    SUBJECT = "subject"
    CAST = "cast"
    PLACE = "place"
    DRESSING = "dressing"
    ACTION = "action"
    NOTES = "notes"
    PRODUCTION = "production"
    UNKNOWN = "unknown"


PARTS = {Column.SIZE: "shot_size", Column.ANGLE: "angle", Column.MOVEMENT: "movement"}
"""The part of the camera that a column fills."""

CAMERA = frozenset(PARTS)
"""Columns that are written in each other's words: an angle stands under "Frame", a size under "Angle"."""

LOOK = frozenset(
    {
        Column.LENS,
        Column.LIGHTING,
        Column.PALETTE,
        Column.COMPOSITION,
        Column.ATMOSPHERE,
        Column.MOOD,
        Column.ATTRIBUTION,
    }
)
"""Columns that fill the part of the sheet of the same name, as typed."""

SINGLE = frozenset({Column.NUMBER, Column.SCENE, Column.SECONDS, Column.START, Column.END, Column.RATIO})
"""Columns of which a table has one; a second is something else."""

_ASIDE = re.compile(r"[(\[（【].*?[)\]）】]")
_PARTS = re.compile(r"\s*(?:[/+&,;|\n]|\band\b|\bund\b|\bet\b|\s[-–—]\s)\s*", re.IGNORECASE)
_NUMBER_SIGNS = re.compile(r"[#№]|n[º°]\.?", re.IGNORECASE)


@lru_cache(maxsize=MOST_KEPT)
def candidates(heading: str, *, tongue: str = "") -> tuple[Column, ...]:
    """What a heading may mean, the likeliest first; nothing where nobody knows it.

    Args:
        heading: As typed.
        tongue: The language of its table, whose meanings come first: "Ton" is a mood in French and sound in German.
    """
    if len(heading) > LONGEST_HEADING:
        return ()
    text = _NUMBER_SIGNS.sub(" nr ", heading)
    bare = _ASIDE.sub(" ", text)
    for attempt in (text, bare, *_PARTS.split(bare)):
        found = _headings().get(spelled(attempt))
        if found:
            return tuple(sorted(found, key=lambda column: tongue not in found[column]))
    return _shortened(bare) if bare.rstrip().endswith(".") else _inside(spelled(bare))


def unit(heading: str) -> str:
    """The unit of length that a heading names ("Duration (ms)"), spelled as in `columns.toml`; empty for none."""
    words = spelled(heading).split()
    return next((name for name in ("ms", "frames", "min") for word in words if word in _units(name)), "")


def tongue(headings: Sequence[str]) -> str:
    """The language that knows most of the headings; empty where two know as many."""
    meant = (_headings().get(spelled(heading), {}) for heading in headings)
    known = Counter(name for meanings in meant for name in frozenset[str]().union(*meanings.values()))
    ranked = known.most_common(2)
    tied = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
    return ranked[0][0] if ranked and not tied else ""


@cache
def rows(kind: str) -> frozenset[str]:
    """The words that tell a row's kind, or a cell that says "as above" or "nothing"."""
    return frozenset(spelled(text) for text in vocabulary.listed("columns", "rows", kind))


@cache
def _headings() -> Mapping[str, Mapping[Column, frozenset[str]]]:
    """By heading, each of its meanings with the languages in which it has this one."""
    found: dict[str, dict[Column, set[str]]] = {}
    for column in Column:
        for name, phrase in _phrases(column):
            meanings = found.setdefault(spelled(_NUMBER_SIGNS.sub(" nr ", phrase)), {})
            meanings.setdefault(column, set()).add(name)
    return {
        phrase: {column: frozenset(names) for column, names in meanings.items()}
        for phrase, meanings in found.items()
        if phrase
    }


def _phrases(column: Column) -> Iterator[tuple[str, str]]:
    """Each heading of a meaning with its language."""
    for name, phrases in vocabulary.table("columns", "headings", column.value).items():
        yield from ((name, phrase) for phrase in (phrases if isinstance(phrases, list) else ()))


def _shortened(heading: str) -> tuple[Column, ...]:
    """What an abbreviation with a full stop may stand for ("Brennw."), in the order in which meanings are tried."""
    begun = spelled(heading)
    meant = {column for phrase, found in _headings().items() if phrase.startswith(begun) for column in found}
    known = meant if len(begun) >= SHORTEST_BEGINNING else frozenset[Column]()
    return tuple(column for column in Column if column in known) or _inside(begun)


def _inside(heading: str) -> tuple[Column, ...]:
    """The longest known heading among the words of a longer one ("overall shot description for crew"), and of several
    as long the one with the fewest meanings: a "camera lens" is a lens."""
    words = heading.split()
    for length in range(min(4, len(words) - 1), 0, -1):
        phrases = [" ".join(words[first : first + length]) for first in range(len(words) - length + 1)]
        known = [_headings()[phrase] for phrase in phrases if len(phrase) > 3 and phrase in _headings()]
        if known:
            fewest = min(known, key=len)
            return tuple(fewest)
    return ()


@cache
def _units(name: str) -> frozenset[str]:
    return frozenset(spelled(word) for word in vocabulary.listed("columns", "units", name) if len(word) > 1)
