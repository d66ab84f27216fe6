"""Rows of cells as a file has them, and the one spelling in which cells are compared with word lists."""

import re
import unicodedata
from dataclasses import dataclass

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a file.

    Attributes:
        where: How a person finds it (``"line 7"``, ``"row 7 of 'Day 1'"``).
        heading: Whether the file itself marks it as a heading between tables.
        carried: Which cells only repeat the merged cell above them.
        sheet: Whether a sheet begins with it, so that no table goes on across it.
    """

    where: str
    cells: tuple[str, ...]
    heading: bool = False
    carried: frozenset[int] = frozenset()
    sheet: bool = False

    @property
    def filled(self) -> tuple[str, ...]:
        """Its cells that hold something."""
        return tuple(cell for cell in self.cells if cell.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What a file holds as rows of cells.

    Attributes:
        rate: Frames per second, where the file says how many.
        told: What was cut, left out or guessed when it was read, a sentence each.
    """

    rows: tuple[Row, ...]
    rate: float | None = None
    told: tuple[str, ...] = ()


def spelled(text: str) -> str:
    """A text as word lists spell it: lower case, no Latin accents, no punctuation, camelCase parted."""
    parted = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text)).casefold()
    return " ".join("".join(_letter(char) for char in parted).split())


def _letter(char: str) -> str:
    """A letter without its Latin accent; marks of scripts that spell with them stay, so that words stay whole."""
    base = unicodedata.normalize("NFD", char)[0]
    if base.isascii():
        return base if base.isalnum() else " "
    return char if char.isalnum() or unicodedata.category(char).startswith("M") else " "
