"""Absences that are said otherwise than with a negator and its thing.

Lists with a label or a flag ("avoid: text, logos", "--no text"), things that are kept out of the frame or not to be
seen, and single words ("flare-free", "grainless", "non-photoreal").
"""

import re
from collections.abc import Callable, Iterator, Sequence

from agent.reading import nouns, vocabulary
from agent.reading.words import Word, words
from prompts import terms

Absence = tuple[int, int, tuple[str, ...]]
"""Where it is said, and the things that are absent."""

Bare = Callable[[str], str]
"""What gives a thing as a bare noun phrase, see `agent.reading.negation.bare`."""

LONGEST_SUBJECT = 4  # words of "her left hand" before "is not visible"

_LABELLED = re.compile(
    r"(?:^|(?<=[.\n;!?,|(]))[ \t]*(?P<label>[A-Za-z'][A-Za-z' ]{1,29}):"
    r"(?P<list>(?:\s*\n\s*[-*•][^\n]+)+|[^\n.;!?,]{1,40}(?:;\s*(?:[\w'-]+ ?){1,3}(?=[;.\n]|$))+|[^\n.;!?]+)"
)
_SET = re.compile(
    r"(?:^|(?<=[.\n;!?,|(]))\s*(?P<thing>[^.\n;!?,:=|()]{2,60}?)\s?[:=]\s?"
    r"(?P<to>[a-z]+(?: [a-z]+)?)(?=\s*(?:[.,;!?|)\n]|$))",
    re.IGNORECASE,
)
_FLAG = re.compile(r"--(?:no|neg|negative) (?P<list>[^\n]+?)(?=\s--|\n|$)")
_FIGURED = re.compile(r"[,;]\s*(?=(?:\d{1,3}(?:\.\d)?\s?(?:s|secs?|seconds|mm)|\d{1,2}(?:\.\d+)?:\d{1,2})\b)", re.I)
"""Where a list of things ends since a length, a lens or a ratio follows."""
_ITEM = re.compile(r"[,;/|\n]|(?:^|\s)[-*•]\s|\band\b|\bor\b")
_OUT = r"(?:\s+of\s+(?:[\w']+\s?){1,3})?(?=\s*(?:[,.;:!?\n]|$))"
_KEPT_OUT = re.compile(
    rf"(?:^|(?<=[.,;:!?\n])|\band\b|\bplease\b|\bbut\b)\s*(?P<all>(?:keep|leave|crop|frame)\s+(?P<thing>[^,.;:!?\n]{{2,60}}?)\s+(?:out|away){_OUT})",
    re.IGNORECASE,
)
_THE_LESS = re.compile(
    r"\bthe (?:less|fewer) (?P<thing>[^,.;:!?\n]{2,40}?),? the (?:better|happier(?: (?:i|we)\b)?)",
    re.I,
)
_MINUS = re.compile(r"(?<!\S)-(?P<thing>[a-z][\w'-]*(?: [a-z]+){0,2}?)(?=\s*(?:[,.;:!?\n]|$)|\s-[a-z])", re.I)
_MADE_OF = re.compile(
    r"\b(?:(?P<free>[A-Za-z]+(?:[ -][A-Za-z]+)?)-free|(?P<less>[a-z]+?)-?less|(?:un|non)-(?P<un>[a-z]+))\b", re.I
)


def found_in(text: str, *, bare: Bare) -> Iterator[Absence]:
    """Every such absence, in no order; they may overlap."""
    yield from _labelled(text, bare)
    yield from _set_to_none(text, bare)
    yield from _kept_out(text, bare)
    yield from _better_without(text, bare)
    yield from _in_one_word(text)
    yield from _unseen(text, bare)
    yield from _failing(text)
    yield from _let_fail(text)


def _labelled(text: str, bare: Bare) -> Iterator[Absence]:
    labels = vocabulary.phrases("negation", "lists")
    for match in (*_LABELLED.finditer(text), *_FLAG.finditer(text)):
        label = match.groupdict().get("label")
        if label is None or labels.whole(label):
            listed = _FIGURED.split(match.group("list"), maxsplit=1)[0]
            yield match.start(), match.start("list") + len(listed), _items(listed, bare)


def _set_to_none(text: str, bare: Bare) -> Iterator[Absence]:
    """ "Cars: none"; a part of the shot so set ("camera move: none") is no thing."""
    nothing, parts = vocabulary.phrases("negation", "none_of"), vocabulary.phrases("shots", "labels")
    for match in _SET.finditer(text):
        if nothing.whole(match.group("to")) and not parts.whole(match.group("thing")):
            yield match.start(), match.end(), _items(match.group("thing"), bare)


