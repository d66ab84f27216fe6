"""The tables of a Markdown text, with the headings between them."""

import re

from agent.reading.tables import rates
from agent.reading.tables.cells import Grid, Row
from interfaces.shotlists.opening import refuse_rows

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_HEADING = re.compile(r"\s{0,3}(?:#{1,6}\s+(?P<title>.+?)\s*#*|\*\*(?P<bold>[^*|]+)\*\*:?)\s*")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|~~|`)(.+?)\1")
_SLANT = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*])")


def read(text: str) -> Grid:
    """The rows of every table, and each heading as a row of its own."""
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"line {number}"
        heading = _HEADING.fullmatch(line)
        if heading:
            title = heading.group("title") or heading.group("bold")
            rows.append(Row(where=where, cells=(_plain(title),), heading=True))
        elif _BAR.search(line) and not _RULE.fullmatch(line):
            rows.append(Row(where=where, cells=tuple(map(_plain, _cells(line)))))
        refuse_rows(len(rows))
    return Grid(rows=tuple(rows), rate=rates.stated(_BAR.split(text, maxsplit=1)[0]))


def _cells(line: str) -> list[str]:
    cells = _BAR.split(line.strip())
    first = 1 if cells and not cells[0].strip() and line.lstrip().startswith("|") else 0
    last = len(cells) - 1 if cells and not cells[-1].strip() and line.rstrip().endswith("|") else len(cells)
    return cells[first:last]


def _plain(cell: str) -> str:
    """A cell as it is read, without its markup; an image is no text."""
    cell = _BREAK.sub(" ", _LINK.sub(r"\1", _IMAGE.sub("", cell.replace("\\|", "|"))))
    return _SLANT.sub(r"\2", _MARKS.sub(r"\2", cell)).strip()
