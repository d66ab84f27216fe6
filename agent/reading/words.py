"""Words of a text with their places, and phrases looked up among them, in time linear in the text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

OPEN, CLOSE = "\ue000", "\ue001"  # private use: enclose the number of a shielded passage, see `agent.reading.shield`

_WORD = re.compile(rf"{OPEN}\d+{CLOSE}|[^\W_]+(?:'[^\W_]+)*")
_SPACES = re.compile(r"\s+")
_LONELY_BEFORE = re.compile(r"\s+([,;:.!?])")
_DOUBLED = re.compile(r"([,;:.!?])(?:\s*[,;:])+")
_TWO_STOPS = re.compile(r"(?<!\.)\.\s?\.(?!\.)")
_COMMA_STOP = re.compile(r"[,;:]\s*([.!?])")
_EMPTY = re.compile(r"[(\[]\s*[)\]]|\s[-–—]+(?=\s*(?:[.,;!?]|$))")
_CLEAN = re.compile(r"[^\W_]+(?:,? [^\W_]+)*")  # what most clauses are already
_EDGES = " \t\n,;:-–—/|→•&+=…"

_REMEMBERED = 4096  # words; those of everyday English come back in every message
SHORTEST_PLURAL = 3  # letters; "gas" and "his" are none

M = TypeVar("M")


class Word(NamedTuple):
    """One word, lower case, also without its plural ending, and where it stands."""

    text: str
    bare: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit(Generic[M]):
    """A phrase found: what it means and which words it covers, ``last`` included."""

    meaning: M
    first: int
    last: int


@lru_cache(maxsize=512)  # several readers look at the same clause; a long message is only ever a few of these
def words(text: str) -> tuple[Word, ...]:
    """The words of a text; hyphens separate, apostrophes do not."""
    return tuple(Word(*_folded(match.group()), *match.span()) for match in _WORD.finditer(text))


def plain(text: str) -> str:
    """A text as its words only: how whole turns are compared with phrases."""
    return " ".join(word.text for word in words(text))


def singular(word: str) -> str:
    """A word without its plural ending, good enough to compare two nouns."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@lru_cache(maxsize=512)
def tidy(text: str) -> str:
    """A text after pieces were taken out: single spaces, no stray or doubled punctuation."""
    if _CLEAN.fullmatch(text):
        return text
    text = _SPACES.sub(" ", text)
    text = _EMPTY.sub(" ", text)
    text = _LONELY_BEFORE.sub(r"\1", text)
    text = _DOUBLED.sub(r"\1", text)
    text = _TWO_STOPS.sub(".", text)
    text = _COMMA_STOP.sub(r"\1", text).strip(_EDGES)
    return text if text.strip(".!?") else ""


def cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without those character spans, which do not overlap; each leaves a space."""
    kept: list[str] = []
    at = 0
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    return " ".join(kept)


class Lexicon(Generic[M]):
    """Phrases and what they mean. The longest phrase wins at each place; a last word may be in the plural."""

    def __init__(self, meanings: Mapping[str, M]) -> None:
        self._meanings: dict[tuple[str, ...], M] = {}
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase, meaning in meanings.items():
            parts = tuple(word.text for word in words(phrase))
            if parts:
                self._meanings.setdefault(parts, meaning)
                lengths[parts[0]].add(len(parts))
        self._lengths = {first: sorted(known, reverse=True) for first, known in lengths.items()}
        self._alone = frozenset(first for first, known in lengths.items() if 1 in known)

    def hits(self, found: Sequence[Word]) -> tuple[Hit[M], ...]:
        """All phrases among the words, from left to right, none overlapping."""
        begins, alone = self._lengths, self._alone
        hits: list[Hit[M]] = []
        after = 0
        for at in [at for at, word in enumerate(found) if word.text in begins or word.bare in alone]:
            hit = self.at(found, at) if at >= after else None
            if hit is not None:
                hits.append(hit)
                after = hit.last + 1
        return tuple(hits)

    def at(self, found: Sequence[Word], first: int) -> Hit[M] | None:
        """The longest phrase that begins at that word."""
        for length in self._lengths.get(found[first].text, ()):
            last = first + length - 1
            if last < len(found):
                parts = tuple([word.text for word in found[first : last + 1]])
                for reading in (parts, (*parts[:-1], found[last].bare)):
                    if reading in self._meanings:
                        return Hit(self._meanings[reading], first, last)
        bare = (found[first].bare,)
        return Hit(self._meanings[bare], first, first) if bare in self._meanings else None

    def whole(self, text: str) -> M | None:
        """What the text means if it is one phrase and nothing else."""
        found = words(text)
        hit = self.at(found, 0) if found else None
        return hit.meaning if hit is not None and hit.last == len(found) - 1 else None


@lru_cache(maxsize=_REMEMBERED)
def _folded(typed: str) -> tuple[str, str]:
    """A word in lower case, as it is and without its plural ending."""
    word = typed.lower()
    return word, singular(word) if len(word) > SHORTEST_PLURAL else word
