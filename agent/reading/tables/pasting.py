"""A shot list pasted into a message: rows under headings that are known, made as planned shots."""

import csv
import re
from collections.abc import Iterator, Sequence

from agent.intents import Scene, Shoot
from agent.reading.message import Understood
from agent.reading.tables import layout, reading
from agent.reading.tables.cells import Grid, Row
from agent.reading.tables.listing import Listed, Listing
from agent.reading.tables.meanings import Column

MARKS = ("|", "\t", ";", ",")
FEWEST_CELLS = 3  # of a row of headings; two words with a comma between them are a phrase
_RULE = re.compile(r"[\s|:+-]+")


def read(typed: str, *, scene: Scene) -> Understood | None:
    """The shots of a table, and what of the message is none; ``None`` where it holds no table."""
    marks = MARKS if "\n" in typed else ()
    grid = next(filter(None, (_grid(typed, mark) for mark in marks)), None)
    listing = reading.read(grid, scene=scene) if grid else None
    if listing is None or not listing.sound:
        return None
    shoot = Shoot(drafts=tuple(shot.draft for shot in listing.sound), plan_only=True)
    return Understood((shoot,), (_headline(listing), *_left(listing)))


def _grid(typed: str, mark: str) -> Grid | None:
    """The lines as rows of cells, where one of them is headings and rows follow it."""
    rows = [Row(where=f"line {at}", cells=cells) for at, cells in enumerate(_cells(typed, mark), start=1)]
    rows = [row for row in rows if row.filled]
    heads = [at for at, row in enumerate(rows) if len(row.filled) >= FEWEST_CELLS and layout.is_head(row)]
    below = rows[heads[0] + 1 :] if heads else []
    return Grid(rows=tuple(rows)) if any(len(row.filled) > 1 for row in below) else None


def _cells(typed: str, mark: str) -> Iterator[tuple[str, ...]]:
    """The cells of each line; a rule below headings has none."""
    for line in typed.splitlines():
        parts = next(csv.reader([line], delimiter=mark)) if mark in line and "\0" not in line else [line]
        framed = mark == "|" and line.strip().startswith(mark)
        yield () if _RULE.fullmatch(line) else tuple(part.strip() for part in (parts[1:] if framed else parts))


def _headline(listing: Listing) -> str:
    strange = [head.heading for head in listing.heads if head.column in (Column.UNKNOWN, Column.PRODUCTION)]
    aside = f"; left out, since it is not about the picture: {', '.join(filter(None, strange))}" if any(strange) else ""
    return f"read as a shot list, {_named(listing.sound)}, all planned: nothing is sent before a go{aside}"


def _named(shots: Sequence[Listed]) -> str:
    first, last = shots[0].number, shots[-1].number
    return f"{first} there" if len(shots) == 1 else f"{first} to {last} there"


def _left(listing: Listing) -> Iterator[str]:
    """What of the message was made into no shot, and what was guessed of the shots."""
    yield from (f"{row.where} is no shot: {row.text}" for row in listing.left_out)
    for shot in listing.shots:
        if shot.problem:
            yield f"{shot.where} was left out: {shot.problem}"
        yield from (f"{shot.where}: {doubt}" for doubt in shot.doubts)
