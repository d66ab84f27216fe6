"""What a request says must not be seen, as bare terms, and the request without those words.

How it reads, sentence by sentence:

1. Two negations make a wish: "don't not use the lamps" becomes "use the lamps".
2. A negator is looked up ("no", "without", "don't show"); some count only where they open their clause ("not a cartoon").
3. The thing it forbids runs to the first word or mark that ends a noun phrase; "or", "nor" and "/" add further things.
4. Negator and thing are cut out. What stays is the picture.
5. A thing that the rest of the text asks for is a contrast, not an exclusion: "a girl with glasses and a girl without
   glasses" keeps both halves and forbids nothing.

Quotes, signs, titles and idioms are out of reach here: `agent.reading.shield` has put placeholders in their place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from agent.reading import figures, vocabulary
from agent.reading.words import OPEN, Hit, Lexicon, Word, cut, singular, tidy, words

LONGEST_NOUN = 6  # words of a thing before its "of ..." or "on ..."; more is a sentence, not a noun phrase
LONGEST_TAIL = 7  # words of that "of ..." or "on ..."
LONGEST_ITEM = 4  # words of an item in an open list ("no cars, street signs or people")


_PRONOUNS = frozenset({"it", "them", "him", "her", "me", "us"})
_AFTER_A_VERB = frozenset(
    {"against", "on", "in", "at", "down", "up", "into", "through", "alone", "to", "under", "over", "a", "an", "the"}
)


class _Kind(Enum):
    THING = auto()
    OPENING = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What must not be seen, and the text that remains."""

    terms: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of text that forbids something."""

    start: int
    end: int
    terms: tuple[str, ...]


def read(text: str) -> Exclusions:
    """The exclusions of one shot's text."""
    text = undouble(text)
    text, listed = _read_labelled(text)
    cuts = [*_cuts(text), *_kept_out(text), *_free(text)]
    cuts = _without_overlaps(cuts)
    cuts = _without_contrasts(text, cuts)
    rest = tidy(cut(text, [(item.start, item.end) for item in cuts]))
    found = [*listed, *(term for item in cuts for term in item.terms)]
    return Exclusions(tuple(dict.fromkeys(found)), rest)


def undouble(text: str) -> str:
    """The text with double negations turned into the wish they are."""
    found = words(text)
    pieces, at = [], 0
    for hit in vocabulary.meanings("negation", "double").hits(found):
        pieces += [text[at : found[hit.first].start], hit.meaning]
        at = found[hit.last].end
    return "".join([*pieces, text[at:]])


_LABELLED = re.compile(r"(?:^|(?<=[.\n;!?]))[ \t]*(?P<label>[A-Za-z' ]{2,30}):(?P<list>[^\n.;!?]+)|--no (?P<flag>[^\n-]+)")


def _read_labelled(text: str) -> tuple[str, list[str]]:
    """Lists that carry a label or a flag: ``Negative: text, logos``, ``--no text, logos``."""
    terms: list[str] = []
    spans: list[tuple[int, int]] = []
    labels = vocabulary.phrases("negation", "lists")
    for match in _LABELLED.finditer(text):
        body = match.group("flag") or (match.group("list") if labels.whole(match.group("label")) else None)
        if body:
            terms += [term for item in re.split(r"[,/|]", body) if (term := bare(item))]
            spans.append(match.span())
    return cut(text, spans) if spans else text, terms


def bare(text: str) -> str:
    """A thing as a bare noun phrase: no negator, article, politeness or loose end."""
    found = list(words(text))
    while found and (hit := _negators().at(found, 0)) is not None and hit.last + 1 < len(found):
        found = found[hit.last + 1 :]
    found = _trimmed(found)
    return tidy(text[found[0].start : found[-1].end]) if found else ""


def _cuts(text: str) -> Iterator[_Cut]:
    found = words(text)
    done = -1
    for hit in _negators().hits(found):
        if hit.first <= done or not _counts(text, found, hit):
            continue
        item = _nobody(text, found, hit) if hit.meaning is _Kind.NOBODY else _things(text, found, hit)
        if item is not None:
            first, last, terms = item
            done = last
            yield _Cut(_led_in(text, found, first, hit.first), _filled(text, found, last), terms)


@cache
def _negators() -> Lexicon[_Kind]:
    kinds = {phrase: _Kind.OPENING for phrase in vocabulary.listed("negation", "opening")}
    kinds |= {phrase: _Kind.THING for phrase in vocabulary.listed("negation", "things")}
    kinds |= {phrase: _Kind.NOBODY for phrase in vocabulary.listed("negation", "nobody")}
    return Lexicon(kinds)


