"""Whether a workbook can be unpacked without harm, told from its directory alone, before anything is inflated."""

import re
import zipfile
import zlib
from io import BytesIO

from interfaces.shotlists.opening import UnreadableListError, refuse_rows

MOST_ENTRIES = 2_000
MOST_INFLATED_BYTES = 60_000_000
MOST_RATIO = 200
"""Of an entry's size to its packed size. Sheets of text measure 5 to 15, empty formatted ones up to 100."""

SMALL_BYTES = 1_000_000  # below this no ratio does harm
SHEETS = "xl/worksheets/"
MOST_CELLS = 200_000
"""Of all sheets: as many rows as are read, with 40 columns. Each takes about a kilobyte while it is read."""

MACROS = "vbaProject.bin"
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_LISTED = frozenset({"[Content_Types].xml", "xl/workbook.xml"})


def inspect_directory(data: bytes) -> tuple[str, ...]:
    """What should be said of a workbook that may be opened.

    Raises:
        UnreadableListError: It is no workbook, damaged, locked, or would inflate beyond measure.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableListError(f"it is damaged ({error}); save it anew as .xlsx") from error
    names = {entry.filename for entry in entries}
    if not names >= _LISTED:
        raise UnreadableListError("it is a zip archive and no Excel workbook; save the list as .xlsx or CSV")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableListError("it is locked with a password; save it without one")
    _refuse_bomb(entries)
    _refuse_vast(data, [entry for entry in entries if entry.filename.startswith(SHEETS)])
    told = "it holds macros; they were neither read nor run"
    return (told,) if any(name.endswith(MACROS) for name in names) else ()


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or total > MOST_INFLATED_BYTES:
        raise UnreadableListError(
            f"it would unpack to {len(entries):,} parts of {total / 1e6:,.0f} MB, and {MOST_ENTRIES:,} of "
            f"{MOST_INFLATED_BYTES / 1e6:.0f} MB is the most; it was not unpacked"
        )
    for entry in entries:
        if entry.file_size > SMALL_BYTES and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
            raise UnreadableListError(
                f"its part {entry.filename} is packed {entry.file_size / max(1, entry.compress_size):,.0f} to one, "
                f"and {MOST_RATIO} is the most; it was not unpacked"
            )


def _refuse_vast(data: bytes, sheets: list[zipfile.ZipInfo]) -> None:
    """Sheets that are small as files and would be huge in memory: cells are counted in their text."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            texts = [archive.read(entry) for entry in sheets]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableListError(f"it is damaged ({error}); save it anew as .xlsx") from error
    refuse_rows(max((len(_ROW.findall(text)) for text in texts), default=0))
    cells = sum(len(_CELL.findall(text)) + _merged(text) for text in texts)
    if cells > MOST_CELLS:
        raise UnreadableListError(
            f"its sheets have {cells:,} cells, merged ones counted, and {MOST_CELLS:,} is the most; take the empty "
            "ones out, or part it"
        )


def _merged(sheet: bytes) -> int:
    """How many cells the merged ones of a sheet cover."""
    blocks = (
        (_column(left), int(top), _column(right), int(bottom)) for left, top, right, bottom in _MERGED.findall(sheet)
    )
    return sum(max(0, right - left + 1) * max(0, bottom - top + 1) for left, top, right, bottom in blocks)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
