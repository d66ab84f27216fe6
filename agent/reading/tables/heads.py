"""What each column of a table means: by its heading and, where that is open, by its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.reading.tables import meanings, sampling
from agent.reading.tables.cells import Row, spelled
from agent.reading.tables.meanings import SINGLE, Column

FEWEST_WORDS = 2.5  # on average, of cells that tell what happens


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column: its heading as typed and what it means.

    Attributes:
        tongue: The language of its table's headings, where they are all of one.
        guessed: Whether not its heading but its cells, or the want of another such column, made it this.
    """

    heading: str
    column: Column
    unit: str = ""
    tongue: str = ""
    guessed: bool = False


def read(head: Row, rows: Sequence[Row]) -> tuple[Head, ...]:
    """The columns under a row of headings; the surest headings choose first."""
    taken: set[Column] = set()
    heads: dict[int, Head] = {}
    tongue = meanings.tongue(head.cells)
    order = sorted(range(len(head.cells)), key=lambda at: _doubt(head.cells[at], sampling.column(rows, at), at, tongue))
    for at in order:
        heading = head.cells[at].strip()
        options = meanings.candidates(heading, tongue=tongue) if heading else ()
        column = _choose(options, sampling.column(rows, at), taken)
        taken.add(column)
        heads[at] = Head(heading=heading, column=column, unit=meanings.unit(heading), tongue=tongue)
    named = tuple(heads[at] for at in sorted(heads))
    return _with_action(_by_cells(_with_number(named, rows), rows), rows)


def _doubt(heading: str, cells: Sequence[str], at: int, tongue: str) -> tuple[bool, int, int]:
    """How open a heading is: one that counts shots by name is the surest, then those with one meaning."""
    options = meanings.candidates(heading, tongue=tongue)
    by_name = set(spelled(heading).split()) & meanings.rows("shots") and Column.NUMBER in options
    return not (by_name and sampling.numbers(cells)), len(options) or 99, at


def _choose(options: Sequence[Column], cells: Sequence[str], taken: set[Column]) -> Column:
    """The first meaning that its cells bear out; one that is open to no doubt is taken at its word."""
    free = [column for column in options if not (column in SINGLE and column in taken)]
    for column in free:
        if len(free) == 1 or sampling.fits(column, cells):
            return column
    if not free:
        return Column.PRODUCTION if options else Column.UNKNOWN
    return Column.ACTION if Column.ACTION in free else free[-1]


def _by_cells(heads: tuple[Head, ...], rows: Sequence[Row]) -> tuple[Head, ...]:
    """Headings that nobody knows, by cells that can mean one thing only: "Glass" over millimetres."""
    taken = {head.column for head in heads}
    found: list[Head] = []
    for at, head in enumerate(heads):
        column = sampling.evident(sampling.column(rows, at)) if head.column is Column.UNKNOWN and head.heading else None
        if column is None or column in taken:
            found.append(head)
        else:
            found.append(replace(head, column=column, guessed=True))
            taken.add(column)
    return tuple(found)


def _with_number(heads: tuple[Head, ...], rows: Sequence[Row]) -> tuple[Head, ...]:
    """Where no column numbers the shots, scenes that are numbered one by one do."""
    if any(head.column is Column.NUMBER for head in heads):
        return heads
    for at, head in enumerate(heads):
        cells = sampling.column(rows, at)
        if head.column is Column.SCENE and sampling.numbers(cells) and len(set(cells)) == len(cells):
            return (*heads[:at], replace(head, column=Column.NUMBER), *heads[at + 1 :])
    return heads


def _with_action(heads: tuple[Head, ...], rows: Sequence[Row]) -> tuple[Head, ...]:
    """Where no column says what happens, one that could does, or else the wordiest of those nobody knows."""
    if any(head.column is Column.ACTION for head in heads):
        return heads
    could = [at for at, head in enumerate(heads) if Column.ACTION in meanings.candidates(head.heading)]
    strange = [
        at
        for at, head in enumerate(heads)
        if head.column is Column.UNKNOWN and sampling.words(rows, at) >= FEWEST_WORDS
    ]
    at = next((at for at in could if heads[at].column is not Column.NUMBER), None)
    if at is None and strange:
        at = max(strange, key=lambda at: sampling.words(rows, at))
    if at is None:
        return heads
    return (*heads[:at], replace(heads[at], column=Column.ACTION, guessed=True), *heads[at + 1 :])
