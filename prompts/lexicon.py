"""The vocabulary file as a value: terms, things, media, hints and praise, read once."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field

from prompts import phrases
from prompts.blocks import Layer


class Registered(BaseModel):
    """One term of the vocabulary; the fields are explained at the head of ``terms.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    layer: Layer
    inversion: str
    aliases: tuple[str, ...] = ()
    entry_only: tuple[str, ...] = ()
    wanted_by: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    over_time: bool = False


class Thing(BaseModel):
    """What a picture may well show: no fault, and so without a layer; the fields are those of a term.

    Attributes:
        inversion: Empty where the thing can only be named.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    inversion: str = ""
    aliases: tuple[str, ...] = ()
    wanted_by: tuple[str, ...] = ()


class Statement(BaseModel):
    """What a medium is made of, in words that can stand for a format term, and the words of a style that name it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statement: str
    words: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()


class Words(BaseModel):
    """A plain list of words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]


class Lettering(BaseModel):
    """Words by which a shot tells of lettering; explained in ``terms.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reads: tuple[str, ...]
    carriers: tuple[str, ...]
    says: tuple[str, ...]
    camera: tuple[str, ...]


class Lexicon(BaseModel):
    """All of ``terms.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    media: Mapping[str, Statement]
    neutral: Statement
    terms: Mapping[str, Registered] = Field(min_length=1)
    things: Mapping[str, Thing]
    hints: Mapping[Layer, tuple[str, ...]]
    alone: Mapping[Layer, tuple[str, ...]]
    praise: Words
    lettering: Lettering


@cache
def lexicon() -> Lexicon:
    """The vocabulary shipped with the package."""
    text = resources.files("prompts").joinpath("vocabulary", "terms.toml").read_text(encoding="utf-8")
    return Lexicon.model_validate(tomllib.loads(text))


@cache
def index() -> Mapping[str, str]:
    """Canonical id by the key of every spelling."""
    return {phrases.key(spelling): term for term, spelling in _spellings()}


@cache
def thing_index() -> Mapping[str, str]:
    """A thing's name by the key of every spelling."""
    named = ((name, spelling) for name, thing in lexicon().things.items() for spelling in (*thing.aliases, name))
    return {phrases.key(spelling): name for name, spelling in named}


@cache
def alone() -> Mapping[str, Layer]:
    """The layer that a word hints at where it is the whole entry, by its key."""
    return {phrases.key(word): layer for layer, words in lexicon().alone.items() for word in words}


@cache
def praise() -> frozenset[str]:
    """Keys of the words of praise."""
    return frozenset(phrases.key(word) for word in lexicon().praise.words)


def _spellings() -> Iterator[tuple[str, str]]:
    for term, entry in lexicon().terms.items():
        yield from ((term, spelling) for spelling in (*entry.aliases, *entry.entry_only, term))
