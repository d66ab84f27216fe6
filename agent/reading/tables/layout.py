"""Where the tables of a file begin and which column means what, by its heading and, where that is open, its cells."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agent.reading import vocabulary
from agent.reading.tables import framing, lengths, meanings
from agent.reading.tables.cells import Grid, Row, spelled
from agent.reading.tables.meanings import CAMERA, SINGLE, Column

MOST_SAMPLED = 40  # rows whose cells decide what an ambiguous heading means
ENOUGH = 0.6  # of the filled cells of a column
LONGEST_SCENE = 40  # characters; a longer cell under "Scene" tells what happens in it

_NUMBER = re.compile(r"(?:[^\W\d]{1,12}[\s._-]*)?#?\s*\d{1,5}(?:[\s._/-]?[^\W_]{1,4}){0,3}|[A-Za-z]{1,2}")
_LENS = re.compile(r"\d{1,4}(?:[.,]\d)?(?:\s*[-–/]\s*\d{1,4})?\s*(?:mm)?(?:\b.{0,30})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column: its heading as typed and what it means."""

    heading: str
    column: Column
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A run of rows under one row of headings.

    Attributes:
        heads: One per cell of a row.
        guessed: Whether the file has no headings, so that the cells alone decided.
    """

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    guessed: bool = False

    def has(self, column: Column) -> bool:
        """Whether a column means this."""
        return any(head.column is column for head in self.heads)


def tables(grid: Grid) -> tuple[Table, ...]:
    """The tables of a file. What stands above the first headings goes with it as its first rows."""
    starts = [at for at, row in enumerate(grid.rows) if _is_head(row)]
    if not starts:
        return _headless(grid.rows)
    ends = [*starts[1:], len(grid.rows)]
    found: list[Table] = []
    before = grid.rows[: starts[0]]
    for start, end in zip(starts, ends, strict=True):
        rows = (*before, *grid.rows[start + 1 : end])
        found.append(Table(heads=_heads(grid.rows[start], grid.rows[start + 1 : end]), rows=rows))
        before = ()
    return tuple(found)


def _is_head(row: Row) -> bool:
    """Whether a row is headings: most of its cells are known ones, and none is a figure."""
    filled = row.filled
    if row.heading or len(filled) < 2 or any(cell.strip().isdigit() for cell in filled):
        return False
    known = [cell for cell in filled if meanings.candidates(cell)]
    cameras = [cell for cell in filled if framing.speaks_of_camera(cell) and not meanings.candidates(cell)]
    distinct = len({spelled(cell) for cell in filled}) > 1
    return distinct and len(known) >= max(2, ENOUGH * len(filled)) and not cameras


def _heads(head: Row, rows: Sequence[Row]) -> tuple[Head, ...]:
    taken: set[Column] = set()
    heads: dict[int, Head] = {}
    order = sorted(range(len(head.cells)), key=lambda at: (len(meanings.candidates(head.cells[at])) or 99, at))
    for at in order:
        heading = head.cells[at].strip()
        options = meanings.candidates(heading) if heading else ()
        column = _choose(options, _column(rows, at), taken)
        taken.add(column)
        heads[at] = Head(heading=heading, column=column, unit=meanings.unit(heading))
    return _with_number(tuple(heads[at] for at in sorted(heads)), rows)


def _choose(options: Sequence[Column], cells: Sequence[str], taken: set[Column]) -> Column:
    """The first meaning that its cells bear out; one that is open to no doubt is taken at its word."""
    free = [column for column in options if not (column in SINGLE and column in taken)]
    for column in free:
        if len(free) == 1 or _fits(column, cells):
            return column
    if not free:
        return Column.PRODUCTION if options else Column.UNKNOWN
    return Column.ACTION if Column.ACTION in free else free[-1]


def _with_number(heads: tuple[Head, ...], rows: Sequence[Row]) -> tuple[Head, ...]:
    """Where no column numbers the shots, scenes that are numbered one by one do."""
    if any(head.column is Column.NUMBER for head in heads):
        return heads
    for at, head in enumerate(heads):
        cells = _column(rows, at)
        if head.column is Column.SCENE and _numbers(cells) and len(set(cells)) == len(cells):
            return (*heads[:at], Head(heading=head.heading, column=Column.NUMBER), *heads[at + 1 :])
    return heads


def _headless(rows: Sequence[Row]) -> tuple[Table, ...]:
    """One table whose columns are guessed by their cells; none where no column could hold an action."""
    full = tuple(row for row in rows if not row.heading)
    whole = full[1:] if _is_foreign_head(full) else full
    wide = max((len(row.cells) for row in whole), default=0)
    taken: set[Column] = set()
    heads: list[Head] = []
    for at in range(wide):
        cells = _column(whole, at)
        options = (Column.NUMBER, Column.SIZE, Column.SECONDS, Column.LENS, Column.ACTION)
        column = next((option for option in options if option not in taken and cells and _fits(option, cells)), None)
        if column is not None and column in SINGLE:
            taken.add(column)
        typed = full[0].cells[at] if whole is not full and at < len(full[0].cells) else f"column {at + 1}"
        heads.append(Head(heading=typed, column=column or Column.UNKNOWN))
    kinds = {head.column for head in heads}
    sure = Column.ACTION in kinds and len(kinds & {Column.NUMBER, Column.SECONDS, Column.SIZE}) >= 2
    return (Table(heads=tuple(heads), rows=whole, guessed=True),) if sure else ()


def _is_foreign_head(rows: Sequence[Row]) -> bool:
    """Whether the first row is headings in a language nobody here knows: words over a column of figures."""
    if len(rows) < 3:
        return False
    under = [_column(rows[1:], at) for at in range(len(rows[0].cells))]
    figures = [
        at for at, cells in enumerate(under) if cells and _mostly(cells, lambda cell: cell[:1].isdigit(), share=1)
    ]
    return bool(figures) and all(not any(map(str.isdigit, rows[0].cells[at])) for at in figures)


def _column(rows: Sequence[Row], at: int) -> list[str]:
    """The filled cells of a column among the rows that fill more than one."""
    full = [row for row in rows if len(row.filled) > 1 and not row.heading]
    cells = [row.cells[at].strip() for row in full if at < len(row.cells)]
    return [cell for cell in cells if cell][:MOST_SAMPLED]


def _fits(column: Column, cells: Sequence[str]) -> bool:
    test = _tests().get(column)
    return test is None or (bool(cells) and test(cells))


@cache
def _tests() -> Mapping[Column, Callable[[Sequence[str]], bool]]:
    daytimes = {spelled(word) for word in vocabulary.listed("columns", "daytimes", "words")}
    tests: dict[Column, Callable[[Sequence[str]], bool]] = {
        Column.NUMBER: _numbers,
        Column.SCENE: lambda cells: _mostly(cells, lambda cell: len(cell) <= LONGEST_SCENE),
        Column.SECONDS: lambda cells: _mostly(cells, lambda cell: lengths.read(cell) is not None),
        Column.LENS: lambda cells: _mostly(cells, _is_lens),
        Column.DAYTIME: lambda cells: _mostly(cells, lambda cell: spelled(cell.split("/")[0]) in daytimes),
        Column.PLACE: lambda cells: _mostly(cells, lambda cell: len(cell) <= LONGEST_SCENE),
        Column.ACTION: lambda cells: _mostly(cells, lambda cell: len(cell.split()) > 2 or not cell.isascii()),
    }
    return tests | dict.fromkeys(CAMERA, _cameras)


def _cameras(cells: Sequence[str]) -> bool:
    """Whether cells speak of the camera; lists leave many of them to a word of their own ("hero angle")."""
    return _mostly(cells, framing.speaks_of_camera, share=0.4)


def _mostly(cells: Sequence[str], test: Callable[[str], bool], *, share: float = ENOUGH) -> bool:
    return sum(map(test, cells)) >= share * len(cells)


def _numbers(cells: Sequence[str]) -> bool:
    """Whether cells number shots: short, with a figure or a letter, hardly any twice, and no camera words."""
    short = _mostly(cells, lambda cell: len(cell) <= 20 and _NUMBER.fullmatch(cell) is not None)
    own = len(set(cells)) >= ENOUGH * len(cells) or all(cell.isdigit() or len(cell) == 1 for cell in cells)
    return bool(cells) and short and own and not _mostly(cells, framing.speaks_of_camera)


def _is_lens(cell: str) -> bool:
    return _LENS.fullmatch(cell) is not None or any(part == "lens" for part, _ in framing.read(cell).values)
