"""Where the tables of a file begin, and the rows that belong to each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.reading.tables import framing, guessing, heads, lengths, meanings, rates
from agent.reading.tables.cells import Grid, Row, spelled
from agent.reading.tables.heads import Head
from agent.reading.tables.meanings import Column
from agent.reading.tables.sampling import ENOUGH

LONGEST_HEADING = 6  # words


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
    """The tables of a file; of a workbook, those of each sheet. Where no sheet has headings, cells are guessed from."""
    headed = [table for sheet in _sheets(grid.rows) for table in _headed(sheet)]
    if any(table.heads for table in headed):
        return tuple(headed)
    return _headless(grid.rows)


def rate(tables: Sequence[Table]) -> float | None:
    """The frames per second that titles and notes name, above the first table or between two."""
    titles = (" ".join(row.filled) for table in tables for row in table.rows if row.heading)
    return next((found for title in titles if (found := rates.stated(title))), None)


def is_head(row: Row) -> bool:
    """Whether a row is headings: most of its cells are known ones, and none is a figure, a sentence or a label."""
    filled = row.filled
    if row.heading or len(filled) < 2 or any(map(_is_content, filled)) or _is_labelled(filled):
        return False
    known = [cell for cell in filled if meanings.candidates(cell)]
    cameras = [cell for cell in filled if framing.speaks_of_camera(cell) and not meanings.candidates(cell)]
    distinct = len({spelled(cell) for cell in filled}) > 1
    return distinct and len(known) >= max(2, ENOUGH * len(filled)) and not cameras


def _sheets(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    starts = sorted({0, *(at for at, row in enumerate(rows) if row.sheet)})
    yield from (rows[start:end] for start, end in zip(starts, [*starts[1:], len(rows)], strict=True))


def _headed(rows: Sequence[Row]) -> Iterator[Table]:
    """The tables of a sheet. What stands above the first headings is titles, whatever it looks like."""
    starts = [at for at, row in enumerate(rows) if is_head(row)]
    before = tuple(replace(row, heading=True) for row in rows[: starts[0] if starts else len(rows)])
    if not starts:
        yield Table(heads=(), rows=before)
        return
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        below = tuple(rows[start + 1 : end])
        yield Table(heads=heads.read(rows[start], below), rows=(*before, *below))
        before = ()


def _is_content(cell: str) -> bool:
    """Whether a cell can be no heading: a figure, a length, or too many words."""
    return lengths.read(cell) is not None or cell.strip().isdigit() or len(cell.split()) > LONGEST_HEADING


def _is_labelled(cells: Sequence[str]) -> bool:
    """Whether a row is labels with what they are of ("Director:", "K. Ito")."""
    labels = [cell.rstrip().endswith(":") for cell in cells]
    return any(labels) and not all(labels)


def _headless(rows: Sequence[Row]) -> tuple[Table, ...]:
    found, below = guessing.read(rows)
    return (Table(heads=found, rows=below, guessed=True),) if found else ()
