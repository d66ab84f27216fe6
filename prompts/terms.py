"""The vocabulary of negative terms: canonical id, layer, positive counterpart, and what contradicts a term."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field

from prompts import entries, phrases
from prompts.blocks import Layer

_MEDIUM = "$medium"

# "any unwanted text" and "live action look" are still text and live action.
_FILLERS_BEFORE = frozenset(
    {"a", "an", "the", "any", "some", "unwanted", "visible", "obvious", "accidental", "excessive", "unintended", "all"}
)
_FILLERS_AFTER = frozenset({"look", "style", "effect", "aesthetic", "feel", "appearance", "overall"})


class How(StrEnum):
    """How sure the layer of a term is."""

    REGISTERED = "the vocabulary has the term"
    HINTED = "guessed from a word in it"
    UNKNOWN = "nothing known; treated as content the film does not show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A layer and how it was found."""

    layer: Layer
    how: How


def known() -> tuple[str, ...]:
    """All canonical ids, in the order of the vocabulary."""
    return tuple(_vocabulary().terms)


def canonical(text: str) -> str | None:
    """The canonical id of a term however it is written (case, hyphens, plural, "no ...", alias); ``None`` if unknown."""
    words = phrases.key(entries.read(text).text).split()
    index = _index()
    while words:
        if found := index.get(" ".join(words)):
            return found
        if words[0] in _FILLERS_BEFORE:
            words = words[1:]
        elif words[-1] in _FILLERS_AFTER:
            words = words[:-1]
        else:
            return None
    return None


def identity(text: str) -> str:
    """What two entries share when they are the same thing: the canonical id, else the folded words."""
    return canonical(text) or phrases.key(entries.read(text).text)


def guess(text: str) -> Guess:
    """The layer of any term.

    An unknown term is looked through for hint words, anatomy first. One without any names content ("snow", "crowd"); it goes
    by the format layer, whose channel can always name a thing: nothing registered could say it positively.
    """
    found = canonical(text)
    if found is not None:
        return Guess(layer=_vocabulary().terms[found].layer, how=How.REGISTERED)
    words = phrases.key(text)
    for hinted, hints in _vocabulary().hints.items():
        if any(phrases.position(hint, words) is not None for hint in hints):
            return Guess(layer=hinted, how=How.HINTED)
    return Guess(layer=Layer.FORMAT, how=How.UNKNOWN)


def layer(text: str) -> Layer:
    """The layer a term goes by; `guess` says how it was found."""
    return guess(text).layer


def inversion(text: str, *, style: str) -> str | None:
    """The registered positive counterpart of a term that does not speak against the style; ``None`` if there is none."""
    found = canonical(text)
    if found is None:
        return None
    vocabulary = _vocabulary()
    if asked_for_by_style(text, style=style):
        return vocabulary.neutral.statement
    registered = vocabulary.terms[found].inversion
    return _medium(style) if registered == _MEDIUM else registered


def inversions(text: str) -> frozenset[str]:
    """Every wording `inversion` may give for a term, whatever the style; empty if it has none."""
    found = canonical(text)
    if found is None:
        return frozenset()
    vocabulary = _vocabulary()
    registered = vocabulary.terms[found].inversion
    statements = [medium.statement for medium in vocabulary.media.values()] if registered == _MEDIUM else [registered]
    return frozenset((*statements, vocabulary.neutral.statement))


def opposites(text: str) -> tuple[str, ...]:
    """Words of a style that contradict the term: its own names, and what cannot be had without it."""
    found = canonical(text)
    entry_only = _vocabulary().terms[found].entry_only if found else ()
    return (*_plain_names(text), *entry_only)


def asked_for_by_style(text: str, *, style: str) -> str | None:
    """The words of the style that ask for what the term forbids; ``None`` if there are none."""
    return _first_asked_for(opposites(text), style, own=text)


def asked_for_by_shot(text: str, *, shot: str) -> str | None:
    """The words of a shot that ask for what the term forbids; ``None`` if there are none.

    Quoted speech does not count, and neither do names that mean something else in a story ("frozen" in "a frozen lake").
    """
    return _first_asked_for(_plain_names(text), phrases.unquoted(shot), own=text)


def is_praise(text: str) -> bool:
    """Whether the entry is a word of praise, which a negative block would steer away from."""
    return phrases.key(text) in _praise()


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    layer: Layer
    inversion: str
    aliases: tuple[str, ...] = ()
    entry_only: tuple[str, ...] = ()
    wanted_by: tuple[str, ...] = ()


class _Medium(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    statement: str
    words: tuple[str, ...] = ()


class _Praise(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]


class _Vocabulary(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    media: Mapping[str, _Medium]
    neutral: _Medium
    terms: Mapping[str, _Entry] = Field(min_length=1)
    hints: Mapping[Layer, tuple[str, ...]]
    praise: _Praise


@cache
def _vocabulary() -> _Vocabulary:
    text = resources.files("prompts").joinpath("vocabulary", "terms.toml").read_text(encoding="utf-8")
    return _Vocabulary.model_validate(tomllib.loads(text))


@cache
def _index() -> Mapping[str, str]:
    """Canonical id by folded spelling."""
    return {phrases.key(spelling): term for term, spelling in _spellings()}


def _spellings() -> Iterator[tuple[str, str]]:
    for term, entry in _vocabulary().terms.items():
        yield from ((term, spelling) for spelling in (*entry.aliases, *entry.entry_only, term))


@cache
def _praise() -> frozenset[str]:
    return frozenset(phrases.key(word) for word in _vocabulary().praise.words)


def _medium(style: str) -> str:
    """The statement of what the style is made of; the first medium it names decides."""
    vocabulary = _vocabulary()
    found = [
        (place, medium.statement)
        for medium in vocabulary.media.values()
        for word in medium.words
        if (place := phrases.position(word, style)) is not None
    ]
    return min(found)[1] if found else vocabulary.neutral.statement


def _plain_names(text: str) -> tuple[str, ...]:
    """As written, the id, its aliases, and what cannot be had without the thing."""
    written = entries.read(text).text
    found = canonical(text)
    if found is None:
        return (written,)
    entry = _vocabulary().terms[found]
    return (written, found, *entry.aliases, *entry.wanted_by)


def _first_asked_for(words: tuple[str, ...], text: str, *, own: str) -> str | None:
    described = _without_neighbours(text, words, own=canonical(own))
    return next((word for word in words if phrases.asks_for(word, described)), None)


def _without_neighbours(text: str, words: tuple[str, ...], *, own: str | None) -> str:
    """The text without longer names of other terms: "motion blur" must not count as "blur"."""
    rest = phrases.in_singular(text)
    mine = {phrases.key(word) for word in words}
    for spelling, term in _index().items():
        if term != own and spelling not in mine and any(_holds(spelling, word) for word in mine):
            rest = rest.replace(spelling, "…")
    return rest


def _holds(longer: str, shorter: str) -> bool:
    return bool(shorter) and f" {shorter} " in f" {longer} "
