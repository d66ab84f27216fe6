"""What kind of row a row is: a shot, more of the shot before it, a scene's heading, or none of these."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent.reading.tables import meanings
from agent.reading.tables.cells import Row, spelled
from agent.reading.tables.layout import Table
from agent.reading.tables.meanings import CAMERA, Column

TEXTS = frozenset({Column.ACTION, Column.DIALOGUE, Column.NOTES, Column.TEXT})
SHOWN = frozenset({Column.ACTION, Column.SUBJECT, Column.DIALOGUE, Column.TEXT, Column.CAST, Column.LENS}) | CAMERA
"""Columns of which a shot fills at least one."""

LONGEST_NUMBER = 12  # characters of a row that waits for its shot with nothing but a number

_STILL = frozenset({"none", "nil"})
_SCENE_NUMBER = re.compile(
    r"^\W*([^\W\d_]+)\W{0,3}(?:no\.?\s*|#\s*)?(\d{1,4}[A-Za-z]?|[IVX]{1,5}(?=\W|$))(.*)$", re.IGNORECASE
)
_NUMBERED_PLACE = re.compile(r"^\W*(\d{1,4}[A-Za-z]?)[.):\s-]+(?=[^\W\d])(.*)$")
_OF_CJK = re.compile(r"^\W*(?:第\s*)?(\d{1,4})\s*(?:场|幕|シーン)(.*)$")


class Kind(StrEnum):
    """What a row is."""

    SHOT = "shot"
    MORE = "more"
    SCENE = "scene"
    TITLE = "title"
    TOTAL = "total"
    SPACER = "spacer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slug:
    """A scene's heading: its number, or the heading itself where it has none, and where and when it plays."""

    scene: str
    place: str


def kind(row: Row, table: Table, *, after_shot: bool) -> Kind:
    """The kind of a row; ``after_shot`` says whether a shot stands before it, which it could go on with."""
    if not row.filled:
        return Kind.SPACER
    if _is_total(row, table):
        return Kind.TOTAL
    if row.heading or len({spelled(cell) for cell in row.filled}) == 1:
        return _lonely(row, table, after_shot=after_shot)
    columns = {column for column, _ in values(row, table)}
    if not columns & SHOWN:
        return Kind.SCENE if columns & {Column.PLACE, Column.SCENE} and _has_place(row, table) else Kind.SPACER
    more = after_shot and table.has(Column.NUMBER) and Column.NUMBER not in columns and columns <= TEXTS
    return Kind.MORE if more else Kind.SHOT


def slug(text: str) -> Slug | None:
    """A scene's heading, where a text is one: "Scene 3: the yard", "12. EXT. YARD - DAY", "INT. KITCHEN"."""
    numbered = _SCENE_NUMBER.match(text)
    if numbered and spelled(numbered.group(1)) in meanings.rows("scenes"):
        return Slug(scene=numbered.group(2), place=_trimmed(numbered.group(3)))
    counted = _OF_CJK.match(text)
    if counted:
        return Slug(scene=counted.group(1), place=_trimmed(counted.group(2)))
    led = _NUMBERED_PLACE.match(text)
    if led and is_place(led.group(2)):
        return Slug(scene=led.group(1), place=_trimmed(led.group(2)))
    return Slug(scene=_trimmed(text), place=_trimmed(text)) if is_place(text) else None


def is_place(text: str) -> bool:
    """Whether a text begins as a scene's heading does, with inside or outside."""
    words = spelled(text).split()
    return bool(words) and bool({words[0], " ".join(words[:2])} & meanings.rows("places"))


def values(row: Row, table: Table) -> Iterator[tuple[Column, str]]:
    """The filled cells of a row with what their columns mean."""
    for head, cell in zip(table.heads, row.cells, strict=False):
        if cell.strip() and not is_nothing(cell, head.column):
            yield head.column, cell.strip()


def is_nothing(cell: str, column: Column) -> bool:
    """Whether a cell says that there is nothing: a dash, "n/a"; "none" under Movement is a camera that stands still."""
    if column in CAMERA and spelled(cell) in _STILL:
        return False
    return spelled(cell) in meanings.rows("nothing") or _is_dash(cell)


def _lonely(row: Row, table: Table, *, after_shot: bool) -> Kind:
    """A row that says one thing."""
    text = row.filled[0]
    if slug(text) is not None:
        return Kind.SCENE
    columns = [column for column, _ in values(row, table)]
    if columns == [Column.NUMBER] and any(map(str.isdigit, text)) and len(text) < LONGEST_NUMBER:
        return Kind.SPACER
    if row.heading or spelled(text) in meanings.rows("ends") or not columns:
        return Kind.TITLE
    if columns[0] in TEXTS and row.cells[0].strip() == "":
        return _texts_alone(table, after_shot=after_shot)
    alone = columns[0] is Column.ACTION and not table.has(Column.NUMBER) and len(text.split()) > 2
    return Kind.SHOT if alone and len(table.heads) == 1 else Kind.TITLE


def _texts_alone(table: Table, *, after_shot: bool) -> Kind:
    if not table.has(Column.NUMBER):
        return Kind.SHOT
    return Kind.MORE if after_shot else Kind.TITLE


def _is_total(row: Row, table: Table) -> bool:
    """Whether a row adds up the others: it says so and numbers no shot, or holds a length and nothing else."""
    others = {column for column, cell in values(row, table) if not _says_total(cell)}
    named = any(_says_total(cell) for cell in row.filled)
    if named and (Column.NUMBER not in others or (_says_total(row.filled[0]) and not others & SHOWN)):
        return True
    return len(row.filled) == 1 and [column for column, _ in values(row, table)] == [Column.SECONDS]


def _says_total(cell: str) -> bool:
    """Whether a cell is "Total", "Total: 36 s" or "Total running time 0:36"."""
    words = spelled(cell).split()
    led = any(" ".join(words[:count]) in meanings.rows("totals") for count in (1, 2, 3))
    return led and all(any(map(str.isdigit, word)) or len(word) <= 3 for word in words[3:]) and len(words) <= 6


def _has_place(row: Row, table: Table) -> bool:
    cells: Sequence[str] = [cell for _, cell in values(row, table)]
    return any(slug(cell) for cell in cells) or len(cells) > 1


def _is_dash(cell: str) -> bool:
    return (
        not any(char.isalnum() for char in cell)
        and len(cell.strip()) <= 3
        and cell.strip() not in ('"', "''", "〃", "”")
    )


def _trimmed(text: str) -> str:
    return text.strip(" \t\n.:;,-–—|#*)(")
