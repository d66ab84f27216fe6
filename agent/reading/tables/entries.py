"""The shots of a table as cells that belong together, with the scene each stands in; no cell is read yet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agent.reading.tables import carrying, kinds, meanings
from agent.reading.tables.cells import Row, spelled
from agent.reading.tables.heads import Head
from agent.reading.tables.kinds import Kind
from agent.reading.tables.layout import Table
from agent.reading.tables.listing import LeftOut
from agent.reading.tables.meanings import Column

_NUMBER_EDGES = " \t\n#.:)("
_LED_NUMBER = re.compile(r"^([^\W\d_]+)[\s.#:№-]+(.*\d.*)$")
LONGEST_SHOWN = 60


@dataclass(slots=True, kw_only=True)
class Entry:
    """A shot's cells.

    Attributes:
        block: Counts the headings before it; shots of two blocks may have one number.
        place: Where and when the scene's heading says that it plays.
    """

    where: str
    block: int
    number: str = ""
    scene: str = ""
    place: str = ""
    cells: list[tuple[Head, str]] = field(default_factory=list[tuple[Head, str]])

    def texts(self, *columns: Column) -> tuple[str, ...]:
        """Its cells under columns of these meanings."""
        return tuple(text for head, text in self.cells if head.column in columns)


@dataclass(slots=True)
class Walk:
    """What is known while a file's rows are gone through."""

    block: int = 0
    scene: str = ""
    place: str = ""
    found: list[Entry] = field(default_factory=list[Entry])
    left_out: list[LeftOut] = field(default_factory=list[LeftOut])


def gather(tables: Sequence[Table]) -> Walk:
    """All shots of a file's tables, and the rows that are none."""
    walk = Walk()
    for table in map(carrying.carry, tables):
        walk.block += 1
        first = len(walk.found)
        for row in table.rows:
            _take(row, table, walk, after_shot=len(walk.found) > first)
        _count(walk.found[first:], table)
    return walk


def _take(row: Row, table: Table, walk: Walk, *, after_shot: bool) -> None:
    match kinds.kind(row, table, after_shot=after_shot):
        case Kind.SHOT:
            walk.found.append(_entry(row, table, walk))
        case Kind.MORE:
            walk.found[-1].cells += _known(row, table)
        case Kind.SPACER if not row.filled:
            pass
        case Kind.SCENE:
            _enter(row, walk)
            walk.left_out.append(_left(row, Kind.SCENE))
        case Kind.TITLE:
            walk.block += 1
            walk.left_out.append(_left(row, Kind.TITLE))
        case other:
            walk.left_out.append(_left(row, other))


def _enter(row: Row, walk: Walk) -> None:
    slugs = [found for cell in row.filled if (found := kinds.slug(cell))]
    scene = slugs[0] if slugs else kinds.Slug(scene=row.filled[0].strip(), place=" ".join(row.filled[1:]))
    walk.block += 1
    walk.scene, walk.place = scene.scene, scene.place or " ".join(cell.strip() for cell in row.filled[1:])


def _entry(row: Row, table: Table, walk: Walk) -> Entry:
    cells = list(_known(row, table))
    entry = Entry(where=row.where, block=walk.block, scene=walk.scene, place=walk.place, cells=cells)
    entry.number = next(map(number, entry.texts(Column.NUMBER)), "")
    own = next(iter(entry.texts(Column.SCENE)), "")
    if own:
        slug = kinds.slug(own)
        entry.scene, entry.place = (slug.scene, slug.place) if slug else (own, "")
    return entry


def number(text: str) -> str:
    """A shot's number without the word "shot" before it."""
    bare = text.strip(_NUMBER_EDGES)
    led = _LED_NUMBER.match(bare)
    return led.group(2).strip(_NUMBER_EDGES) if led and spelled(led.group(1)) in meanings.rows("shots") else bare


def _known(row: Row, table: Table) -> Iterator[tuple[Head, str]]:
    for head, cell in zip(table.heads, row.cells, strict=False):
        if cell.strip() and not kinds.is_nothing(cell, head.column):
            yield head, cell.strip()


def _count(entries: Sequence[Entry], table: Table) -> None:
    """Shots of a table without numbers are numbered as they stand."""
    if not table.has(Column.NUMBER):
        for nth, entry in enumerate(entries, start=1):
            entry.number = str(nth)


def _left(row: Row, kind: Kind) -> LeftOut:
    text = " ".join(" | ".join(row.filled).split())
    return LeftOut(where=row.where, kind=kind.value, text=text[:LONGEST_SHOWN])
