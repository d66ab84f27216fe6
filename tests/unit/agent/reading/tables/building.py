"""Grids from a few words."""

from agent.intents import Scene
from agent.reading.tables import reading
from agent.reading.tables.cells import Grid, Row
from agent.reading.tables.listing import Listed, Listing


def grid(*rows: str) -> Grid:
    """A row per text, its cells between bars."""
    cells = (tuple(cell.strip() for cell in row.split("|")) for row in rows)
    return Grid(rows=tuple(Row(where=f"line {at}", cells=row) for at, row in enumerate(cells, start=1)))


def read(*rows: str, scene: Scene | None = None) -> Listing:
    """What the rows are understood as."""
    return reading.read(grid(*rows), scene=scene)


def only(*rows: str, scene: Scene | None = None) -> Listed:
    """The one shot of the rows."""
    (shot,) = read(*rows, scene=scene).shots
    return shot
