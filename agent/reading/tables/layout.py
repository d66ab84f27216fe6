"""Where the tables of a file begin, and the rows that belong to each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.reading.tables import framing, guessing, heads, meanings
from agent.reading.tables.cells import Grid, Row, spelled
from agent.reading.tables.heads import Head
from agent.reading.tables.meanings import Column
from agent.reading.tables.sampling import ENOUGH


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
    """The tables of a file. What stands above the first headings is titles, whatever it looks like."""
    starts = [at for at, row in enumerate(grid.rows) if _is_head(row)]
    if not starts:
        return _headless(grid.rows)
    ends = [*starts[1:], len(grid.rows)]
    found: list[Table] = []
    before = tuple(replace(row, heading=True) for row in grid.rows[: starts[0]])
    for start, end in zip(starts, ends, strict=True):
        rows = (*before, *grid.rows[start + 1 : end])
        found.append(Table(heads=heads.read(grid.rows[start], grid.rows[start + 1 : end]), rows=rows))
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


def _headless(rows: Sequence[Row]) -> tuple[Table, ...]:
    found, below = guessing.read(rows)
    return (Table(heads=found, rows=below, guessed=True),) if found else ()
