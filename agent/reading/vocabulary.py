"""The word lists of `prompts/vocabulary`, read once each when first needed.

English lies in the folder itself and is what the readers are written for. Another language is a folder of the same
files beside it (``prompts/vocabulary/es/camera.toml``), asked for with ``tongue="es"``; a file or list that it does
not have is empty. It never replaces an English list, because directors mix ("gros plan, slow push in, 35mm").

Where it joins: `agent.reading.message.receive` is the one place through which every turn comes. A language says there,
after quotes, titles and idioms are shielded and before anybody reads, which of its phrases stand for which English cue
("sin" for "no", "gros plan" for "close-up", "aprobado" for "approved"), and shields those of its words that English
would misread ("die", "on"). What it does not know stays as it was typed: that is the picture. So a language needs word
lists and nothing in the readers.

A phrase may hold ``{names}``: each stands for all the words under that name in the file's own table ``each``, so that
"{push} in" is "push in", "pushes in" and "pushing in".
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias, cast

from agent.reading.words import Lexicon, plain

ENGLISH = "en"

_EACH = "each"
_NAME = re.compile(r"\{(\w+)\}")

Entry: TypeAlias = "str | int | float | bool | list[str] | dict[str, Entry]"
"""What stands under one key of a word list: a word, a figure, a flag, a list of phrases, or a section of its own."""
Section: TypeAlias = Mapping[str, Entry]
"""A section of a word list."""


@cache
def table(name: str, *path: str, tongue: str = ENGLISH) -> Mapping[str, Entry]:
    """A table of ``<name>.toml``, or of one of its sections."""
    node: Entry = _file(name, tongue)
    for key in path:
        node = node.get(key, {}) if isinstance(node, dict) else {}
    return node if isinstance(node, dict) else {}


@cache
def listed(name: str, *path: str, tongue: str = ENGLISH) -> tuple[str, ...]:
    """A list of phrases; the last part of ``path`` is its key."""
    found = table(name, *path[:-1], tongue=tongue).get(path[-1])
    if found is None and tongue == ENGLISH:
        raise KeyError(f"{name}.toml has no list {'.'.join(path)}")
    return tuple(found) if isinstance(found, list) else ()


@cache
def tables(name: str, key: str) -> tuple[Section, ...]:
    """The sections of ``<name>.toml`` that stand in a row under one key, in their order."""
    rows: object = _file(name, ENGLISH).get(key)
    if not isinstance(rows, list):
        raise KeyError(f"{name}.toml has no sections {key}")
    return tuple(row for row in cast("list[Entry]", rows) if isinstance(row, dict))


@cache
def wordset(name: str, *path: str, tongue: str = ENGLISH) -> frozenset[str]:
    """A list of single words, for membership."""
    return frozenset(listed(name, *path, tongue=tongue))


@cache
def parts(name: str, *path: str) -> frozenset[str]:
    """Every word of a list's phrases."""
    return frozenset(part for phrase in listed(name, *path) for part in plain(phrase).split())


@cache
def phrases(name: str, *path: str, tongue: str = ENGLISH) -> Lexicon[str]:
    """A list of phrases as a lexicon; each means itself."""
    return Lexicon({phrase: phrase for phrase in listed(name, *path, tongue=tongue)})


@cache
def meanings(name: str, *path: str, tongue: str = ENGLISH) -> Lexicon[str]:
    """A table ``meaning = [phrases]``, or ``phrase = "meaning"``, as a lexicon."""
    return Lexicon(dict(_turned(table(name, *path, tongue=tongue))))


@cache
def _file(name: str, tongue: str) -> dict[str, Entry]:
    folder = files("prompts") / "vocabulary"
    path = (folder if tongue == ENGLISH else folder / tongue) / f"{name}.toml"
    if tongue != ENGLISH and not path.is_file():
        return {}
    read: dict[str, Entry] = tomllib.loads(path.read_text(encoding="utf-8"))
    each = read.pop(_EACH, None)
    return _spelled(read, each) if isinstance(each, dict) else read


def _spelled(entries: dict[str, Entry], each: Mapping[str, Entry]) -> dict[str, Entry]:
    """A table with every ``{name}`` in its phrases by all the words it stands for."""
    spelled: dict[str, Entry] = {}
    for key, entry in entries.items():
        if isinstance(entry, dict):
            spelled[key] = _spelled(entry, each)
        elif isinstance(entry, list):
            spelled[key] = [phrase for written in entry for phrase in _ways(written, each)]
        else:
            spelled[key] = entry
    return spelled


def _ways(phrase: str, each: Mapping[str, Entry]) -> Iterator[str]:
    match = _NAME.search(phrase)
    words = each.get(match.group(1)) if match else None
    if match is None or not isinstance(words, list):
        yield phrase
        return
    for word in words:
        yield from _ways(f"{phrase[: match.start()]}{word}{phrase[match.end() :]}", each)


def _turned(entries: Mapping[str, Entry]) -> Iterable[tuple[str, str]]:
    for key, value in entries.items():
        if isinstance(value, list):
            yield from ((phrase, key) for phrase in value)
        elif isinstance(value, str):
            yield key, value
