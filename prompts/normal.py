"""Text hygiene at the door: what a person cannot see is taken out, and told."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Stray(StrEnum):
    """What was found in a text that no reader can see."""

    CONTROL = "control characters"
    DIRECTION = "direction marks"
    INVISIBLE = "invisible characters"
    TAG = "tag characters"
    SURROGATE = "lone surrogates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A text in Unicode normal form C, on one line, with nothing invisible in it.

    Attributes:
        strays: What was taken out, each kind once.
    """

    text: str
    strays: tuple[Stray, ...] = ()

    @property
    def report(self) -> str:
        """What was taken out, as a list for a sentence; empty when nothing was."""
        return ", ".join(self.strays)


_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Blank although no format character: fillers, the grapheme joiner, and the variation selectors, which can carry
# hidden bytes (https://paulbutler.org/2025/smuggling-arbitrary-data-through-an-emoji/, read 2026-11-20).
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def clean(text: str) -> Cleaned:
    """The text as a model may read it. Line breaks become spaces: a line of its own means something in a rendering."""
    kept: list[str] = []
    strays: dict[Stray, None] = {}
    for char in text:
        stray = _stray(char)
        if stray is None:
            kept.append(char)
        else:
            strays[stray] = None
    composed = unicodedata.normalize("NFC", "".join(kept))
    return Cleaned(text=" ".join(composed.split()), strays=tuple(strays))


def _stray(char: str) -> Stray | None:
    """Why the character goes; ``None`` when it stays."""
    if char.isascii():
        return None if char.isprintable() or char.isspace() else Stray.CONTROL
    if char.isspace():
        return None
    if "\U000e0000" <= char <= "\U000e007f":
        return Stray.TAG
    if char in _DIRECTION:
        return Stray.DIRECTION
    return _stray_by_category(char)


def _stray_by_category(char: str) -> Stray | None:
    match unicodedata.category(char):
        case "Cc":
            return Stray.CONTROL
        case "Cs":
            return Stray.SURROGATE
        case "Cf" | "Co":
            return Stray.INVISIBLE
        case _ if _BLANK.match(char) or ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef":
            return Stray.INVISIBLE
        case _:
            return None
