"""Lists in one cell: items with a mark between them, and the mark escaped inside."""

import re
from collections.abc import Iterable

ITEMS, FIELDS, WORDS = ";", "|", ","


def join(items: Iterable[str], mark: str = ITEMS) -> str:
    """The items as one text that `split` takes apart again."""
    return f"{mark} ".join(_escaped(item, mark) for item in items)


def split(text: str, mark: str = ITEMS) -> tuple[str, ...]:
    """The items of a text; of an empty text none."""
    if not text:
        return ()
    parts = re.split(rf"(?<!\\)((?:\\\\)*){re.escape(mark)} ?", text)
    whole = [parts[0]]
    for slashes, following in zip(parts[1::2], parts[2::2], strict=True):
        whole[-1] += slashes
        whole.append(following)
    return tuple(re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in whole)


def _escaped(item: str, mark: str) -> str:
    escaped = item.replace("\\", "\\\\").replace(mark, f"\\{mark}")
    return f"\\{escaped}" if escaped.startswith(" ") else escaped
