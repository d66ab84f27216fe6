"""The camera of a cell: what its words and abbreviations say of size, angle and movement."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from agent.intents import Scene
from agent.reading import camera, figures, vocabulary
from agent.reading.message import receive
from agent.reading.tables.cells import spelled
from agent.reading.tables.meanings import MOST_KEPT
from agent.reading.words import tidy

_BREAK = re.compile(r"\s*(?:[/+&,;|\n→>()]|\s[-–—]\s|->)\s*")


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


def is_only_camera(text: str) -> bool:
    """Whether a text is words for the camera and nothing else."""
    pieces = [piece for piece in _BREAK.split(text) if piece]
    return bool(pieces) and all(_short(piece) or not _left(piece) for piece in pieces)


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
    message, _ = receive(piece, scene=Scene())
    seen = camera.read(tidy(message.text))
    left = tidy(message.shielded.unveil(seen.rest))
    if seen.values and left:
        return ((seen.values[0][0], tidy(piece)), *seen.values[1:]), ""
    return seen.values, left


def _is_pace(piece: str) -> bool:
    """Whether a piece says nothing but how fast: "Dolly In (slow)"."""
    return set(spelled(piece).split()) <= vocabulary.wordset("camera", "pace")


def _short(text: str, tongue: str = "") -> tuple[str, str] | None:
    words = spelled(text)
    return _own(tongue).get(words) or _abbreviations().get(words)


@cache
def _own(tongue: str) -> Mapping[str, tuple[str, str]]:
    """Abbreviations that mean something else in this language than in the others."""
    own = vocabulary.table("columns", "tongues", tongue, "shot_size").items() if tongue else ()
    phrases = ((text, phrase) for text, listed in own if isinstance(listed, list) for phrase in listed)
    return {spelled(phrase): ("shot_size", text) for text, phrase in phrases}


@cache
def _abbreviations() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for part, text, phrase in _entries():
        found.setdefault(spelled(phrase), (part, text))
    return found


def _entries() -> Iterator[tuple[str, str, str]]:
    """Each abbreviation of a cell; first those of running text, which win."""
    for section in (("camera", "letters"), ("columns", "cells")):
        for part in camera.PARTS:
            for text, phrases in vocabulary.table(*section, part).items():
                yield from ((part, text, phrase) for phrase in (phrases if isinstance(phrases, list) else ()))
