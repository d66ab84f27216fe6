"""How long a shot is, from a cell: seconds, minutes, milliseconds, frames, clock times and ranges of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from agent.reading import figures, vocabulary
from agent.reading.tables import rates
from agent.reading.tables.cells import spelled
from prompts.sheet import LONGEST_SECONDS

MILLISECONDS_FROM = 500.0  # no shot is that many seconds; lists of boards count in milliseconds

_CLOCK = r"\d{1,2}(?:[:;h]\d{1,2}){1,3}(?:[.,]\d{1,3})?"
_RANGE = re.compile(rf"\s*({_CLOCK})\s*(?:-|–|—|to|→|~|bis|a|à)\s*({_CLOCK})\s*", re.IGNORECASE)
_WHOLE_CLOCK = re.compile(rf"\s*{_CLOCK}\s*")
_MARKED = re.compile(r"\s*(?:(\d{1,2})\s*['’′m](?:in)?\s*)?(\d{1,3}(?:[.,]\d+)?)\s*(?:[\"”″]|''|s)?\s*", re.IGNORECASE)
_FIGURE = re.compile(
    r"(\d{1,9}(?:[.,]\d{1,6})?)(?:\s*(?:-|–|—|to|~|bis)\s*(\d{1,9}(?:[.,]\d{1,3})?))?\s*([^\s\d_.,]*)\.?\s*"
)
_AND_FRAMES = re.compile(
    r"\s*(\d{1,3})\s*(?:[+＋\"”″]|''|s(?:ec)?\.?)\s*\+?\s*(\d{1,2})\s*([^\W\d_]*)\.?\s*", re.IGNORECASE
)
_BARE = re.compile(r"-?\d{1,9}(?:[.,]\d{1,6})?")
_LEAD = re.compile(r"^\s*(?:[~≈±<>≤≥]|[^\W\d_]+\.?\s+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A length in seconds, and what should be said about how it was read."""

    seconds: float
    told: str = ""


def read(text: str, *, unit: str = "", rate: float | None = None) -> Length | None:
    """The length a cell states; ``None`` where it states none.

    Args:
        text: The cell.
        unit: The heading's, for a bare figure.
        rate: Frames per second, where the list says how many.
    """
    whole = text.strip()
    span = _RANGE.fullmatch(whole)
    if span:
        return between(span.group(1), span.group(2), rate=rate)
    if _WHOLE_CLOCK.fullmatch(whole):
        return _positive(_clock(whole, rate))
    bare = _LEAD.sub("", whole) if spelled(_lead(whole)) in _about() else whole
    return _figure(bare, unit, rate) or _marked(bare) or _and_frames(bare, rate) or _words(bare)


def between(start: str, end: str, *, rate: float | None = None) -> Length | None:
    """The time from one clock reading to another; ``None`` where they are none or run backwards."""
    begun, ended = moment(start, rate=rate), moment(end, rate=rate)
    return None if begun is None or ended is None else _positive(round(ended - begun, 3))


def moment(text: str, *, rate: float | None = None) -> float | None:
    """A clock reading, or seconds from the beginning, in seconds."""
    whole = text.strip()
    if _WHOLE_CLOCK.fullmatch(whole):
        return _clock(whole, rate)
    found = _FIGURE.fullmatch(whole)
    scale = _scale(found.group(3), "", rate) if found and not found.group(2) else None
    return _number(found.group(1)) * scale if found and scale is not None else None


def counted_in_milliseconds(cells: Sequence[str]) -> bool:
    """Whether the bare figures of a column can only be milliseconds: every cell is one, and all are huge."""
    found = [_number(cell) for cell in cells if _BARE.fullmatch(cell)]
    return bool(found) and min(found) >= MILLISECONDS_FROM and len(found) == len(cells)


def usable(seconds: float) -> bool:
    """Whether a shot can be that long."""
    return 0 < seconds <= LONGEST_SECONDS


def _lead(text: str) -> str:
    found = _LEAD.match(text)
    return found.group() if found else ""


def _figure(text: str, unit: str, rate: float | None) -> Length | None:
    found = _FIGURE.fullmatch(text)
    scale = _scale(found.group(3), unit, rate) if found else None
    if found is None or scale is None:
        return None
    told = f"{text.strip()} is a range; the shorter was taken" if found.group(2) else ""
    if not told and scale == 1 / rates.USUAL:
        told = _counted(text, rate)
    shorter = min(_number(figure) for figure in found.group(1, 2) if figure)
    return _positive(round(shorter * scale, 3), told=told)


def _counted(text: str, rate: float | None) -> str:
    """What is said where frames were counted at a rate that the list does not name."""
    return "" if rate else f"{text.strip()} was counted at {rates.USUAL:g} frames per second"


def _marked(text: str) -> Length | None:
    """Minutes and seconds with marks: ``1'30"``, ``1m 30s``, ``5"``."""
    found = _MARKED.fullmatch(text)
    if found is None:
        return None
    return _positive(int(found.group(1) or 0) * 60 + _number(found.group(2)))


def _and_frames(text: str, rate: float | None) -> Length | None:
    """Seconds and frames: ``3" 12``, ``4+12``, ``3s12f``; what is no frame of a second is hundredths of it."""
    found = _AND_FRAMES.fullmatch(text)
    if found is None or (found.group(3) and spelled(found.group(3)) not in _spellings("frames")):
        return None
    per_second = rate or rates.USUAL
    rest = int(found.group(2))
    fraction = rest / per_second if rest < per_second else rest / 100
    return _positive(round(int(found.group(1)) + fraction, 3), told=_counted(text, rate))


def _words(text: str) -> Length | None:
    """A length in words, or one that is only a part of the cell: "five seconds", "hold 4 s"."""
    seconds = figures.read(text).seconds
    return None if seconds is None else Length(seconds=seconds)


def _clock(text: str, rate: float | None) -> float:
    """Clock readings: minutes and seconds, hours before them, frames after them."""
    whole, _, fraction = text.strip().replace(",", ".").partition(".")
    parts = [int(part) for part in re.split(r"[:;h]", whole)]
    frames = parts.pop() / (rate or rates.USUAL) if len(parts) == 4 else 0.0
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    return round(seconds + frames + (float(f"0.{fraction}") if fraction else 0.0), 3)


def _positive(seconds: float, *, told: str = "") -> Length | None:
    return Length(seconds=seconds, told=told) if seconds > 0 else None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _scale(typed: str, unit: str, rate: float | None) -> float | None:
    """Seconds per unit; the one that was typed, else the heading's, else seconds."""
    scales = {"ms": 0.001, "s": 1.0, "min": 60.0, "frames": 1 / (rate or rates.USUAL)}
    if not typed:
        return scales[unit or "s"]
    return next((scale for name, scale in scales.items() if spelled(typed) in _spellings(name)), None)


@cache
def _spellings(name: str) -> frozenset[str]:
    return frozenset(spelled(word) for word in vocabulary.listed("columns", "units", name))


@cache
def _about() -> frozenset[str]:
    """Words before a figure that do not change it; a sign alone is spelled as nothing."""
    return _spellings("about") | {""}
