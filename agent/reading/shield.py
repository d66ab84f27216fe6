"""Passages that mean what they say and are never read as instructions: quotes, lettering, titles, idioms."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from agent.reading import vocabulary
from agent.reading.words import CLOSE, OPEN, Lexicon, words


class Kind(StrEnum):
    """What a shielded passage is."""

    QUOTE = "quote"
    LETTERING = "lettering"  # words in capitals that stand on something
    TITLE = "title"
    IDIOM = "idiom"


@dataclass(frozen=True, slots=True)
class Passage:
    """A shielded passage, as it was typed; ``inner`` is without its quotation marks."""

    kind: Kind
    text: str
    inner: str


@dataclass(frozen=True, slots=True)
class Shielded:
    """A message in which every passage is replaced by a placeholder that reads as one word."""

    text: str
    passages: tuple[Passage, ...]

    def unveil(self, text: str) -> str:
        """The text with its placeholders turned back into what was typed."""
        # An idiom may itself hold a quote, so one pass is not enough; passages nest two deep at most.
        for _ in range(2):
            text = _MASK.sub(lambda match: self.passages[int(match.group(1))].text, text)
        return text

    def passage(self, word: str) -> Passage | None:
        """The passage a placeholder stands for; ``None`` for any other word."""
        match = _MASK.fullmatch(word)
        return self.passages[int(match.group(1))] if match else None


_MASK = re.compile(rf"{OPEN}(\d+){CLOSE}")
_QUOTE = re.compile(
    r'"([^"\n]{0,2000})"|“([^”\n]{0,2000})”|«([^»\n]{0,2000})»|「([^」\n]{0,2000})」|(?<!\w)\'([^\'\n]{1,200})\'(?!\w)'
)
_CAPITALS = r"[A-Z0-9][A-Z0-9'&!.-]*(?: [A-Z0-9][A-Z0-9'&!.-]*){0,7}"
_SIGN = r"(?:neon )?(?:sign|signs|placard|poster|banner|label|notice|plaque|lettering|sticker|billboard|board)\b"
_SAYS = r"(?:reads?|reading|says?|saying|that reads|titled|labell?ed|marked|written|spelling|spells)"
_LETTERING = re.compile(rf"\b(?P<before>{_CAPITALS})(?= {_SIGN})|(?<=\b){_SAYS}:? (?P<after>{_CAPITALS})(?!\w)")


def shield(text: str) -> Shielded:
    """Replace quotes, lettering, titles and idioms, in this order."""
    passages: list[Passage] = []

    def keep(kind: Kind, typed: str, inner: str) -> str:
        passages.append(Passage(kind, typed, inner))
        return f"{OPEN}{len(passages) - 1}{CLOSE}"

    def quoted(match: re.Match[str]) -> str:
        return keep(Kind.QUOTE, match.group(), next(group for group in match.groups() if group is not None))

    def lettered(match: re.Match[str]) -> str:
        name = "before" if match.group("before") else "after"
        typed = match.group(name)
        return match.group().replace(typed, keep(Kind.LETTERING, typed, typed)) if len(typed) > 1 else match.group()

    text = _QUOTE.sub(quoted, text)
    text = _LETTERING.sub(lettered, text)
    for kind, lexicon in ((Kind.TITLE, _titles()), (Kind.IDIOM, _idioms())):
        found = words(text)
        pieces: list[str] = []
        at = 0
        for hit in lexicon.hits(found):
            start, end = found[hit.first].start, found[hit.last].end
            typed = text[start:end]
            if kind is Kind.TITLE and typed.islower():
                continue
            pieces += [text[at:start], keep(kind, typed, typed)]
            at = end
        text = "".join([*pieces, text[at:]])
    return Shielded(text, tuple(passages))


@cache
def _titles() -> Lexicon[str]:
    return vocabulary.phrases("negation", "idioms", "titles")


@cache
def _idioms() -> Lexicon[str]:
    return vocabulary.phrases("negation", "idioms", "phrases")
