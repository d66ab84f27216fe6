"""What a request says must not be seen, as bare terms, and the request without those words.

How it reads, sentence by sentence:

1. Two negations make a wish: "don't not use the lamps" becomes "use the lamps".
2. A negator is looked up ("no", "without", "don't show"); some only where they open their clause ("not a cartoon").
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

from agent.reading import figures, nouns, vocabulary
from agent.reading.words import OPEN, Hit, Lexicon, Word, cut, singular, tidy, words


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What must not be seen, and the text that remains."""

    terms: tuple[str, ...]
    rest: str


def read(text: str) -> Exclusions:
    """The exclusions of one shot's text."""
    text, listed = _read_labelled(undouble(text))
    cuts = _without_overlaps([*_cuts(text), *_kept_out(text), *_free(text)])
    cuts = _without_contrasts(text, cuts)
    rest = tidy(cut(text, [(item.start, item.end) for item in cuts]))
    found = [*listed, *(term for item in cuts for term in item.terms)]
    return Exclusions(tuple(dict.fromkeys(found)), rest)


def undouble(text: str) -> str:
    """The text with double negations turned into the wish they are."""
    found = words(text)
    pieces: list[str] = []
    at = 0
    for hit in vocabulary.meanings("negation", "double").hits(found):
        pieces += [text[at : found[hit.first].start], hit.meaning]
        at = found[hit.last].end
    return "".join([*pieces, text[at:]])


def bare(text: str) -> str:
    """A thing as a bare noun phrase: no negator, article, politeness or loose end."""
    found = words(text)
    while found and (hit := _negators().at(found, 0)) is not None and hit.last + 1 < len(found):
        found = found[hit.last + 1 :]
    return _phrase(text, nouns.trimmed(found))


