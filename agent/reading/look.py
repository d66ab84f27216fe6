"""Light, colour, composition, air, mood and manner of a shot, read from one clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from agent.reading import vocabulary
from agent.reading.shield import Kind, Shielded
from agent.reading.words import Hit, Lexicon, Word, words

PARTS = ("lighting", "palette", "composition", "atmosphere", "mood")
LONGEST_MOVED = 8  # words; a longer clause tells of more than its light


@dataclass(frozen=True, slots=True)
class Look:
    """What a clause says of the look.

    Attributes:
        values: Text by part.
        rest: The clause, or nothing where all of it moved into a part.
    """

    values: tuple[tuple[str, str], ...]
    rest: str


def read(clause: str, *, shielded: Shielded) -> Look:
    """A clause that is nothing but look moves; look words inside a longer one are copied and stay readable in place."""
    found = words(clause)
    if not found:
        return Look((), clause)
    manner = _manner(clause, found, shielded)
    if manner is not None:
        return manner
    whole = _whole(found)
    if whole is not None:
        return Look(((whole, clause),), "")
    heads = [hit for hit in _lexicon().hits(found) if _is_head(clause, found, hit)]
    if heads and _moves(clause, found, heads):
        part = _head_of(clause, found, heads).meaning
        return Look(((part, clause),), "")
    copied = [(hit.meaning, clause[found[hit.first].start : found[hit.last].end]) for hit in heads]
    return Look((*copied, *_names(clause, found)), clause)


def _whole(found: Sequence[Word]) -> str | None:
    """The part that a clause fills entirely, word for word."""
    said = {word.text for word in found}
    text = " ".join(word.text for word in found)
    for part in ("lighting", "atmosphere"):
        if vocabulary.phrases(part, "alone").whole(text):
            return part
    colours, beside = vocabulary.wordset("palette", "colours"), vocabulary.wordset("palette", "beside")
    if said & colours and said <= colours | beside:
        return "palette"
    covered = {word.text for hit in _moods().hits(found) for word in found[hit.first : hit.last + 1]}
    return "mood" if covered and said <= covered | vocabulary.wordset("mood", "beside") else None


@cache
def _moods() -> Lexicon[str]:
    return vocabulary.phrases("mood", "terms")


@cache
def _lexicon() -> Lexicon[str]:
    parts = [part for part in PARTS if part != "mood"]
    return Lexicon({phrase: part for part in parts for phrase in vocabulary.listed(part, "terms")})


def _is_head(clause: str, found: Sequence[Word], hit: Hit[str]) -> bool:
    """Whether the phrase ends its noun phrase: "neon" in "neon on wet glass", not in "a neon sign buzzes"."""
    if hit.last + 1 == len(found):
        return True
    following = found[hit.last + 1]
    apart = clause[found[hit.last].end : following.start].strip()
    linked = following.text in _links() or following.text.endswith("ing")
    return (bool(apart) and apart != "-") or (linked and apart != "-")


def _moves(clause: str, found: Sequence[Word], heads: Sequence[Hit[str]]) -> bool:
    """Whether the clause is about its look: short, led by it, and about nobody."""
    if len(found) > LONGEST_MOVED or heads[0].first > 3:
        return False
    before = {word.text for word in found[: heads[0].first]}
    if before & (_links() | {"the", "it", "it's", "there's"}) or {word.text for word in found} & vocabulary.wordset(
        "people", "somebody"
    ):
        return False
    return not any(clause[word.start].isupper() for word in found[1:])


def _head_of(clause: str, found: Sequence[Word], heads: Sequence[Hit[str]]) -> Hit[str]:
    """The last look phrase before the first link word: "cool strip light gliding across the fog" is about light."""
    link = next((at for at, word in enumerate(found) if word.text in _links() or word.text.endswith("ing")), len(found))
    return next((hit for hit in reversed(heads) if hit.last < link), heads[0])


def _manner(clause: str, found: Sequence[Word], shielded: Shielded) -> Look | None:
    """A clause that says in whose manner the shot is; what stands before "in the style of" stays."""
    lead = next((hit for hit in _leads().hits(found) if _names_follow(clause, found, hit, shielded)), None)
    if lead is not None:
        start = found[lead.first].start
        return Look((("attribution", clause[start:]),), clause[:start])
    if _surname().whole(clause) or _full_name().whole(clause):
        return Look((("attribution", clause),), "")
    named = _names(clause, found) or _surname().hits(found) or _titles(found, shielded)
    if named and len(found) <= LONGEST_MOVED and found[-1].text in vocabulary.wordset("people", "after"):
        return Look((("attribution", clause),), "")
    return None


def _names_follow(clause: str, found: Sequence[Word], lead: Hit[str], shielded: Shielded) -> bool:
    """Whether a name comes next; after a short lead such as "by" only a name that is known."""
    at = lead.last + 1
    if at >= len(found):
        return False
    known = _full_name().at(found, at) or _surname().at(found, at)
    capital = clause[found[at].start].isupper() or bool(_titles(found[at : at + 1], shielded))
    return bool(known) if len(lead.meaning) < 6 else bool(known) or capital


def _names(clause: str, found: Sequence[Word]) -> list[tuple[str, str]]:
    return [("attribution", clause[found[hit.first].start : found[hit.last].end]) for hit in _full_name().hits(found)]


def _titles(found: Sequence[Word], shielded: Shielded) -> bool:
    passages = (shielded.passage(word.text) for word in found)
    return any(passage is not None and passage.kind is Kind.TITLE for passage in passages)


@cache
def _leads() -> Lexicon[str]:
    return vocabulary.phrases("people", "before")


@cache
def _surname() -> Lexicon[str]:
    return vocabulary.phrases("people", "surnames")


@cache
def _full_name() -> Lexicon[str]:
    return vocabulary.phrases("people", "full")


def _links() -> frozenset[str]:
    return vocabulary.wordset("lighting", "links")
