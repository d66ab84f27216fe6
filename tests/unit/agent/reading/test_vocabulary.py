"""Word lists: what a phrase with names in it stands for, and that nothing stands in them in vain."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.reading import deeds, vocabulary

ROOT = Path(__file__).parents[4]
READING, VOCABULARY = ROOT / "agent" / "reading", ROOT / "prompts" / "vocabulary"


def literals(*rooms: Path) -> set[str]:
    """Everything between quotation marks in the source of those folders."""
    sources = "\n".join(source.read_text(encoding="utf-8") for room in rooms for source in room.rglob("*.py"))
    return {said for pattern in (r'"([^"\n]+)"', r"'([^'\n]+)'") for said in re.findall(pattern, sources)}


def spelled_in(entries: vocabulary.Section, *path: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The lists of phrases in a file, with the keys that lead to each; rows of sections hold no phrases."""
    for key, entry in entries.items():
        if isinstance(entry, dict):
            yield from spelled_in(entry, *path, key)
        elif isinstance(entry, list) and key != "deeds":
            yield (*path, key), entry


def test_a_name_in_a_phrase_stands_for_each_of_its_words() -> None:
    spelled = vocabulary.table("camera", "sure", "movement")["push in"]
    assert isinstance(spelled, list)
    assert {"push in", "pushes in", "pushing in"} <= set(spelled)


def test_every_name_in_a_phrase_of_what_is_forbidden_is_filled() -> None:
    lists = [entry for entry in vocabulary.table("negation").values() if isinstance(entry, list)]
    assert not [phrase for listed in lists for phrase in listed if "{" in phrase]


def test_other_braces_stay_for_those_who_read_them() -> None:
    assert any("{shot}" in form for form in vocabulary.listed("turns", "forms", "move_at"))


@pytest.mark.parametrize("path", sorted(VOCABULARY.rglob("*.toml")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_list_names_a_phrase_twice_and_no_name_of_phrases_is_left_unused(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    entries = tomllib.loads(text)
    twice = [
        (key, phrase)
        for key, phrases in spelled_in(entries)
        for phrase, times in Counter(" ".join(phrase.casefold().split()) for phrase in phrases).items()
        if times > 1
    ]
    assert twice == []
    assert [name for name in entries.get("each", {}) if f"{{{name}}}" not in text] == []


def test_every_idea_is_wanted_by_a_deed_and_every_deed_wants_known_ideas() -> None:
    named = set(vocabulary.table("deeds", "ideas"))
    wanted = {
        idea
        for deed in deeds.all_of_them()
        for idea in (*deed.barred, *deed.known)
        if not idea.startswith("#")  # figures and names that the film knows
    }
    assert wanted <= named
    assert named <= wanted | literals(READING)


def test_every_list_is_read_by_somebody() -> None:
    said = literals(READING, VOCABULARY.parent)
    unread = [
        f"{path.stem}: {'.'.join(key)}"
        for path in VOCABULARY.glob("*.toml")
        for key, _ in spelled_in(tomllib.loads(path.read_text(encoding="utf-8")))
        if said.isdisjoint(key)
    ]
    assert unread == []
