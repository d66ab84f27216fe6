"""The camera of a cell: what its words and abbreviations say of size, angle and movement."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from agent.intents import Scene
from agent.reading import camera, vocabulary
from agent.reading.message import receive
from agent.reading.tables.cells import spelled
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


def read(cell: str) -> Framed:
    """The camera of a cell; a whole cell is looked up before it is taken apart, so that "W/S" is one thing."""
    whole = _short(cell)
    if whole:
        return Framed(values=(whole,))
    values: dict[tuple[str, str], None] = {}
    rest: list[str] = []
    for piece in filter(None, _BREAK.split(cell)):
        found, left = _piece(piece)
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


def _piece(piece: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """One piece: its values, and itself where it says more than these."""
    short = _short(piece)
    if short:
        return (short,), ""
    message, _ = receive(piece, scene=Scene())
    seen = camera.read(tidy(message.text))
    left = tidy(message.shielded.unveil(seen.rest))
    if seen.values and left:
        return ((seen.values[0][0], tidy(piece)), *seen.values[1:]), ""
    return seen.values, left


def _short(text: str) -> tuple[str, str] | None:
    return _abbreviations().get(spelled(text))


@cache
def _abbreviations() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for part, text, phrase in _entries():
        found.setdefault(spelled(phrase), (part, text))
    return found


def _entries() -> Iterator[tuple[str, str, str]]:
    """Each abbreviation of a cell; first those of running text, which win."""
    for sureness in ("letters", "sure", "alone"):
        for part in camera.PARTS:
            for text, phrases in vocabulary.table("camera", sureness, part).items():
                yield from ((part, text, phrase) for phrase in (phrases if isinstance(phrases, list) else ()))
    for part in camera.PARTS:
        for text, phrases in vocabulary.table("columns", "cells", part).items():
            yield from ((part, text, phrase) for phrase in (phrases if isinstance(phrases, list) else ()))
