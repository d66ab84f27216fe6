"""Cells that a spreadsheet would run as formulas: written so that none does, and read back as they were.

An apostrophe before the sign makes it text in every spreadsheet (OWASP, "CSV Injection", read 2026-11-21). A text that
has apostrophes before such a sign of its own gets one more, so that reading can always take exactly one away.
"""

import re

_GUARDED = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_MARKED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_CALL = re.compile(r"\s*[=+\-@＝＋－＠]\s*(?:[A-Za-z_.]+\s*\(|[A-Za-z]+\|)")


def guarded(cell: str) -> str:
    """The cell as no spreadsheet runs it."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if _MARKED.match(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a cell calls a function or another program (``=HYPERLINK(``, ``=cmd|``)."""
    return _CALL.match(cell) is not None
