"""Whether an intent that touches the film as a whole stands in the person's own words.

A language model can be talked into anything by a text it reads. So a change to a block, an exemption or a ceiling
counts only when its very words stand in the message itself.
"""

import math
import re
from collections.abc import Iterable

from agent.intents import ChangeNegatives, ChangeStyle, ExemptTerms, Intent, SetBudget

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(k\b)?", re.IGNORECASE)


def unsaid(intent: Intent, *, message: str) -> str | None:
    """What the intent would do though the message does not say so; ``None`` when there is nothing to object to."""
    match intent:
        case ChangeStyle(text=text):
            return None if _says(text, message) else "change the style block"
        case ChangeNegatives(add=add, remove=remove):
            return _unless_said([*add, *remove], message, what="change the negative block")
        case ExemptTerms(terms=terms):
            return _unless_said(terms, message, what="set a negative aside")
        case SetBudget(micro_usd=micro_usd):
            return None if _names(micro_usd, message) else f"set the ceiling to ${micro_usd / 1e6:,.2f}"
        case _:
            return None


def _unless_said(terms: Iterable[str], message: str, *, what: str) -> str | None:
    missing = [repr(term) for term in terms if not _says(term, message)]
    return f"{what} ({', '.join(missing)})" if missing else None


def _says(words: str, message: str) -> bool:
    """Whether the message holds these words, whatever their case, hyphens and spacing; a plural counts too."""
    folded = _fold(words)
    return bool(folded) and re.search(rf"(?<!\w){re.escape(folded)}(?:e?s)?(?!\w)", _fold(message)) is not None


def _fold(text: str) -> str:
    return " ".join(re.sub(r"[-‐‑_\s]+", " ", text.casefold()).split()).strip(" .!\"'“”")


def _names(micro_usd: int, message: str) -> bool:
    sums = (float(figure.replace(",", "")) * (1000 if k else 1) for figure, k in _NUMBER.findall(message))
    return any(math.isclose(each * 1e6, micro_usd, rel_tol=1e-9) for each in sums)
