"""Where a film or a book is named, so that "No Country for Old Men style" asks for no absence of a country."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from agent.reading import vocabulary
from agent.reading.words import Hit, Lexicon, Word, words

Span = tuple[int, int]

_RUN = re.compile(
    r"(?<![\w'])(?P<first>[A-Z][\w']*)(?: (?:(?:of|the|a|an|for|to|in|and|with|at|on|from|by) )?[A-Z][\w']*){1,7}"
)


def spans(text: str) -> Iterator[Span]:
    """Titles of the word list, and runs of capitals that open with a negation and are spoken of as a title."""
    found = words(text)
    hits = (hit for hit in _listed().hits(found) if _is_title(text, found, hit))
    listed = [(found[hit.first].start, found[hit.last].end) for hit in hits]
    yield from listed
    for match in _RUN.finditer(text):
        start, end = match.span()
        apart = all(end <= begin or start >= until for begin, until in listed)
        if apart and match.group("first").lower() in _negations() and _spoken_of(text, start, end):
            yield start, end


def _is_title(text: str, found: Sequence[Word], hit: Hit[str]) -> bool:
    """Several words need their capitals; one word ("Nobody") also needs to be spoken of as a title."""
    start, end = found[hit.first].start, found[hit.last].end
    if text[start:end].islower():
        return False
    return hit.last > hit.first or _spoken_of(text, start, end)


def _spoken_of(text: str, start: int, end: int) -> bool:
    """Whether "style" and the like follow, or "in the style of" and the like lead to it."""
    after, before = words(text[end : end + 30]), words(text[max(0, start - 40) : start])
    near = not set(text[end : end + 2]) & set(",.;:!?\n")
    if near and after and after[0].text in vocabulary.wordset("people", "after"):
        return True
    leads = vocabulary.phrases("people", "before").hits(before)
    return bool(leads) and leads[-1].last == len(before) - 1


@cache
def _listed() -> Lexicon[str]:
    return vocabulary.phrases("negation", "idioms", "titles")


@cache
def _negations() -> frozenset[str]:
    return vocabulary.wordset("negation", "idioms", "opening_titles")
