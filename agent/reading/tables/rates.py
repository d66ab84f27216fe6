"""How many frames a second has, where a list says so; else cinema's."""

import re
from functools import cache

from agent.reading import vocabulary

USUAL = 24.0
_FIGURE = r"(\d{2,3}(?:[.,]\d{1,3})?)"


def stated(text: str) -> float | None:
    """The rate that a title, a note above a table or a heading names ("25 fps", "Frame rate: 23,976")."""
    found = _pattern().search(text)
    return float(next(filter(None, found.groups())).replace(",", ".")) if found else None


@cache
def _pattern() -> re.Pattern[str]:
    units, leads = (
        "|".join(re.escape(word) for word in vocabulary.listed("columns", "rates", name)) for name in ("units", "leads")
    )
    return re.compile(
        rf"(?<![\w.,]){_FIGURE}\s*(?:{units})(?!\w)|(?:\b(?:{leads})\W{{0,3}}|@\s*){_FIGURE}", re.IGNORECASE
    )
