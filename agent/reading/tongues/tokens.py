"""A text of any script in tokens: words where words are written apart, single characters where they are not."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from agent.reading.words import CLOSE, OPEN

_CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uff66-\uff9f"
_DEVANAGARI = "\u0900-\u0963\u0970-\u097f"
_FIGURE = r"\d+(?:[.,:]\d+)*"
_TOKEN = re.compile(
    rf"(?P<veil>{OPEN}\d+{CLOSE}|https?://\S+|@\w+)|(?P<number>{_FIGURE}(?:\s?[-–~〜～]\s?{_FIGURE})?)|(?P<cjk>[{_CJK}])"
    rf"|(?P<devanagari>[{_DEVANAGARI}]+)|(?P<word>(?:(?![{_CJK}])[^\W\d_])+)"
)
_REMEMBERED = 4096
_DASHES = str.maketrans("–~〜～", "----")


class Script(Enum):
    """What a token is written in."""

    VEIL = auto()  # the placeholder of a shielded passage, an address, a label: every reader takes it as it is
    NUMBER = auto()
    CJK = auto()
    DEVANAGARI = auto()
    LETTERS = auto()


_SCRIPTS = {
    "veil": Script.VEIL,
    "number": Script.NUMBER,
    "cjk": Script.CJK,
    "devanagari": Script.DEVANAGARI,
    "word": Script.LETTERS,
}


@dataclass(frozen=True, slots=True)
class Token:
    """One token, folded, and where it stands; ``capital`` tells whether it was typed with one."""

    text: str
    script: Script
    start: int
    end: int
    capital: bool


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text. Hyphens and apostrophes separate: "contre-plongée" is two, "l'homme" is two."""
    return tuple(
        Token(fold(match.group()), _SCRIPTS[match.lastgroup or "word"], *match.span(), match.group()[0].isupper())
        for match in _TOKEN.finditer(text)
    )


@lru_cache(maxsize=_REMEMBERED)
def fold(typed: str) -> str:
    """A token without what people leave out: case, accents, nuktas, the width of letters and figures."""
    text = unicodedata.normalize("NFKC", typed).casefold()
    if text[:1].isdigit():
        return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text.translate(_DASHES))
    if "\u0900" <= text[:1] <= "\u097f":
        return unicodedata.normalize("NFD", text).replace("\u093c", "").replace("\u0901", "\u0902")
    if text[:1] >= "\u3000":
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) != "Mn")


def apart(text: str, before: Token, after: Token) -> bool:
    """Whether anything stands between two tokens."""
    return bool(text[before.end : after.start])
