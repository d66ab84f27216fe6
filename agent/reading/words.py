"""Words of a text with their places, and phrases looked up among them, in time linear in the text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

OPEN, CLOSE = "\ue000", "\ue001"  # private use: enclose the number of a shielded passage, see `agent.reading.shield`

_WORD = re.compile(rf"{OPEN}\d+{CLOSE}|[^\W_]+(?:'[^\W_]+)*")
_SPACES = re.compile(r"\s+")
_LONELY_BEFORE = re.compile(r"\s+([,;:.!?])")
_DOUBLED = re.compile(r"([,;:.!?])(?:\s*[,;:])+")
_TWO_STOPS = re.compile(r"(?<!\.)\.\s?\.(?!\.)")
_COMMA_STOP = re.compile(r"[,;:]\s*([.!?])")
_EMPTY = re.compile(r"[(\[]\s*[)\]]|\s[-–—]+(?=\s*(?:[.,;!?]|$))")
_EDGES = " \t\n,;:-–—/|→•&+=…"

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, lower case, and where it stands."""

    text: str
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
    return tuple(Word(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text))


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


def tidy(text: str) -> str:
    """A text after pieces were taken out: single spaces, no stray or doubled punctuation."""
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

    def hits(self, found: Sequence[Word]) -> tuple[Hit[M], ...]:
        """All phrases among the words, from left to right, none overlapping."""
        hits: list[Hit[M]] = []
        at = 0
        while at < len(found):
            hit = self.at(found, at)
            if hit is None:
                at += 1
            else:
                hits.append(hit)
                at = hit.last + 1
        return tuple(hits)

    def at(self, found: Sequence[Word], first: int) -> Hit[M] | None:
        """The longest phrase that begins at that word."""
        for length in self._lengths.get(found[first].text, _ONE):
            last = first + length - 1
            if last >= len(found):
                continue
            before = tuple(word.text for word in found[first:last])
            for word in _readings(found[last].text):
                parts = (*before, word)
                if parts in self._meanings:
                    return Hit(self._meanings[parts], first, last)
        return None

    def whole(self, text: str) -> M | None:
        """What the text means if it is one phrase and nothing else."""
        found = words(text)
        hit = self.at(found, 0) if found else None
        return hit.meaning if hit is not None and hit.last == len(found) - 1 else None


_ONE = (1,)


def _readings(word: str) -> tuple[str, ...]:
    """A last word as it is, and without its plural ending."""
    bare = singular(word) if len(word) > 3 else word
    return (word,) if bare == word else (word, bare)
