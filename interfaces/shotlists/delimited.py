"""Delimited text into rows: commas, semicolons, tabs or bars, found by which gives even rows."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from agent.reading.tables.cells import Grid, Row
from interfaces.shotlists import guarding
from interfaces.shotlists.opening import MOST_CELL_CHARACTERS, MOST_COLUMNS, UnreadableListError, refuse_rows

DITTO = "〃"
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SAMPLED_ROWS = 60
_LONE_QUOTE = re.compile(r'(?<=\t)"(?=[\t\r\n]|$)')


def read(text: str) -> Grid:
    """The rows of a text.

    Raises:
        UnreadableListError: A quotation mark is left open, a cell is huge, or there are too many rows.
    """
    declared, body, skipped = _declared(text)
    delimiter = declared or _delimiter(body)
    if delimiter == "\t":
        body = _LONE_QUOTE.sub(DITTO, body)  # tabs come without quoting, where a mark alone says "as above"
    rows: list[Row] = []
    formulas: list[str] = []
    for line, cells in _rows(body, delimiter):
        where = f"line {line + skipped}"
        _refuse_wide(cells, where)
        formulas += [where] if any(map(guarding.is_formula, cells)) else []
        rows.append(Row(where=where, cells=tuple(map(guarding.unguarded, cells))))
        refuse_rows(len(rows))
    told = (f"a formula was written at {', '.join(formulas)}; it was read as text and not run",) if formulas else ()
    return Grid(rows=tuple(rows), told=told)


def _declared(text: str) -> tuple[str, str, int]:
    """The delimiter that a first line for Excel names, the text after it, and how many lines it took."""
    first, _, rest = text.partition("\n")
    named = first.strip().removeprefix("sep=") if first.lower().startswith("sep=") else ""
    return (named[0], rest, 1) if named else ("", text, 0)


def _delimiter(text: str) -> str:
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> float:
    """The share of the rows that have as many cells as most have, weighed with how many these are."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(cells) for cells in islice(reader, SAMPLED_ROWS) if cells)
    except csv.Error:
        return 0.0
    wide = [(count, width) for width, count in widths.items() if width > 1]
    count, width = max(wide, default=(0, 1))
    return count / max(1, widths.total()) * (1 - 1 / width)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=_is_strict(text, delimiter))
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableListError(_why(error, line)) from error
        yield line, cells
        line = reader.line_num + 1


def _is_strict(text: str, delimiter: str) -> bool:
    """Whether quotes are used by the book, but for a last one left open; loose quotes are inches and minutes."""
    try:
        for _ in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return True


def _why(error: csv.Error, line: int) -> str:
    if "unexpected end" in str(error):
        return f"the quotation mark that opens in the row of line {line} is never closed"
    return f"line {line} is no row of cells ({error})"


def _refuse_wide(cells: list[str], where: str) -> None:
    if len(cells) > MOST_COLUMNS:
        raise UnreadableListError(f"{where} has {len(cells)} cells and {MOST_COLUMNS} is the most")
    if any(len(cell) > MOST_CELL_CHARACTERS for cell in cells):
        raise UnreadableListError(f"{where} has a cell of more than {MOST_CELL_CHARACTERS:,} characters")
