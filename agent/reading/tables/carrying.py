"""Cells that stand for several rows: merged ones carry down, and ditto marks repeat what is above them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.reading.tables import meanings
from agent.reading.tables.cells import Row, spelled
from agent.reading.tables.heads import Head
from agent.reading.tables.layout import Table
from agent.reading.tables.meanings import LOOK, Column

OF_SCENE = frozenset({Column.SCENE, Column.PLACE, Column.DAYTIME})
"""Columns that speak of a whole scene, so that a cell holds until the next."""

DITTO = frozenset({'"', "''", "〃", "”", "“", "″", "^^"})


def carry(table: Table) -> Table:
    """The table with every cell filled that a merged cell or a ditto mark fills."""
    spans = {at for at, head in enumerate(table.heads) if head.column in OF_SCENE or _looks_merged(table, at)}
    return replace(table, rows=tuple(_filled(table, spans)))


def _filled(table: Table, spans: set[int]) -> Iterator[Row]:
    above: list[str] = []
    scene = next((at for at, head in enumerate(table.heads) if head.column is Column.SCENE), None)
    for row in table.rows:
        if row.heading or len(row.filled) < 2:
            above = [] if row.filled else above  # a heading begins something new, an empty row does not
            yield row
            continue
        if _another_scene(row.cells, above, scene):
            above = ["" if at in spans else cell for at, cell in enumerate(above)]
        cells = [_cell(at, row, above, table.heads, spans) for at in range(len(row.cells))]
        above = [cell or old for cell, old in zip(cells, _padded(above, len(cells)), strict=False)]
        yield replace(row, cells=tuple(cells))


def _cell(at: int, row: Row, above: Sequence[str], heads: Sequence[Head], spans: set[int]) -> str:
    cell, old = row.cells[at], above[at] if at < len(above) else ""
    if at in row.carried and heads[at].column is Column.NUMBER:
        return ""  # one number over two rows numbers the first of them
    ditto = cell.strip() in DITTO or spelled(cell) in meanings.rows("same")
    return old if ditto or (not cell.strip() and at in spans) else cell


def _another_scene(cells: Sequence[str], above: Sequence[str], scene: int | None) -> bool:
    if scene is None or scene >= len(above) or scene >= len(cells):
        return False
    cell = cells[scene].strip()
    return bool(cell) and cell not in DITTO and cell != above[scene].strip()


def _looks_merged(table: Table, at: int) -> bool:
    """Whether a column of the look is filled just where a scene begins, and empty below: that is a merged cell."""
    if table.heads[at].column not in LOOK:
        return False
    scenes = [n for n, head in enumerate(table.heads) if head.column in OF_SCENE]
    full = [row for row in table.rows if len(row.filled) > 1 and at < len(row.cells)]
    filled = [row for row in full if row.cells[at].strip()]
    begun = [row for row in full if any(row.cells[n].strip() for n in scenes)]
    return bool(filled) and len(begun) < len(full) and all(row in begun for row in filled)


def _padded(cells: Sequence[str], length: int) -> list[str]:
    return [*cells, *[""] * (length - len(cells))]
