"""What a request says must not be seen, as bare terms, and the request without those words.

How it reads, sentence by sentence:

1. Two negations make a wish: "don't not use the lamps" becomes "use the lamps".
2. A negator is looked up ("no", "without", "don't show"); whether it counts, its place decides (`negators`).
3. The thing it forbids runs to the first word or mark that ends a noun phrase (`nouns`); "or", "nor" and "/" add more.
4. Absences that are said otherwise join: labelled lists, "keep ... out", "flare-free", "is not visible" (`absences`).
5. What forbids is cut out. What stays is the picture.
6. A thing that the rest of the text asks for is a contrast, not an exclusion (`contrasts`).

Quotes, signs, titles and idioms are out of reach here: `agent.reading.shield` has put placeholders in their place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.reading import absences, camera, contrasts, negators, nouns, vocabulary
from agent.reading.negators import Kind
from agent.reading.words import Hit, Lexicon, Word, cut, tidy, words


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What must not be seen, and the text that remains."""

    terms: tuple[str, ...]
    rest: str


@lru_cache(maxsize=64)  # a draft, an edit and what is compared read the same text
def read(text: str) -> Exclusions:
    """The exclusions of one shot's text."""
    text = undouble(_spelled_out(text))
    said_otherwise = [_Cut(*absence) for absence in absences.found_in(text, bare=bare)]
    cuts = _without_contrasts(text, _without_overlaps([*_cuts(text), *said_otherwise]))
    lines = cut(text, [(item.start, item.end) for item in cuts]).split("\n")
    rest = tidy("; ".join(line for line in lines if words(line))).lstrip(". ")
    return Exclusions(tuple(dict.fromkeys(term for item in cuts for term in item.terms)), rest)


def _spelled_out(text: str) -> str:
    """The text with signs that forbid ("🚫 logos") as the word."""
    for sign in vocabulary.listed("negation", "signs"):
        text = text.replace(sign, " no ")
    return text


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
    while found and (hit := negators.lexicon().at(found, 0)) is not None and hit.last + 1 < len(found):
        found = found[hit.last + 1 :]
    return _phrase(text, nouns.trimmed(found))


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


def _cuts(text: str) -> Iterator[_Cut]:
    """Every negator that counts, with what leads to it, what it forbids, and what trails behind."""
    found = words(text)
    done = -1
    for hit in negators.hits(text, found):
        if hit.first <= done:
            continue
        forbidden = _READERS.get(hit.meaning, _things)(text, found, hit)
        if forbidden is not None:
            done = forbidden.last
            yield _Cut(
                found[_start(text, found, hit)].start, found[_filled(text, found, forbidden.last)].end, forbidden.terms
            )


def _start(text: str, found: Sequence[Word], hit: Hit[Kind]) -> int:
    """The first of the words that lead to a negator."""
    return nouns.led_in(text, found, negators.led_from(text, found, hit.first))


def _things(text: str, found: Sequence[Word], hit: Hit[Kind]) -> _Forbidden | None:
    """The things after a negator, one or a list."""
    at: int | None = negators.thing_at(found, hit)
    last, terms = hit.last, list[str]()
    opens = negators.opens_clause(text, found, hit.first)
    first = _start(text, found, hit)
    told = first > 0 and not nouns.mark(text, found, first - 1)
    listing = opens or found[hit.first].text in nouns.bound("listing")
    removes = hit.meaning is Kind.OPENING and found[hit.first].text != "not"
    commands = hit.meaning is not Kind.THING or found[hit.last].text in nouns.bound("commands")
    runs_on = commands and negators.opens_sentence(text, found, hit.first)
    swaps = vocabulary.phrases("negation", "bounds", "swapping").at(found, hit.first) is not None
    while at is not None:
        end = nouns.end(text, found, at, tail=not swaps, told=told)
        term = _term(text, found, at, end)
        if not term or (hit.meaning is Kind.OPENING and not terms and not _is_thing(found, at, end)):
            break
        if _is_told_of(text, found, hit, end):
            break
        terms.append(term)
        last = end
        at = nouns.next_item(text, found, _filled(text, found, end), opens=listing, commanded=removes)
        listing = listing or (at is not None and nouns.runs_bare(text, found, at))
        if at is None and runs_on:
            at = _next_of_run(text, found, last)
    return _Forbidden(last, tuple(terms)) if terms else None


