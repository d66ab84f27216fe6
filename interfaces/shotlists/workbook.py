"""A workbook into rows: values only, merged cells filled, hidden rows left out and told; nothing in it is run."""

import datetime
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl  # type: ignore[import-untyped]  # its stubs are no need of the project
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]  # the same

from agent.reading.tables.cells import Grid, Row
from interfaces.shotlists import zipped
from interfaces.shotlists.opening import MOST_CELL_CHARACTERS, MOST_COLUMNS, UnreadableListError, refuse_rows

_DAMAGED = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, ParseError, EOFError, OSError),
    *(zipfile.BadZipFile, zlib.error, NotImplementedError),
)
"""What openpyxl raises on a broken part; what defusedxml raises on an entity bomb is a ValueError."""


@dataclass(slots=True)
class _Page:
    """What is found while sheets are gone through."""

    rows: list[Row] = field(default_factory=list[Row])
    hidden: list[str] = field(default_factory=list[str])
    unsaved: list[str] = field(default_factory=list[str])


def read(data: bytes) -> Grid:
    """The rows of every visible sheet.

    Raises:
        UnreadableListError: It is no workbook, damaged, or far too large.
    """
    told = zipped.inspect_directory(data)
    values, formulas = _open(data, values=True), _open(data, values=False)
    sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    page = _Page()
    for sheet in sheets:
        _refuse_large(sheet)
        if len(sheets) > 1:
            page.rows.append(Row(where=f"sheet {sheet.title!r}", cells=(sheet.title,), heading=True, sheet=True))
        _read_sheet(sheet, formulas[sheet.title], page, several=len(sheets) > 1)
        refuse_rows(len(page.rows))
    unseen = [sheet.title for sheet in values.worksheets if sheet.sheet_state != "visible"]
    return Grid(rows=tuple(page.rows), told=(*told, *_told(page, unseen)))


def _open(data: bytes, *, values: bool) -> openpyxl.Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # what openpyxl does not keep is nothing that is read
            return openpyxl.load_workbook(BytesIO(data), data_only=values, keep_vba=False, keep_links=False)
    except _DAMAGED as error:
        why = str(error).partition("\n")[0]
        raise UnreadableListError(f"it is a damaged workbook ({why}); save it anew as .xlsx") from error


def _refuse_large(sheet: Worksheet) -> None:
    if sheet.max_column > MOST_COLUMNS:
        raise UnreadableListError(
            f"sheet {sheet.title!r} has {sheet.max_column:,} columns and {MOST_COLUMNS} is the most; delete empty ones"
        )
    refuse_rows(sheet.max_row)


def _read_sheet(sheet: Worksheet, formulas: Worksheet, page: _Page, *, several: bool) -> None:
    height, width = sheet.max_row, sheet.max_column  # each is counted anew whenever it is asked for
    carried = _merged(sheet, height)
    for number in range(1, height + 1):
        where = f"row {number} of {sheet.title!r}" if several else f"row {number}"
        cells = [_cell(sheet, *carried.get((number, column), (number, column))) for column in range(1, width + 1)]
        if not any(cells):
            continue
        if sheet.row_dimensions[number].hidden:
            page.hidden.append(where)
            continue
        page.unsaved += _unsaved(sheet, formulas, number, width)
        repeated = frozenset(column - 1 for column in range(1, width + 1) if (number, column) in carried)
        page.rows.append(Row(where=where, cells=tuple(cells), carried=repeated))


def _merged(sheet: Worksheet, height: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells below the first of a merged block, with the first; cells to its right stay empty."""
    return {
        (row, block.min_col): (block.min_row, block.min_col)
        for block in sheet.merged_cells.ranges
        for row in range(block.min_row + 1, min(block.max_row, height) + 1)
    }


def _cell(sheet: Worksheet, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    text = _text(cell.value, cell.number_format)
    if len(text) > MOST_CELL_CHARACTERS:
        raise UnreadableListError(f"cell {cell.coordinate} has more than {MOST_CELL_CHARACTERS:,} characters")
    return text


def _text(value: Any, number_format: str) -> str:
    """A cell's value as it is seen. A time without seconds in its format is minutes and seconds to who typed it."""
    match value:
        case None | bool():
            return ""
        case float():
            return f"{value:g}" if value % 1 else str(int(value))
        case datetime.timedelta():
            return f"{value.total_seconds():g} s"
        case datetime.datetime():
            return value.date().isoformat()
        case datetime.time():
            return value.strftime("%H:%M:%S" if "s" in number_format.lower() else "%H:%M")
        case _:
            return str(value)


def _unsaved(sheet: Worksheet, formulas: Worksheet, row: int, width: int) -> Iterator[str]:
    """Cells with a formula that no spreadsheet has worked out yet."""
    for column in range(1, width + 1):
        cell = formulas.cell(row, column)
        if cell.data_type == "f" and sheet.cell(row, column).value is None:
            yield cell.coordinate


def _told(page: _Page, unseen: list[str]) -> Iterator[str]:
    if page.hidden:
        yield f"hidden, so left out: {', '.join(page.hidden)}; unhide them to have them as shots"
    if unseen:
        yield f"hidden sheets, so left out: {', '.join(unseen)}"
    if page.unsaved:
        cells = ", ".join(page.unsaved)
        yield f"a formula without a stored value, so read as empty: {cells}; open and save it in a spreadsheet"
