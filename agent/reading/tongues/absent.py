"""What a clause of another language says must not be seen, as bare terms, and which of its tokens say so.

The word that forbids stands before its thing ("sin texto"), after it ("字幕なし", "text nahi"), on both sides of it
("lass den Text weg"), or in it ("textfrei"); each language lists its own. A thing that is known by name gets its
English name; any other stays in the words it was typed in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.reading.tongues import tongue
from agent.reading.tongues.phrasebook import Entry, Match, Way
from agent.reading.tongues.tokens import Script, Token
from agent.reading.tongues.tongue import Tongue
from prompts import terms

LONGEST_THING = (
    4  # words of a thing that is not known by name; characters where words are not written apart: three times
)
MOST_ADJECTIVES = 2  # tokens beside a name that make it another thing: "red lights"; more belong to the clause
LONGEST_NAME = 8  # tokens of a known name that ends at a place
_DIRECTIONS = (Way.CAMERA, Way.MOVE)
_OTHERS = frozenset({Way.CAMERA, Way.CUE, Way.DROPPED, Way.BEFORE, Way.AFTER, Way.OPENS, Way.KEEP})


@dataclass(frozen=True, slots=True)
class Thing:
    """A forbidden thing: its tokens, and its English name where it has one."""

    first: int
    last: int
    english: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """The tokens that forbid, first and last, and the things that they forbid."""

    first: int
    last: int
    things: tuple[Thing, ...]
    forward: bool = True


class Reader:
    """Finds the absences of one clause."""

    def __init__(self, found: Sequence[Token], matches: Sequence[Match], language: Tongue) -> None:
        self._found = found
        self._matches = matches
        self._language = language
        self._taken = {
            at for match in matches if match.entry.way in _OTHERS for at in range(match.first, match.last + 1)
        }

    def absences(self) -> tuple[Absence, ...]:
        """All of them from left to right, none overlapping."""
        kept: list[Absence] = []
        found = [*self._by_cues(), *self._by_suffix()]
        for absence in sorted(found, key=lambda absence: (absence.first, -absence.last)):
            if not kept or absence.first > kept[-1].last:
                kept.append(absence)
        return tuple(kept)

    def listed(self) -> tuple[Thing, ...]:
        """The things of a clause that is nothing but a list of known faults; empty for any other."""
        things = self._forward(0, until=len(self._found), known=True)
        covers = bool(things) and things[-1].last == len(self._found) - 1
        return things if covers and all(self._is_fault(thing) for thing in things) else ()

    def _by_cues(self) -> Iterator[Absence]:
        for number, match in enumerate(self._matches):
            match match.entry.way:
                case Way.ABSENT:
                    yield Absence(match.first, match.last, (Thing(match.first, match.last, match.english),))
                case Way.BEFORE | Way.BEFORE_FAULT:
                    yield from self._after_cue(match)
                case Way.AFTER | Way.AFTER_FAULT:
                    yield from self._before_cue(match)
                case Way.CLOSES if match.english == tongue.ALONE:
                    yield from self._before_cue(match)
                case Way.OPENS:
                    yield from self._between(match, self._matches[number + 1 :])
                case _:
                    pass

    def _after_cue(self, cue: Match) -> Iterator[Absence]:
        known = cue.entry.way is not Way.BEFORE
        things = self._forward(cue.last + 1, until=len(self._found), known=known)
        if not things and cue.english == tongue.EITHER:
            yield from self._before_cue(cue)
        if things:
            joined = cue.first > 1 and self._found[cue.first - 1].text in self._language.joiners
            yield Absence(cue.first - joined, things[-1].last, things)

    def _before_cue(self, cue: Match) -> Iterator[Absence]:
        things = self._backward(cue.first - 1, known=cue.entry.way is not Way.AFTER)
        if things:
            yield Absence(self._led_in(things[0].first), cue.last, things, forward=False)

    def _between(self, cue: Match, others: Sequence[Match]) -> Iterator[Absence]:
        close = next((match for match in others if match.entry.way is Way.CLOSES), None)
        if close is None:
            yield from self._after_cue(cue)
        elif things := self._forward(cue.last + 1, until=close.first, known=False, whole=True):
            yield Absence(cue.first, close.last, things)

    def _by_suffix(self) -> Iterator[Absence]:
        """ "Textfrei": the stem is the thing, if it is known by name."""
        for at, token in enumerate(self._found):
            for suffix in self._language.suffixes:
                stem = token.text.removesuffix(suffix)
                if stem != token.text and (english := self._named(stem)):
                    yield Absence(at, at, (Thing(at, at, english),))

    def _named(self, word: str) -> str:
        token = Token(word, Script.LETTERS, 0, len(word), False)
        match = self._language.names.whole((token,))
        return match.english if match is not None else terms.canonical(word) or ""

    def _forward(self, at: int, *, until: int, known: bool, whole: bool = False) -> tuple[Thing, ...]:
        """The things from there on: one, or several that are joined."""
        things: list[Thing] = []
        while at < until:
            while at < until - 1 and self._found[at].text in self._language.determiners:
                at += 1
            thing = self._thing(at, until=until, known=known, whole=whole)
            if thing is None:
                break
            things.append(thing)
            at = thing.last + 1
            if at >= until - 1 or self._found[at].text not in self._language.joiners:
                break
            if self._found[at].text not in self._language.closers and self._name_at(at + 1) is None and not whole:
                break
            at += 1
        return tuple(things)

    def _thing(self, at: int, *, until: int, known: bool, whole: bool) -> Thing | None:
        name = self._name_at(at) if at < until else None
        if at >= until or (name is None and self._is_stop(at)):
            return self._shown(at, until=until)
        end = self._end(at, until=until, whole=whole)
        if name is not None and name.last < until and (name.last >= end or known or self._reaches_out(name, end)):
            return Thing(at, name.last, name.english)
        return None if known or end < at else Thing(at, end)

    def _shown(self, at: int, *, until: int) -> Thing | None:
        """What is a camera word elsewhere and is forbidden here: "sin drones", "sans gros plan"."""
        ends = (match.last for match in self._matches if match.first == at and match.entry.way in _DIRECTIONS)
        return next((Thing(at, last) for last in ends if last < until), None)

    def _reaches_out(self, name: Match, end: int) -> bool:
        """Whether more than an adjective or two follows a known name, so that it belongs to the rest of the clause."""
        return end - name.last > MOST_ADJECTIVES

    def _name_at(self, at: int) -> Match | None:
        return self._language.names.at(self._found, at) if at < len(self._found) else None

    def _end(self, at: int, *, until: int, whole: bool) -> int:
        """The last token of a thing without a name: to the end of a short clause, else its noun."""
        last = at
        while last + 1 < until and last - at < LONGEST_THING and not self._is_border(last + 1):
            last += 1
        if whole or last + 1 >= until or self._is_border(last + 1):
            short = last - at < LONGEST_THING - 1
            return last if whole or short else self._noun(at, last)
        return self._noun(at, last)

    def _noun(self, at: int, last: int) -> int:
        """Where a noun may end: at its capital where nouns have them, else after one word."""
        if self._language.nouns_in_capitals:
            return next((place for place in range(at, last + 1) if self._found[place].capital), at)
        return at

    def _is_border(self, at: int) -> bool:
        return self._is_stop(at) or self._found[at].text in self._language.joiners

    def _is_stop(self, at: int) -> bool:
        return at in self._taken or self._found[at].text in self._language.stops

    def _backward(self, last: int, *, known: bool) -> tuple[Thing, ...]:
        """The things up to there: one, or several that are joined."""
        things: list[Thing] = []
        while last >= 0:
            while last > 0 and self._found[last].text in self._language.determiners:
                last -= 1
            thing = self._thing_until(last, known=known)
            if thing is None:
                break
            things.insert(0, thing)
            last = thing.first - 2
            if last < 0 or self._found[thing.first - 1].text not in self._language.joiners:
                break
        return tuple(things)

    def _thing_until(self, last: int, *, known: bool) -> Thing | None:
        if last < 0 or self._is_stop(last):
            return None
        first = self._start(last)
        spelled = (self._ends(at, last) for at in range(max(0, last - LONGEST_NAME), last + 1))
        name = next((hit for hit in spelled if hit is not None), None)
        if name is not None and (name.first <= first or known or name.first - first > MOST_ADJECTIVES):
            return Thing(name.first, last, name.english)
        sure = not known or (first > 0 and self._found[first - 1].text in self._language.determiners)
        return Thing(first, last) if sure else None

    def _ends(self, at: int, last: int) -> Match | None:
        match = self._language.names.at(self._found, at)
        return match if match is not None and match.last == last else None

    def _start(self, last: int) -> int:
        """The first token of a thing without a name that ends there."""
        room = LONGEST_THING * 3 if self._found[last].script is Script.CJK else LONGEST_THING
        first = last
        while first > 0 and last - first < room - 1:
            before = first - 1
            if self._is_border(before) or self._found[before].text in self._language.determiners:
                break
            first = before
        return first

    def _led_in(self, first: int) -> int:
        while first > 0 and self._found[first - 1].text in self._language.determiners:
            first -= 1
        return first

    def _is_fault(self, thing: Thing) -> bool:
        match: Match | None = self._language.names.at(self._found, thing.first)
        entry: Entry | None = match.entry if match else None
        return entry is not None and entry.way is Way.TERM