def _counts(text: str, found: Sequence[Word], hit: Hit[_Kind]) -> bool:
    """Whether a negator forbids something here: it has a thing after it, and the place it needs before it."""
    if hit.meaning is _Kind.OPENING and not _opens_clause(text, found, hit.first):
        return False
    if hit.meaning is _Kind.NOBODY:
        return True
    if hit.last + 1 == len(found) or _gap(text, found, hit.last).strip(" '-:"):
        return False
    following = found[hit.last + 1].text
    return following not in vocabulary.wordset("negation", "bounds", "not_things") and figures.count(following) is None


def _opens_clause(text: str, found: Sequence[Word], at: int) -> bool:
    return at == 0 or bool(_gap(text, found, at - 1).strip(" '")) or found[at - 1].text in ("but", "and", "please", "so")


def _things(text: str, found: Sequence[Word], hit: Hit[_Kind]) -> tuple[int, int, tuple[str, ...]] | None:
    """First and last word of the forbidding, and its terms."""
    at, last, terms = hit.last + 1, hit.last, []
    opening = hit.meaning is _Kind.OPENING
    while at < len(found):
        end = _thing_end(text, found, at)
        term = _term(text, found, at, end)
        if not term or (opening and not _may_open(found, at, end)):
            break
        terms.append(term)
        last = end
        at = _next_item(text, found, end, first=hit.first)
        opening = False
    return (hit.first, last, tuple(terms)) if terms else None


def _thing_end(text: str, found: Sequence[Word], at: int) -> int:
    """The last word of the noun phrase that begins at ``at``."""
    stops = vocabulary.wordset("negation", "bounds", "stops")
    prepositions = vocabulary.wordset("negation", "bounds", "prepositions")
    determiners = vocabulary.wordset("negation", "bounds", "determiners")
    end, room, begun, tail = at, LONGEST_NOUN, False, False
    for place in range(at, len(found)):
        word = found[place].text
        if place > at and _gap(text, found, place - 1).strip(" '-") or room == 0:
            break
        if tail and word in _PRONOUNS:
            return place
        if begun and (word in stops or (tail and word in prepositions and word != "of" and found[place - 1].text not in prepositions)):
            break
        if begun and word in prepositions and not tail:
            tail, room = True, LONGEST_TAIL + 1
        if begun and place > at and not tail and word.endswith("ing") and _finite(found, place):
            break
        begun = begun or word not in determiners
        end, room = place, room - 1
    return end


def _finite(found: Sequence[Word], place: int) -> bool:
    """Whether an -ing word goes on about the subject ("a harp with no strings leaning against a wall")."""
    following = found[place + 1].text if place + 1 < len(found) else ""
    about_it = place + 2 < len(found) and found[place + 2].text in _PRONOUNS
    return not about_it and following in _AFTER_A_VERB


def _term(text: str, found: Sequence[Word], at: int, end: int) -> str:
    kept = _trimmed(found[at : end + 1])
    if not kept or kept[0].text in vocabulary.wordset("negation", "bounds", "not_things"):
        return ""
    return tidy(text[kept[0].start : kept[-1].end])


def _trimmed(found: Sequence[Word]) -> list[Word]:
    kept = list(found)
    while len(kept) > 1 and kept[0].text in vocabulary.wordset("negation", "bounds", "determiners"):
        kept.pop(0)
    trailing = vocabulary.wordset("negation", "bounds", "trailing")
    while len(kept) > 1 and (kept[-1].text in trailing or kept[-1].text in _PRONOUNS):
        kept.pop()
    return kept


def _may_open(found: Sequence[Word], at: int, end: int) -> bool:
    """Whether words after a bare "not" or "nothing" are a thing and not what somebody does or where it is."""
    first, last = found[at].text, found[end].text
    if first.endswith("ing") or first in vocabulary.wordset("negation", "bounds", "prepositions"):
        return False
    return not first.endswith("ly") and first not in ("to", "be", "is", "a", "looks") and last not in ("to",) and end - at < LONGEST_ITEM


def _next_item(text: str, found: Sequence[Word], end: int, *, first: int) -> int:
    """Where the next thing of the list begins; past the end if there is none."""
    gap, following = _gap(text, found, end), end + 1
    if following + 1 >= len(found) + 1 or following >= len(found):
        return len(found)
    word = found[following].text
    if "/" in gap and word not in _negating():
        return following
    if word in ("or", "nor"):
        return following + 1 if not gap.strip(" ,") else len(found)
    if word == "and" and not gap.strip() and _opens_clause(text, found, first) and _short_item(text, found, following + 1):
        return following + 1
    if gap.strip() == "," and _closes_with_or(text, found, following):
        return following
    return len(found)


