"""Phrases of a language looked up among tokens: the longest one wins at each place.

A phrase may hold ``#`` for any number and ``@`` for the name of a video model; what stands for it in English takes the
number and the name over.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache

from agent.reading.tongues.tokens import Script, Token, tokens

NUMBER, MODEL = "#", "@"
SHORTEST_STEM = 4  # letters of a word that may take an ending

_PARTS = re.compile(r"[#@]|[^#@]+")
_HOLES = re.compile(r"[#@]")


class Way(Enum):
    """What becomes of a phrase."""

    KEEP = auto()  # stays as typed, whatever is in it: idioms
    CAMERA = auto()  # said in English in a clause of its own
    MOVE = auto()  # the same, with its pace
    ACTING = auto()  # the same, and stays as typed as well: "the camera follows Vi"
    PACE = auto()  # goes with a camera movement
    LOOK = auto()  # said in English; inside a sentence it stays as well
    FEELING = auto()  # said in English where the clause says nothing else
    CUE = auto()  # said in English in its place
    DROPPED = auto()  # courtesy: taken out
    ORDINAL = auto()  # the number of a shot in a list
    PERSON = auto()  # somebody's name, where English spells it otherwise
    MANNER = auto()  # leads to somebody's name
    NAMED_MANNER = auto()  # follows somebody's name
    BEFORE = auto()  # forbids what follows
    BEFORE_FAULT = auto()  # forbids what follows if it is known
    AFTER = auto()  # forbids what precedes
    AFTER_FAULT = auto()  # forbids what precedes if it is known
    OPENS = auto()  # forbids what follows up to its other half
    CLOSES = auto()
    ABSENT = auto()  # names by itself what is not there
    TERM = auto()  # a fault by name
    CONTENT = auto()  # a thing of pictures by name


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for; ``foreign`` is false where English spells it the same."""

    way: Way
    english: str
    foreign: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found, first and last token included, with its English."""

    entry: Entry
    first: int
    last: int
    english: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    parts: tuple[str, ...]
    entry: Entry


class Phrasebook:
    """The phrases of one language for one purpose.

    Attributes:
        words: Every word of every phrase.
    """

    def __init__(
        self,
        entries: Sequence[tuple[str, Entry]],
        *,
        endings: Sequence[str] = (),
        numbers: Mapping[str, str] | None = None,
    ) -> None:
        self._endings = tuple(endings)
        self._numbers = dict(numbers or {})
        self._filed: dict[str, list[_Phrase]] = defaultdict(list)
        for phrase, entry in (*entries, *_versioned(entries)):
            if parts := _parts(phrase):
                self._filed[parts[0]].append(_Phrase(parts, entry))
        for filed in self._filed.values():
            filed.sort(key=lambda phrase: -len(phrase.parts))
        self.words = frozenset(part for filed in self._filed.values() for phrase in filed for part in phrase.parts)

    def at(self, found: Sequence[Token], first: int) -> Match | None:
        """The longest phrase that begins at a token."""
        for key in self._keys(found[first]):
            for phrase in self._filed.get(key, ()):
                held, last = self._held(phrase.parts, found, first), first + len(phrase.parts) - 1
                if held is not None and (phrase.entry.way is Way.NAMED_MANNER or _whole_words(found, first, last)):
                    return Match(phrase.entry, first, last, _filled(phrase.entry.english, held))
        return None

    def matches(self, found: Sequence[Token]) -> tuple[Match, ...]:
        """All phrases from left to right, none overlapping."""
        matches: list[Match] = []
        at = 0
        while at < len(found):
            match = self.at(found, at)
            if match is not None:
                matches.append(match)
            at = at + 1 if match is None else match.last + 1
        return tuple(matches)

    def whole(self, found: Sequence[Token]) -> Match | None:
        """The phrase that all the tokens are."""
        match = self.at(found, 0) if found else None
        return match if match is not None and match.last == len(found) - 1 else None

    def names(self, word: str) -> bool:
        """Whether a single word is a phrase of its own."""
        return any(phrase.parts == (word,) for phrase in self._filed.get(word, ()))

    def _keys(self, token: Token) -> Iterator[str]:
        """What a phrase that begins with the token may be filed under: the word itself first."""
        if token.script is Script.NUMBER or token.text in self._numbers:
            yield NUMBER
        yield token.text
        if token.text in MODELS:
            yield MODEL
        yield from self.stems(token.text)

    def stems(self, word: str) -> Iterator[str]:
        """The word without each ending that it may have taken."""
        for ending in self._endings:
            if len(word) >= SHORTEST_STEM + len(ending) and word.endswith(ending):
                yield word[: -len(ending)]

    def _may_follow(self, parts: Sequence[str], found: Sequence[Token], first: int) -> bool:
        """Whether a phrase's second word stands there; most phrases fail here, before anything is built."""
        if len(parts) == 1 or parts[1] in (NUMBER, MODEL):
            return True
        word = found[first + 1].text
        return word == parts[1] or (word.startswith(parts[1]) and parts[1] in self.stems(word))

    def _held(self, parts: Sequence[str], found: Sequence[Token], first: int) -> tuple[str, ...] | None:
        """The numbers and names that the phrase takes over; ``None`` if it does not stand there."""
        if first + len(parts) > len(found) or not self._may_follow(parts, found, first):
            return None
        held: list[str] = []
        for part, token in zip(parts, found[first : first + len(parts)], strict=True):
            if part == NUMBER:
                figure = token.text if token.script is Script.NUMBER else self._numbers.get(token.text)
                if figure is None or ":" in figure:  # a ratio counts nothing
                    return None
                held.append(figure)
            elif part == MODEL:
                if token.text not in MODELS:
                    return None
                held.append(MODELS[token.text])
            elif part != token.text and part not in self.stems(token.text):
                return None
        return tuple(held)


MODELS = {"veo": "Veo", "kling": "Kling", "seedance": "Seedance", "runway": "Runway"}
"""First words of the families' names; kept as the vendors spell them in every language."""


def _versioned(entries: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, Entry]]:
    """The phrases that name a model with the number of its version after the name: "con Veo 3.1"."""
    for phrase, entry in entries:
        if MODEL in phrase:
            versioned = f"{MODEL} {NUMBER} "
            english = entry.english.replace(MODEL, versioned.strip())
            yield phrase.replace(MODEL, versioned), replace(entry, english=english)


@cache
def _parts(phrase: str) -> tuple[str, ...]:
    parts: list[str] = []
    for piece in _PARTS.findall(phrase):
        parts += [piece] if piece in (NUMBER, MODEL) else [token.text for token in tokens(piece)]
    return tuple(parts)


def _filled(english: str, held: Sequence[str]) -> str:
    taken = iter(held)
    return _HOLES.sub(lambda match: next(taken, match.group()), english)


def _whole_words(found: Sequence[Token], first: int, last: int) -> bool:
    """Whether a phrase of characters does not cut a word in two: not "pan" in "panda", nor "light" in "scenery"."""
    alone = last == first
    before = first > 0 and _joined(found[first - 1], found[first], alone=alone)
    return not before and not (last + 1 < len(found) and _joined(found[last], found[last + 1], alone=alone))


def _joined(one: Token, other: Token, *, alone: bool) -> bool:
    if one.end != other.start or one.script is not Script.CJK or other.script is not Script.CJK:
        return False
    katakana = "\u30a0" <= one.text <= "\u30ff" and "\u30a0" <= other.text <= "\u30ff"
    return katakana or (alone and one.text >= "\u3400" and other.text >= "\u3400")
