"""The proportions of a picture, from a cell: by a name that the field knows, else as typed."""

import re

from agent.reading import figures

_SIGN = re.compile(r"\s*[:/x×]\s*", re.IGNORECASE)
_PROPORTION = re.compile(r"(?!0+(?:\.0+)?:)\d{1,5}(?:\.\d{1,4})?:(?!0+(?:\.0+)?$)\d{1,5}(?:\.\d{1,4})?")


def read(text: str) -> str | None:
    """Width to height, as ``"2.39:1"``; ``None`` where the cell states none."""
    typed = _SIGN.sub(":", text.strip().replace(",", "."))
    return figures.read(typed).ratio or (typed if is_one(typed) else None)


def is_one(text: str) -> bool:
    """Whether a text is one figure to another, and neither is nothing."""
    return _PROPORTION.fullmatch(text) is not None
