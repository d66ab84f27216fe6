"""What a turn asks for without the talk around it: politeness, hedges, indirect requests, reasons.

Every clause is bared on its own: "hmm could we maybe make it warmer tbh, legal asked" leaves "make it warmer". A wish
is read as the order it is ("I'd love it warmer"). A clause that is all talk is left out, and one that gives a reason is
too, if something else was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import dropwhile

from agent.reading import spelling, vocabulary
from agent.reading.clauses import Clause, join, split
from agent.reading.words import Lexicon, Word, plain, words

LONGEST = 1_500
"""Characters; longer turns describe shots."""
LONGEST_TAIL = 6
"""Words of the longest phrase after what is asked."""


@dataclass(frozen=True, slots=True)
class Bared:
    """A turn without its talk.

    Attributes:
        clauses: What asks for something, bared.
        typed: The same clauses as they were typed.
        reasons: What only says why, as typed.
    """

    clauses: tuple[Clause, ...]
    typed: tuple[str, ...]
    reasons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The clauses as one text."""
        return join(self.clauses)


@lru_cache(maxsize=256)  # clauses and sentences of a turn are bared by one reader after the other
def bare(text: str) -> Bared:
    """What a text asks for; nothing where it is all talk or too long to be."""
    if len(text) > LONGEST:
        return Bared((Clause(text=text),), (text,))
    clauses = split(spelling.mended(text))
    bared = [(replace(clause, text=_bare(clause.text)), clause.text) for clause in clauses]
    said = [(clause, typed) for clause, typed in bared if words(clause.text)]
    asked = [(clause, typed) for clause, typed in said if not _is_reason(typed) and not _is_reason(clause.text)] or said
    reasons = tuple(typed for each in said if each not in asked for typed in each[1:])
    return Bared(tuple(clause for clause, _ in asked), tuple(typed for _, typed in asked), reasons)


def is_talk(clause: str) -> bool:
    """Whether a clause speaks to somebody, so that it hardly draws a picture."""
    return _is_reason(clause) or _holds(words(clause), "words")


def is_surely_talk(clause: str) -> bool:
    """Whether it holds what no picture's text has; "ok" before a picture is an agreement and makes it no talk."""
    agreed = vocabulary.wordset("talk", "evidence", "agreed")
    rest = list(dropwhile(lambda word: word.text in agreed, words(clause)))
    return _holds(rest, "surely")


def _holds(found: Sequence[Word], evidence: str) -> bool:
    known = vocabulary.wordset("talk", "evidence", evidence)
    return any(word.text in known for word in found)


def _bare(clause: str) -> str:
    alone = plain(clause) in vocabulary.wordset("talk", "alone", "whole")
    return "" if alone else _without_tail(_without_lead(clause))


def _without_lead(clause: str) -> str:
    """The clause without what comes before its order; a wish as an order."""
    while found := words(clause):
        wish = _wishes().at(found, 0)
        lead = _leads().at(found, 0)
        if wish is not None and (lead is None or wish.last >= lead.last):
            rest = _after(clause, found, wish.last)
            return f"{wish.meaning} {rest}" if rest else clause
        if lead is None:
            return clause
        clause = _after(clause, found, lead.last)
    return ""


def _after(clause: str, found: tuple[Word, ...], last: int) -> str:
    return clause[found[last + 1].start :] if last + 1 < len(found) else ""


def _without_tail(clause: str) -> str:
    """The clause without what comes after its order; the last word before it always stays."""
    while found := words(clause):
        starts = range(max(1, len(found) - LONGEST_TAIL), len(found))
        hits = (hit for start in starts if (hit := _tails().at(found, start)) is not None)
        tail = next((hit for hit in hits if hit.last == len(found) - 1), None)
        if tail is None:
            return clause
        clause = clause[: found[tail.first].start].rstrip(" ,-–—")
    return clause


def _is_reason(clause: str) -> bool:
    found = words(clause)
    return bool(found) and _reasons().at(found, 0) is not None


@cache
def _leads() -> Lexicon[str]:
    return vocabulary.phrases("talk", "before")


@cache
def _tails() -> Lexicon[str]:
    return vocabulary.phrases("talk", "after")


@cache
def _wishes() -> Lexicon[str]:
    return vocabulary.meanings("talk", "instead")


@cache
def _reasons() -> Lexicon[str]:
    return vocabulary.phrases("talk", "reasons", "before")
