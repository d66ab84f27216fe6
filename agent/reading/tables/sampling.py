"""What the cells of a column look like: the numbers of shots, lengths, the camera, or what happens."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from agent.reading import vocabulary
from agent.reading.tables import framing, lengths
from agent.reading.tables.cells import Row, spelled
from agent.reading.tables.meanings import CAMERA, PARTS, Column

MOST_SAMPLED = 40  # rows whose cells decide what an ambiguous heading means
ENOUGH = 0.6  # of the filled cells of a column
LONGEST_SCENE = 40  # characters; a longer cell under "Scene" tells what happens in it
LONGEST_NUMBER = 20  # characters
LONGEST_SHOT = 120.0  # seconds; a longer one is no length under a heading that may mean something else

LONGEST_EVIDENT = 30  # characters; longer cells tell a story
SURE = 0.8  # of the filled cells, where the heading tells nothing

_BARE = re.compile(r"\d+(?:[.,]\d+)?")
_NUMBER = re.compile(r"(?:[^\W\d]{1,12}[\s._-]*)?#?\s*\d{1,5}(?:[\s._/-]?[^\W_]{1,4}){0,3}|[A-Za-z]{1,2}")
_LENS = re.compile(r"\d{1,4}(?:[.,]\d)?(?:\s*[-–/]\s*\d{1,4})?\s*(?:mm)?(?:\b.{0,30})?", re.IGNORECASE)


def column(rows: Sequence[Row], at: int) -> list[str]:
    """The filled cells of a column among the rows that fill more than one."""
    full = [row for row in rows if len(row.filled) > 1 and not row.heading]
    cells = [row.cells[at].strip() for row in full if at < len(row.cells)]
    return [cell for cell in cells if cell][:MOST_SAMPLED]


def fits(column: Column, cells: Sequence[str]) -> bool:
    """Whether the cells bear out that a column means this; nothing speaks against most meanings."""
    test = _tests().get(column)
    return test is None or (bool(cells) and test(cells))


def evident(cells: Sequence[str]) -> Column | None:
    """What cells mean whatever stands above them; bare figures may be anything."""
    if not cells or mostly(cells, lambda cell: len(cell) > LONGEST_EVIDENT):
        return None
    if mostly(cells, _names_length, share=SURE):
        return Column.SECONDS
    if mostly(cells, _names_lens, share=SURE):
        return Column.LENS
    return _framed(cells) if mostly(cells, framing.is_only_camera, share=SURE) else None


def numbers(cells: Sequence[str]) -> bool:
    """Whether cells number shots: short, with a figure or a letter, hardly any twice, and no camera words."""
    short = mostly(cells, lambda cell: len(cell) <= LONGEST_NUMBER and _NUMBER.fullmatch(cell) is not None)
    own = len(set(cells)) >= ENOUGH * len(cells) or all(cell.isdigit() or len(cell) == 1 for cell in cells)
    return bool(cells) and short and own and not mostly(cells, framing.speaks_of_camera)


def words(rows: Sequence[Row], at: int) -> float:
    """How many words a filled cell of a column has on average."""
    cells = column(rows, at)
    return sum(len(cell.split()) for cell in cells) / max(1, len(cells))


def mostly(cells: Sequence[str], test: Callable[[str], bool], *, share: float = ENOUGH) -> bool:
    """Whether enough of the cells pass a test."""
    return sum(map(test, cells)) >= share * len(cells)


def _names_length(cell: str) -> bool:
    return not _BARE.fullmatch(cell) and _is_length(cell)


def _names_lens(cell: str) -> bool:
    return not _BARE.fullmatch(cell) and _is_lens(cell)


def _framed(cells: Sequence[str]) -> Column | None:
    """The part of the camera that most of the cells speak of."""
    parts = Counter(part for cell in cells for part, _ in framing.read(cell).values)
    return next((column for part, _ in parts.most_common() for column in CAMERA if PARTS[column] == part), None)


@cache
def _tests() -> Mapping[Column, Callable[[Sequence[str]], bool]]:
    daytimes = {spelled(word) for word in vocabulary.listed("columns", "daytimes", "words")}
    tests: dict[Column, Callable[[Sequence[str]], bool]] = {
        Column.NUMBER: numbers,
        Column.SCENE: lambda cells: mostly(cells, lambda cell: len(cell) <= LONGEST_SCENE),
        Column.SECONDS: lambda cells: lengths.counted_in_milliseconds(cells) or mostly(cells, _is_length),
        Column.LENS: lambda cells: mostly(cells, _is_lens),
        Column.DAYTIME: lambda cells: mostly(cells, lambda cell: spelled(cell.split("/")[0]) in daytimes),
        Column.PLACE: lambda cells: mostly(cells, lambda cell: len(cell) <= LONGEST_SCENE),
        Column.ACTION: lambda cells: mostly(cells, lambda cell: len(cell.split()) > 2 or not cell.isascii()),
    }
    return tests | dict.fromkeys(CAMERA, _cameras)


def _cameras(cells: Sequence[str]) -> bool:
    """Whether cells speak of the camera; lists leave many of them to a word of their own ("hero angle")."""
    return mostly(cells, framing.speaks_of_camera, share=0.4)


def _is_length(cell: str) -> bool:
    """Whether a shot can be that long; setting it up takes longer."""
    length = lengths.read(cell)
    return length is not None and length.seconds <= LONGEST_SHOT


def _is_lens(cell: str) -> bool:
    return _LENS.fullmatch(cell) is not None or any(part == "lens" for part, _ in framing.read(cell).values)