def _negating() -> frozenset[str]:
    return frozenset({"no", "without", "not", "avoid"})


def _short_item(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether one or two plain words stand there before the next mark."""
    if at >= len(found) or found[at].text in vocabulary.wordset("negation", "bounds", "articles"):
        return False
    for place in range(at, min(at + 2, len(found))):
        if place == len(found) - 1 or _gap(text, found, place).strip():
            return True
    return False


def _closes_with_or(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether a run of short items joined by commas ends with "or"."""
    room = LONGEST_ITEM
    for place in range(at, min(at + 10 * LONGEST_ITEM, len(found))):
        if found[place].text in ("or", "nor"):
            return True
        comma = _gap(text, found, place).strip() if place + 1 < len(found) else "."
        if comma not in ("", ",") or room == 0:
            return False
        room = LONGEST_ITEM if comma else room - 1
    return False


def _nobody(text: str, found: Sequence[Word], hit: Hit[_Kind]) -> tuple[int, int, tuple[str, ...]] | None:
    """"no one crossing" forbids people crossing; "nobody notices him" is a story and forbids nothing."""
    other = "other " if found[hit.last].text == "else" else ""
    if hit.last + 1 == len(found) or _gap(text, found, hit.last).strip():
        return hit.first, hit.last, (f"{other}people",)
    following = found[hit.last + 1].text
    if following in ("or", "and", "nor"):
        more = _things(text, found, Hit(_Kind.THING, hit.first, hit.last + 1))
        return (hit.first, more[1], (f"{other}people", *more[2])) if more else None
    if following.endswith("ing") or following in (*vocabulary.listed("negation", "bounds", "prepositions"), "visible", "there"):
        end = _thing_end(text, found, hit.last + 1)
        return hit.first, end, (f"{other}people {tidy(text[found[hit.last + 1].start : found[end].end])}",)
    said = text[found[hit.first].start : found[hit.last].end]
    return (hit.first, hit.last, ("people",)) if "people" in said or "person" in said else None


_KEPT_OUT = re.compile(r"\b(?:keep|leave|crop|frame)\s+(?P<thing>[^,.;:!?\n]{2,60}?)\s+out(?:\s+of\s+(?:the\s+)?(?:frame|shot|picture|it|this))?(?=\s*(?:[,.;:!?\n]|$))", re.I)


def _kept_out(text: str) -> Iterator[_Cut]:
    """"keep the crew out of frame"."""
    for match in _KEPT_OUT.finditer(text):
        if term := bare(match.group("thing")):
            yield _Cut(match.start(), match.end(), (term,))


def _free(text: str) -> Iterator[_Cut]:
    """"text-free"; not "hands-free"."""
    for match in re.finditer(r"\b([A-Za-z]+)-free\b", text):
        if match.group(1).lower() not in vocabulary.wordset("negation", "idioms", "free"):
            yield _Cut(match.start(), match.end(), (match.group(1),))


def _led_in(text: str, found: Sequence[Word], first: int, negator: int) -> int:
    """Where the cut begins: "with", "but there are" and the like go with the negator they lead to."""
    lead_ins = vocabulary.wordset("negation", "bounds", "lead_ins")
    at = first
    while at > 0 and found[at - 1].text in lead_ins and not _gap(text, found, at - 1).strip(" -–—"):
        at -= 1
    return found[at].start


def _filled(text: str, found: Sequence[Word], last: int) -> int:
    """Where the cut ends: "in sight", "can be seen" and the like go with the thing before them."""
    fillers = vocabulary.phrases("negation", "bounds", "fillers")
    while last + 1 < len(found) and not _gap(text, found, last).strip() and (hit := fillers.at(found, last + 1)):
        last = hit.last
    return found[last].end


def _gap(text: str, found: Sequence[Word], at: int) -> str:
    """What stands between a word and the next."""
    return text[found[at].end : found[at + 1].start] if at + 1 < len(found) else text[found[at].end :]


def _without_overlaps(cuts: Sequence[_Cut]) -> list[_Cut]:
    kept: list[_Cut] = []
    for item in sorted(cuts, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _without_contrasts(text: str, cuts: Sequence[_Cut]) -> list[_Cut]:
    rest = _folded(cut(text, [(item.start, item.end) for item in cuts]))
    return [item for item in cuts if not any(_folded(term) in rest for term in item.terms)]


def _folded(text: str) -> str:
    return f" {' '.join(singular(word.text) for word in words(text) if OPEN not in word.text)} "
