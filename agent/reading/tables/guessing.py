"""Columns of a table without headings, or with headings in a language nobody here knows: by their cells alone."""

from collections.abc import Sequence
from dataclasses import replace

from agent.reading.tables import sampling
from agent.reading.tables.cells import Row
from agent.reading.tables.heads import Head
from agent.reading.tables.meanings import SINGLE, Column

SHORTEST_LENS = 14  # millimetres


def read(rows: Sequence[Row]) -> tuple[tuple[Head, ...], tuple[Row, ...]]:
    """The columns and the rows below them; none where they cannot be a shot list."""
    full = tuple(row for row in rows if not row.heading)
    foreign = _is_foreign_head(full)
    whole = full[1:] if foreign else full
    heads = _only_wordiest(_guessed(whole, full[0].cells if foreign else ()), whole)
    kinds = {head.column for head in heads}
    sure = Column.ACTION in kinds and len(kinds & {Column.NUMBER, Column.SECONDS, Column.SIZE}) >= 2
    return (heads, whole) if sure else ((), ())


def _guessed(rows: Sequence[Row], typed: Sequence[str]) -> list[Head]:
    """Each column as the first meaning that its cells bear out; ``typed`` are headings that nobody knows."""
    taken: set[Column] = set()
    heads: list[Head] = []
    for at in range(max((len(row.cells) for row in rows), default=0)):
        column = _first(sampling.column(rows, at), taken)
        if column in SINGLE:
            taken.add(column)
        heading = typed[at] if at < len(typed) else f"column {at + 1}"
        heads.append(Head(heading=heading, column=column))
    return heads


def _first(cells: Sequence[str], taken: set[Column]) -> Column:
    length = Column.LENS if _focal(cells) else Column.SECONDS
    options = (Column.NUMBER, Column.SIZE, length, Column.ACTION)
    fitting = (option for option in options if option not in taken and cells and sampling.fits(option, cells))
    return next(fitting, Column.UNKNOWN)


def _only_wordiest(heads: Sequence[Head], rows: Sequence[Row]) -> tuple[Head, ...]:
    """The columns with one that tells what happens: the one with the most words."""
    wordiest = max(range(len(heads)), key=lambda at: sampling.words(rows, at), default=0)
    return tuple(
        replace(head, column=Column.UNKNOWN) if head.column is Column.ACTION and at != wordiest else head
        for at, head in enumerate(heads)
    )


def _focal(cells: Sequence[str]) -> bool:
    """Whether bare figures are millimetres: hardly a shot is so long, hardly a lens shorter."""
    return bool(cells) and all(cell.isdigit() and int(cell) >= SHORTEST_LENS for cell in cells)


def _is_foreign_head(rows: Sequence[Row]) -> bool:
    """Whether the first row is headings in a language nobody here knows: words over a column of figures."""
    if len(rows) < 3:
        return False
    under = [sampling.column(rows[1:], at) for at in range(len(rows[0].cells))]
    figures = [
        at
        for at, cells in enumerate(under)
        if cells and sampling.mostly(cells, lambda cell: cell[:1].isdigit(), share=1)
    ]
    return bool(figures) and all(not any(map(str.isdigit, rows[0].cells[at])) for at in figures)
