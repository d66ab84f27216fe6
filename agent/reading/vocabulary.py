"""The word lists of `prompts/vocabulary`, read once each when first needed."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from agent.reading.words import Lexicon

Entry: TypeAlias = "str | int | bool | list[str] | dict[str, Entry]"
"""What stands under one key of a word list: a word, a figure, a flag, a list of phrases, or a section of its own."""


@cache
def table(name: str, *path: str) -> Mapping[str, Entry]:
    """A table of ``<name>.toml``, or of one of its sections."""
    node: Entry = _file(name)
    for key in path:
        node = node.get(key, {}) if isinstance(node, dict) else {}
    return node if isinstance(node, dict) else {}


@cache
def listed(name: str, *path: str) -> tuple[str, ...]:
    """A list of phrases; the last part of ``path`` is its key."""
    found = table(name, *path[:-1])[path[-1]]
    return tuple(found) if isinstance(found, list) else ()


@cache
def wordset(name: str, *path: str) -> frozenset[str]:
    """A list of single words, for membership."""
    return frozenset(listed(name, *path))


@cache
def phrases(name: str, *path: str) -> Lexicon[str]:
    """A list of phrases as a lexicon; each means itself."""
    return Lexicon({phrase: phrase for phrase in listed(name, *path)})


@cache
def meanings(name: str, *path: str) -> Lexicon[str]:
    """A table ``meaning = [phrases]``, or ``phrase = "meaning"``, as a lexicon."""
    return Lexicon(dict(_turned(table(name, *path))))


@cache
def _file(name: str) -> dict[str, Entry]:
    return tomllib.loads((files("prompts") / "vocabulary" / f"{name}.toml").read_text(encoding="utf-8"))


def _turned(entries: Mapping[str, Entry]) -> Iterable[tuple[str, str]]:
    for key, value in entries.items():
        if isinstance(value, list):
            yield from ((phrase, key) for phrase in value)
        elif isinstance(value, str):
            yield key, value
