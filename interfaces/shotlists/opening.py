"""The bytes of a shot list, and what kind of file they are; nothing too large or foreign is taken in."""

import stat
from enum import StrEnum
from pathlib import Path

from agent.errors import CountersteerError

MOST_BYTES = 10_000_000
"""Of any list. The 164 shots of a long film are about 60 kB as text and 40 kB as a workbook."""

MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_CELL_CHARACTERS = 20_000


class Kind(StrEnum):
    """Kinds of files a shot list comes in."""

    DELIMITED = "delimited text"
    WORKBOOK = "workbook"
    MARKDOWN = "Markdown"
    FOUNTAIN = "Fountain"
    JSON = "JSON"


KINDS = {
    ".csv": Kind.DELIMITED,
    ".tsv": Kind.DELIMITED,
    ".tab": Kind.DELIMITED,
    ".txt": Kind.DELIMITED,
    ".xlsx": Kind.WORKBOOK,
    ".xlsm": Kind.WORKBOOK,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".fountain": Kind.FOUNTAIN,
    ".spmd": Kind.FOUNTAIN,
    ".json": Kind.JSON,
    ".storyboarder": Kind.JSON,
}
_FOREIGN = {
    b"%PDF": "a PDF; export it as CSV or XLSX",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook, or one with a password; save it as .xlsx without a password",
    b"\x89PNG": "an image; a list is read from its cells",
    b"\xff\xd8\xff": "an image; a list is read from its cells",
    b"{\\rtf": "rich text; save it as plain text",
    b"\x1f\x8b": "compressed; unpack it first",
}


class UnreadableListError(CountersteerError):
    """A file cannot be read as a shot list; nothing of it was taken."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}; nothing was imported")


def read(path: Path) -> tuple[Kind, bytes]:
    """The kind and the bytes of a file.

    Raises:
        UnreadableListError: It is not there, too large, or no file that holds a list. Its size is looked at first.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise UnreadableListError(f"{path.name} is none of {', '.join(sorted(KINDS))}")
    data = _bytes(path)
    for mark, what in _FOREIGN.items():
        if data.startswith(mark):
            raise UnreadableListError(f"{path.name} is {what}")
    if data.startswith(b"PK\x03\x04"):
        return Kind.WORKBOOK, data
    if kind is Kind.WORKBOOK:
        raise UnreadableListError(f"{path.name} is called a workbook but is none; save it anew as .xlsx")
    return kind, data


def refuse_rows(count: int) -> None:
    """Stop where a list is longer than any that is read.

    Raises:
        UnreadableListError: It is.
    """
    if count > MOST_ROWS:
        raise UnreadableListError(f"it has more than {MOST_ROWS:,} rows; take out the empty ones, or part it")


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableListError(f"{path.name} is no file")
        _refuse_size(path, status.st_size)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # it may have grown since
    except OSError as error:
        raise UnreadableListError(f"{path} cannot be read ({error.strerror})") from error
    _refuse_size(path, len(data))
    return data


def _refuse_size(path: Path, size: int) -> None:
    if size > MOST_BYTES:
        raise UnreadableListError(
            f"{path.name} has {size / 1e6:.0f} MB and {MOST_BYTES / 1e6:.0f} MB is the most for a shot list; "
            "it was not opened; part it, or take images and other sheets out"
        )
    if size == 0:
        raise UnreadableListError(f"{path.name} is empty")
