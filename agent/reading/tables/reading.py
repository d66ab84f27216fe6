"""A whole file's rows into a listing: the one entry for every kind of table."""

from collections.abc import Sequence
from itertools import groupby

from agent.intents import Scene
from agent.reading.tables import contradictions, drafts, entries, layout, timing
from agent.reading.tables.cells import Grid
from agent.reading.tables.entries import Entry
from agent.reading.tables.heads import Head
from agent.reading.tables.layout import Table
from agent.reading.tables.listing import Listed, Listing
from agent.reading.tables.meanings import Column

NO_ACTION = "it says how the shot is made but not what is in it; fill in what happens"
NO_NUMBER = "it has no number"


def read(grid: Grid, *, scene: Scene | None = None) -> Listing:
    """The shots of a file, what was not understood of each, and which rows contradict each other.

    Args:
        grid: The file's rows.
        scene: What the film knows, for names of models and references.
    """
    tables = layout.tables(grid)
    rate = grid.rate or layout.rate(tables)
    walk = entries.gather(tables)
    shots = tuple(_listed(walk.found, scene or Scene(), rate))
    listing = Listing(
        shots=shots,
        heads=tuple(dict.fromkeys(head for table in tables for head in table.heads)),
        left_out=tuple(walk.left_out),
        told=(*grid.told, *_about_columns(tables)),
    )
    return contradictions.mark(listing, blocks=[entry.block for entry in walk.found])


def _listed(found: Sequence[Entry], scene: Scene, rate: float | None) -> list[Listed]:
    times = timing.timed(found, rate=rate)
    return [_shot(entry, seconds, told, scene) for entry, (seconds, told) in zip(found, times, strict=True)]


def _shot(entry: Entry, seconds: float | None, told: tuple[str, ...], scene: Scene) -> Listed:
    understood = drafts.read(entry, scene=scene, seconds=seconds)
    unnumbered = () if entry.number else (NO_NUMBER,)
    empty = () if understood.draft.action or understood.draft.notes else (NO_ACTION,)
    return Listed(
        where=entry.where,
        number=entry.number,
        scene=entry.scene,
        draft=understood.draft,
        aside=understood.aside,
        doubts=(*unnumbered, *told, *understood.doubts),
        problem="; ".join((*understood.problems, *empty)),
    )


def _about_columns(tables: Sequence[Table]) -> list[str]:
    told = ["there are no headings; what each column means was guessed"] if any(t.guessed for t in tables) else []
    strange = _headings(tables, Column.UNKNOWN)
    aside = _headings(tables, Column.PRODUCTION)
    guessed = {head.heading: head for table in tables for head in table.heads if head.guessed}
    action = [heading for heading, head in guessed.items() if head.column is Column.ACTION]
    if action:
        told.append(f"taken for what happens, because no other column says it: {', '.join(action)}")
    by_cells = [f"{heading} = {head.column}" for heading, head in guessed.items() if head.column is not Column.ACTION]
    if by_cells:
        told.append(f"taken by what their cells hold: {', '.join(by_cells)}")
    if strange:
        told.append(f"not understood, so kept as notes that go to no model: {strange}")
    if aside:
        told.append(f"not about the picture, so kept as notes that go to no model: {aside}")
    return told


def _headings(tables: Sequence[Table], column: Column) -> str:
    heads: list[Head] = [head for table in tables for head in table.heads if head.column is column and head.heading]
    return ", ".join(name for name, _ in groupby(dict.fromkeys(head.heading for head in heads)))
