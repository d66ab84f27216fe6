"""The vocabulary of negative terms: canonical id, layer, positive counterpart, and what contradicts a term."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from prompts import entries, phrases
from prompts.blocks import Layer
from prompts.lexicon import Registered, Thing, alone, index, lexicon, praise, thing_index

_REMEMBERED = 1024
"""Answers kept: routing writes a prompt for every model in reach, which asks the same of each term and one style."""

_MEDIUM = "$medium"
_FILMED = "photographed"

# "any unwanted text" and "live action look" are still text and live action.
_FILLERS_BEFORE = frozenset(
    {"a", "an", "the", "any", "some", "unwanted", "visible", "obvious", "accidental", "excessive", "unintended", "all"}
)
_FILLERS_AFTER = frozenset({"look", "style", "effect", "aesthetic", "feel", "appearance", "overall"})


class How(StrEnum):
    """How sure the layer of a term is."""

    REGISTERED = "the vocabulary has the term"
    CONTENT = "the vocabulary has it as a thing that pictures show, and no fault of one"
    HINTED = "guessed from a word in it"
    UNKNOWN = "nothing known; treated as content the film does not show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A layer and how it was found."""

    layer: Layer
    how: How

    @property
    def content(self) -> bool:
        """Whether it names something that a picture may show, and no fault of a picture."""
        return self.how in (How.CONTENT, How.UNKNOWN)


def known() -> tuple[str, ...]:
    """All canonical ids, in the order of the vocabulary."""
    return tuple(lexicon().terms)


def canonical(text: str) -> str | None:
    """The canonical id of a term; ``None`` if unknown. Case, hyphens, plural, "no ..." and weights do not matter."""
    return _found(text, index())


def identity(text: str) -> str:
    """What two entries share when they are the same thing: the canonical id, else the thing's name or folded words."""
    return canonical(text) or _found(text, thing_index()) or _key(text)


def guess(text: str) -> Guess:
    """The layer of any term.

    An unknown term is looked through for hint words, anatomy first. One without any names content ("lighthouse"); like
    the things that the vocabulary has, it goes by the format layer, whose channel can always name a thing.
    """
    entry = _entry(text)
    if isinstance(entry, Registered):
        return Guess(layer=entry.layer, how=How.REGISTERED)
    if entry is not None:
        return Guess(layer=Layer.FORMAT, how=How.CONTENT)
    words = _key(text)
    if words in alone():
        return Guess(layer=alone()[words], how=How.HINTED)
    for hinted, hints in lexicon().hints.items():
        if phrases.first_wanted(hints, words):
            return Guess(layer=hinted, how=How.HINTED)
    return Guess(layer=Layer.FORMAT, how=How.UNKNOWN)


def layer(text: str) -> Layer:
    """The layer a term goes by; `guess` says how it was found."""
    return guess(text).layer


def inversion(text: str, *, style: str) -> str | None:
    """The registered positive counterpart, never one that speaks against the style; ``None`` if there is none."""
    entry = _entry(text)
    if entry is None or not entry.inversion:
        return None
    if asked_for_by_style(text, style=style):
        return lexicon().neutral.statement
    return _medium(style) if entry.inversion == _MEDIUM else entry.inversion


def inverts(wording: str, text: str, *, style: str) -> bool:
    """Whether the wording is the term's positive counterpart for that style, or was one in an earlier vocabulary."""
    if wording == inversion(text, style=style):
        return True
    found = canonical(text)
    return found is not None and wording in (*lexicon().terms[found].formerly, *lexicon().neutral.formerly)


def opposites(text: str) -> tuple[str, ...]:
    """Words of a style that contradict the term: its own names, and what cannot be had without it."""
    found = canonical(text)
    entry_only = lexicon().terms[found].entry_only if found else ()
    return (*_plain_names(text), *entry_only)


def over_time(text: str) -> bool:
    """Whether a judge has to compare the start of a take with its end to see the thing."""
    found = canonical(text)
    return found is not None and lexicon().terms[found].over_time


def handmade(style: str) -> bool:
    """Whether the style names a medium that is made picture by picture: painted, drawn or modelled."""
    made = (word for name, medium in lexicon().media.items() if name != _FILMED for word in medium.words)
    return phrases.first_wanted(tuple(made), style) is not None


def asked_for_by_style(text: str, *, style: str) -> str | None:
    """The words of the style that ask for what the term forbids; ``None`` if there are none."""
    return _first_asked_for(opposites(text), style, own=text)


def asked_for_by_shot(text: str, *, shot: str) -> str | None:
    """The words of a shot that ask for what the term forbids; ``None`` if there are none.

    Quoted speech does not count, nor do names that mean something else in a story ("frozen" in "a frozen lake").
    """
    return _first_asked_for(_plain_names(text), phrases.unquoted(shot), own=text)


def is_praise(text: str) -> bool:
    """Whether the entry is a word of praise, which a negative block would steer away from."""
    return _key(text) in praise()


def _entry(text: str) -> Registered | Thing | None:
    """What the vocabulary has under that name."""
    if (term := canonical(text)) is not None:
        return lexicon().terms[term]
    thing = _found(text, thing_index())
    return lexicon().things[thing] if thing is not None else None


def _found(text: str, names: Mapping[str, str]) -> str | None:
    """The name that a text has in an index, once words of no weight around it are taken off."""
    words = _key(text).split()
    while words:
        if found := names.get(" ".join(words)):
            return found
        if words[0] in _FILLERS_BEFORE:
            words = words[1:]
        elif words[-1] in _FILLERS_AFTER:
            words = words[:-1]
        else:
            return None
    return None


@lru_cache(maxsize=_REMEMBERED)
def _key(text: str) -> str:
    return phrases.key(entries.read(text).text)


@lru_cache(maxsize=64)
def _medium(style: str) -> str:
    """The statement of what the style is made of; the first medium it names decides."""
    found = [
        (place, medium.statement)
        for medium in lexicon().media.values()
        for word in medium.words
        if (place := phrases.position(word, style)) is not None
    ]
    return min(found)[1] if found else lexicon().neutral.statement


@lru_cache(maxsize=_REMEMBERED)
def _plain_names(text: str) -> tuple[str, ...]:
    """As written, the id, its aliases, and what cannot be had without the thing."""
    written, entry = entries.read(text).text, _entry(text)
    if entry is None:
        return (written,)
    return (written, identity(text), *entry.aliases, *entry.wanted_by)


@lru_cache(maxsize=_REMEMBERED)
def _first_asked_for(words: tuple[str, ...], text: str, *, own: str) -> str | None:
    return phrases.first_wanted(words, _without_neighbours(text, words, own=canonical(own)))


def _without_neighbours(text: str, words: tuple[str, ...], *, own: str | None) -> str:
    """The text without longer names of other terms: "motion blur" must not count as "blur"."""
    rest = phrases.in_singular(text)
    mine = {phrases.key(word) for word in words}
    others = [spelling for spelling, term in index().items() if term != own and spelling in rest]
    for spelling in others:
        if any(_holds(spelling, word) for word in mine):
            rest = rest.replace(spelling, "…")
    return rest


def _holds(longer: str, shorter: str) -> bool:
    return bool(shorter) and longer != shorter and f" {shorter} " in f" {longer} "