class _Kind(Enum):
    """What a negator needs around it: a thing after it; also the opening of its clause; or nothing ("nobody")."""

    THING = auto()
    OPENING = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of text that forbids something."""

    start: int
    end: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Forbidden:
    """The terms a negator forbids, and the last word that belongs to them."""

    last: int
    terms: tuple[str, ...]


_LABELLED = re.compile(
    r"(?:^|(?<=[.\n;!?]))[ \t]*(?P<label>[A-Za-z' ]{2,30}):(?P<list>[^\n.;!?]+)|--no (?P<flag>[^\n-]+)"
)


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


def _cuts(text: str) -> Iterator[_Cut]:
    """Every negator that counts, with what leads to it, what it forbids, and what trails behind."""
    found = words(text)
    done = -1
    for hit in _negators().hits(found):
        if hit.first <= done or not _counts(text, found, hit):
            continue
        forbidden = _nobody(text, found, hit) if hit.meaning is _Kind.NOBODY else _things(text, found, hit)
        if forbidden is not None:
            done = forbidden.last
            yield _Cut(_led_in(text, found, hit.first), _filled(text, found, forbidden.last), forbidden.terms)


@cache
def _negators() -> Lexicon[_Kind]:
    kinds = {phrase: _Kind.OPENING for phrase in vocabulary.listed("negation", "opening")}
    kinds |= {phrase: _Kind.THING for phrase in vocabulary.listed("negation", "things")}
    kinds |= {phrase: _Kind.NOBODY for phrase in vocabulary.listed("negation", "nobody")}
    return Lexicon(kinds)


def _counts(text: str, found: Sequence[Word], hit: Hit[_Kind]) -> bool:
    """Whether a negator forbids something here: it has a thing after it, and the place it needs before it."""
    if hit.meaning is _Kind.NOBODY:
        return True
    if hit.meaning is _Kind.OPENING and not _opens_clause(text, found, hit.first):
        return False
    if hit.last + 1 == len(found) or nouns.mark(text, found, hit.last).strip(":"):
        return False
    following = found[hit.last + 1].text
    return following not in nouns.bound("not_things") and figures.count(following) is None


def _opens_clause(text: str, found: Sequence[Word], at: int) -> bool:
    if at == 0 or found[at - 1].text in ("but", "and", "please", "so"):
        return True
    return bool(text[found[at - 1].end : found[at].start].strip(" '"))


def _things(text: str, found: Sequence[Word], hit: Hit[_Kind]) -> _Forbidden | None:
    """The things after a negator, one or a list."""
    at: int | None = hit.last + 1
    last, terms = hit.last, list[str]()
    opens = _opens_clause(text, found, hit.first)
    while at is not None:
        end = nouns.end(text, found, at)
        term = _term(text, found, at, end)
        if not term or (hit.meaning is _Kind.OPENING and not terms and not _is_thing(found, at, end)):
            break
        terms.append(term)
        last, at = end, nouns.next_item(text, found, end, opens=opens)
    return _Forbidden(last, tuple(terms)) if terms else None


def _term(text: str, found: Sequence[Word], at: int, end: int) -> str:
    kept = nouns.trimmed(found[at : end + 1])
    return "" if kept[0].text in nouns.bound("not_things") else _phrase(text, kept)


def _phrase(text: str, found: Sequence[Word]) -> str:
    return tidy(text[found[0].start : found[-1].end]) if found else ""


def _is_thing(found: Sequence[Word], at: int, end: int) -> bool:
    """Whether words after a bare "not" or "nothing" are a thing and not what somebody does or where it is."""
    first = found[at].text
    does = first.endswith(("ing", "ly")) or first in nouns.bound("no_things_after_not")
    return not does and first not in nouns.bound("prepositions") and end - at < nouns.LONGEST_ITEM


def _nobody(text: str, found: Sequence[Word], hit: Hit[_Kind]) -> _Forbidden | None:
    """People are forbidden in "no one crossing"; "nobody notices him" is a story and forbids nothing."""
    people = "other people" if found[hit.last].text == "else" else "people"
    if hit.last + 1 == len(found) or nouns.mark(text, found, hit.last):
        return _Forbidden(hit.last, (people,))
    following = found[hit.last + 1].text
    if following in ("or", "and", "nor"):
        more = _things(text, found, Hit(_Kind.THING, hit.first, hit.last + 1)) if hit.last + 2 < len(found) else None
        return _Forbidden(more.last, (people, *more.terms)) if more else None
    if following.endswith("ing") or following in nouns.bound("prepositions") or following in ("visible", "there"):
        end = nouns.end(text, found, hit.last + 1)
        return _Forbidden(end, (f"{people} {_phrase(text, found[hit.last + 1 : end + 1])}",))
    by_name = found[hit.last].text in ("people", "person")
    return _Forbidden(hit.last, (people,)) if by_name else None


_FRAME = r"(?:\s+of\s+(?:the\s+)?(?:frame|shot|picture|it|this))?"
_KEPT_OUT = re.compile(
    rf"\b(?:keep|leave|crop|frame)\s+(?P<thing>[^,.;:!?\n]{{2,60}}?)\s+out{_FRAME}(?=\s*(?:[,.;:!?\n]|$))",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b([A-Za-z]+)-free\b")


def _kept_out(text: str) -> Iterator[_Cut]:
    """What is asked to be kept out: "keep the crew out of frame"."""
    for match in _KEPT_OUT.finditer(text):
        if term := bare(match.group("thing")):
            yield _Cut(match.start(), match.end(), (term,))


def _free(text: str) -> Iterator[_Cut]:
    """The text of "text-free"; not the hands of "hands-free"."""
    for match in _FREE.finditer(text):
        if match.group(1).lower() not in vocabulary.wordset("negation", "idioms", "free"):
            yield _Cut(match.start(), match.end(), (match.group(1),))


def _led_in(text: str, found: Sequence[Word], at: int) -> int:
    """Where the cut begins: "with", "but there are" and the like go with the negator they lead to."""
    while at > 0 and found[at - 1].text in nouns.bound("lead_ins") and not nouns.mark(text, found, at - 1).strip("–—"):
        at -= 1
    return found[at].start


def _filled(text: str, found: Sequence[Word], last: int) -> int:
    """Where the cut ends: "in sight", "can be seen" and the like go with the thing before them."""
    fillers = vocabulary.phrases("negation", "bounds", "fillers")
    while last + 1 < len(found) and not nouns.mark(text, found, last) and (hit := fillers.at(found, last + 1)):
        last = hit.last
    return found[last].end


def _without_overlaps(cuts: Sequence[_Cut]) -> list[_Cut]:
    kept: list[_Cut] = []
    for item in sorted(cuts, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _without_contrasts(text: str, cuts: Sequence[_Cut]) -> list[_Cut]:
    """The cuts whose things the rest of the text does not ask for."""
    rest = _folded(cut(text, [(item.start, item.end) for item in cuts]))
    return [item for item in cuts if not any(_folded(term) in rest for term in item.terms)]


def _folded(text: str) -> str:
    return f" {' '.join(singular(word.text) for word in words(text) if OPEN not in word.text)} "
