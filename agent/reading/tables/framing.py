"""The camera of a cell: what its words and abbreviations say of size, angle and movement."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from agent.intents import Scene
from agent.reading import camera, figures, vocabulary
from agent.reading.message import receive
from agent.reading.tables.cells import spelled
from agent.reading.tables.meanings import MOST_KEPT
from agent.reading.words import tidy

_BREAK = re.compile(r"\s*(?:[/+&,;|\n→>()]|\s[-–—]\s|->)\s*")
_SOMEBODYS = re.compile(r"\b[^\W\d_]+['’]s\b", re.IGNORECASE)  # "over Mara's shoulder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """What a cell says of the camera.

    Attributes:
        values: By part of the camera, or ``"lens"``, in the order they stand.
        rest: Words that say something else.
    """

    values: tuple[tuple[str, str], ...]
    rest: tuple[str, ...] = ()


@lru_cache(maxsize=MOST_KEPT)
def read(cell: str, *, tongue: str = "") -> Framed:
    """The camera of a cell; a whole cell is looked up before it is taken apart, so that "W/S" is one thing.

    Args:
        cell: As typed.
        tongue: The language of its table, for abbreviations that two languages share ("PM").
    """
    whole = _short(cell, tongue)
    if whole:
        return Framed(values=(whole,))
    values: dict[tuple[str, str], None] = {}
    rest: list[str] = []
    for piece in filter(None, _BREAK.split(cell)):
        found, left = _piece(piece, tongue)
        values |= dict.fromkeys(found)
        rest += filter(None, (left,))
    return Framed(values=tuple(values), rest=tuple(rest))


def speaks_of_camera(cell: str) -> bool:
    """Whether anything in a cell is a word for the camera."""
    return bool(read(cell).values)


def is_only_camera(text: str, *, tongue: str = "") -> bool:
    """Whether a text is words for the camera and nothing else."""
    pieces = [piece for piece in _BREAK.split(text) if piece]
    return bool(pieces) and all(_short(piece, tongue) or not _left(piece) for piece in pieces)


def _left(piece: str) -> str:
    """What a piece says besides the camera."""
    seen = camera.read(tidy(piece))
    return tidy(seen.rest) if seen.values else piece


def _piece(piece: str, tongue: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """One piece: its values, and itself where it says more than these."""
    short = _short(piece, tongue)
    if short:
        return (short,), ""
    found = figures.read(piece)
    if found.lens and not tidy(found.rest):
        return (("lens", tidy(piece)),), ""
    if _is_pace(piece):
        return (("movement", tidy(piece)),), ""
    paced = _paced(piece, tongue)
    if paced:
        return (paced,), ""
    message, _ = receive(piece, scene=Scene())
    seen = camera.read(tidy(message.text))
    if not seen.values and _SOMEBODYS.search(piece):
        return _piece(_SOMEBODYS.sub("their", piece), tongue)
    left = tidy(message.shielded.unveil(seen.rest))
    if seen.values and left:
        return ((seen.values[0][0], tidy(piece)), *seen.values[1:]), ""
    return seen.values, left


def _is_pace(piece: str) -> bool:
    """Whether a piece says nothing but how fast: "Dolly In (slow)"."""
    return set(spelled(piece).split()) <= vocabulary.wordset("camera", "pace")


def _paced(piece: str, tongue: str) -> tuple[str, str] | None:
    """An abbreviation with how fast or how much, in any language: "trav. avant lent"; only a move goes at a pace."""
    said = spelled(piece).split()
    pace = dict.fromkeys(_paces()[word] for word in said if word in _paces())
    seen = _short(" ".join(word for word in said if word not in _paces()), tongue) if pace else None
    return (seen[0], " ".join((*pace, seen[1]))) if seen and seen[0] == "movement" else seen


@cache
def _paces() -> Mapping[str, str]:
    """How fast, in English, by the word of any language."""
    listed = vocabulary.table("columns", "pace").items()
    return {spelled(word): pace for pace, words in listed if isinstance(words, list) for word in words}


def _short(text: str, tongue: str = "") -> tuple[str, str] | None:
    words = spelled(text)
    return _own(tongue).get(words) or _abbreviations().get(words)


@cache
def _own(tongue: str) -> Mapping[str, tuple[str, str]]:
    """Abbreviations that mean something else in this language than in the others."""
    parts = camera.PARTS if tongue else ()
    return {spelled(phrase): (part, text) for part, text, phrase in _listed("columns", ("tongues", tongue), parts)}


@cache
def _abbreviations() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for part, text, phrase in _entries():
        found.setdefault(spelled(phrase), (part, text))
    return found


def _entries() -> Iterator[tuple[str, str, str]]:
    """Each abbreviation of a cell; first those of running text, which win."""
    yield from _listed("camera", ("letters",), camera.PARTS)
    yield from _listed("columns", ("cells",), camera.PARTS)


def _listed(name: str, section: tuple[str, ...], parts: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Part, what the sheet stores, and phrase, of every phrase under a section."""
    for part in parts:
        for text, phrases in vocabulary.table(name, *section, part).items():
            yield from ((part, text, phrase) for phrase in (phrases if isinstance(phrases, list) else ()))