def _neither(text: str, found: Sequence[Word], hit: Hit[Kind]) -> _Forbidden | None:
    """What a clause lists and nothing else: "neither rain nor wind"; in "neither boy nor dog moves" both are there."""
    last, terms = hit.last, list[str]()
    at: int | None = hit.last + 1
    while at is not None:
        last = nouns.end(text, found, at, told=True)
        terms.append(_term(text, found, at, last))
        named = text[found[at].start].isupper()
        if named or found[last].text in nouns.bound("acts") or not nouns.is_plain(found[at : last + 1]):
            return None
        at = nouns.next_item(text, found, last, opens=False)
    shown = _filled(text, found, last)
    listed = len(terms) > 1 and (shown > last or any(nouns.is_seen(term) for term in terms))
    return _Forbidden(last, tuple(terms)) if listed and nouns.ends(text, found, shown) else None


def _is_told_of(text: str, found: Sequence[Word], hit: Hit[Kind], end: int) -> bool:
    """Whether a negator only says of how many something is told, so that the thing itself is there."""
    of_none = found[hit.first].text == "none"
    if not of_none and found[hit.last].text != "no":
        return False
    return nouns.does_something(text, found, end) or (of_none and nouns.has_something(text, found, end))


def _next_of_run(text: str, found: Sequence[Word], last: int) -> int | None:
    """Where the next thing of "exclude timestamps, crowds, cars." begins, if it is one that no other reader wants."""
    if last + 2 >= len(found) or nouns.mark(text, found, last) != ",":
        return None
    at = last + 1 + (found[last + 1].text in nouns.JOINING)
    if negators.lexicon().at(found, at) is not None and found[at].text not in nouns.bound("determiners"):
        return None
    end = nouns.end(text, found, at)
    item = text[found[at].start : found[end].end]
    closed = nouns.ends(text, found, end)
    return at if closed and nouns.is_plain(found[at : end + 1]) and not camera.read(item).values else None


def _term(text: str, found: Sequence[Word], at: int, end: int) -> str:
    kept = nouns.trimmed(found[at : end + 1])
    return "" if kept[0].text in nouns.bound("not_things") else _phrase(text, kept)


def _phrase(text: str, found: Sequence[Word]) -> str:
    return tidy(text[found[0].start : found[-1].end]) if found else ""


def _is_thing(found: Sequence[Word], at: int, end: int) -> bool:
    """Whether words after a bare "not" or "nothing" are a thing and not what somebody does or where it is."""
    first = found[at].text
    does = first.endswith(("ing", "ly")) or first in nouns.bound("no_things_after_not") | nouns.bound("acts")
    return not does and first not in nouns.bound("prepositions") and end - at < nouns.LONGEST_ITEM


def _nobody(text: str, found: Sequence[Word], hit: Hit[Kind]) -> _Forbidden | None:
    """People are forbidden in "no one crossing"; "nobody notices him" is a story and forbids nothing."""
    people = "other people" if found[hit.last].text == "else" else "people"
    if hit.last + 1 == len(found) or nouns.mark(text, found, hit.last) or _fillers().at(found, hit.last + 1):
        return _Forbidden(hit.last, (people,))
    following = found[hit.last + 1].text
    if following in ("or", "and", "nor"):
        more = _things(text, found, Hit(Kind.THING, hit.first, hit.last + 1)) if hit.last + 2 < len(found) else None
        return _Forbidden(more.last, (people, *more.terms)) if more else None
    if following.endswith("ing") or following in nouns.bound("prepositions") or following in nouns.bound("about"):
        end = nouns.end(text, found, hit.last + 1)
        where = _phrase(text, found[hit.last + 1 : end + 1])
        framed = _fillers().whole(where)
        return _Forbidden(end, (people if framed else f"{people} {where}",))
    by_name = found[hit.last].text in nouns.bound("people")
    return _Forbidden(hit.last, (people,)) if by_name else None


_READERS = {Kind.NOBODY: _nobody, Kind.NEITHER: _neither}


def _filled(text: str, found: Sequence[Word], last: int) -> int:
    """The last word of the cut: "in sight", "can be seen" and the like go with the thing before them."""
    while last + 1 < len(found) and not nouns.mark(text, found, last) and (hit := _fillers().at(found, last + 1)):
        last = hit.last
    return last


def _fillers() -> Lexicon[str]:
    return vocabulary.phrases("negation", "bounds", "fillers")


def _without_overlaps(cuts: Sequence[_Cut]) -> list[_Cut]:
    kept: list[_Cut] = []
    for item in sorted(cuts, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _without_contrasts(text: str, cuts: Sequence[_Cut]) -> list[_Cut]:
    """The cuts whose things the rest of the text does not ask for."""
    rest = contrasts.Rest(cut(text, [(item.start, item.end) for item in cuts]))
    asked = {term: rest.asks_for(term) for term in {term for item in cuts for term in item.terms}}
    return [item for item in cuts if not any(asked[term] for term in item.terms)]