def _items(text: str, bare: Bare) -> tuple[str, ...]:
    return tuple(term for item in _ITEM.split(text) if (term := bare(item)))


def _kept_out(text: str, bare: Bare) -> Iterator[Absence]:
    """What is asked to be kept out: "keep the boom and the crew out of frame"."""
    for match in _KEPT_OUT.finditer(text):
        if things := _items(match.group("thing"), bare):
            yield *match.span("all"), things


def _better_without(text: str, bare: Bare) -> Iterator[Absence]:
    """What there had better be little of ("the less grain the better"), and what stands behind a minus ("-text")."""
    for match in (*_THE_LESS.finditer(text), *_MINUS.finditer(text)):
        yield *match.span(), (bare(match.group("thing")),)


def _in_one_word(text: str) -> Iterator[Absence]:
    """The text of "text-free", not the hands of "hands-free"; before "-less" and after "non-" only faults count."""
    for match in _MADE_OF.finditer(text):
        free, fault = match.group("free"), match.group("less") or match.group("un")
        if free is not None:
            yield from _freed(match.start(), match.end(), free)
        elif terms.canonical(fault) is not None:
            yield match.start(), match.end(), (fault,)


def _freed(start: int, end: int, typed: str) -> Iterator[Absence]:
    """Two words before "-free" count where they name a fault ("lens flare-free"), else the last one."""
    first, _, _ = typed.partition(" ")
    whole = first.lower() not in nouns.bound("determiners") and terms.canonical(typed) is not None
    thing = typed if whole else re.split(r"[ -]", typed)[-1]
    if thing.lower() not in vocabulary.wordset("negation", "idioms", "free"):
        yield start + len(typed) - len(thing), end, (thing,)


def _unseen(text: str, bare: Bare) -> Iterator[Absence]:
    """What is said not to be seen: "its tail isn't visible"."""
    found = words(text)
    for hit in vocabulary.phrases("negation", "unseen").hits(found):
        first = _subject(text, found, hit.first)
        thing = bare(text[found[first].start : found[hit.first].start]) if first < hit.first else ""
        if thing and thing.lower() not in nouns.bound("not_things"):
            yield found[nouns.led_in(text, found, first)].start, found[hit.last].end, (thing,)


def _failing(text: str) -> Iterator[Absence]:
    """The fault that something must not show: "the image must not flicker"; the clause goes where it says no more."""
    found = words(text)
    for hit in vocabulary.phrases("negation", "must_not").hits(found):
        last = _last_failure(text, found, hit.last)
        if last is None:
            continue
        first = _subject(text, found, hit.first)
        whole = nouns.ends(text, found, last) and (first == 0 or nouns.mark(text, found, first - 1))
        start = found[first if whole else hit.first].start
        yield start, found[last].end, tuple(word.text for word in found[hit.last + 1 : last + 1 : 2])


def _let_fail(text: str) -> Iterator[Absence]:
    """The fault in "don't let her face morph"."""
    found = words(text)
    for hit in vocabulary.phrases("negation", "letting").hits(found):
        until = min(len(found), hit.last + 2 + LONGEST_SUBJECT)
        before = next((at for at in range(hit.last + 1, until - 1) if _fails(found[at + 1])), None)
        last = _last_failure(text, found, before) if before is not None else None
        if before is not None and last is not None:
            yield found[hit.first].start, found[last].end, tuple(word.text for word in found[before + 1 : last + 1 : 2])


def _last_failure(text: str, found: Sequence[Word], before: int) -> int | None:
    """The last of the faults after a word, joined by "or"; ``None`` before what is done to whom."""
    last = before
    while last + 1 < len(found) and not nouns.mark(text, found, last) and _fails(found[last + 1]):
        last += 1
        if last + 2 < len(found) and found[last + 1].text in nouns.JOINING and _fails(found[last + 2]):
            last += 1
    told = last > before and (nouns.ends(text, found, last) or found[last + 1].text in nouns.bound("stops"))
    return last if told else None


def _fails(word: Word) -> bool:
    return word.text in nouns.bound("failures") or terms.canonical(word.text) is not None


def _subject(text: str, found: Sequence[Word], until: int) -> int:
    """The first word of the noun phrase that ends before that word."""
    first = until
    while first > max(0, until - LONGEST_SUBJECT):
        if found[first - 1].text in nouns.bound("stops") or nouns.mark(text, found, first - 1):
            break
        first -= 1
    return first
