"""Mistyped cue words put right: "clsoe up", "secnds", "teh". Names and the picture's own words are never touched."""

import re
from collections.abc import Iterator
from functools import cache

from agent.reading import vocabulary

SHORTEST = 5  # letters of a cue word; a shorter one is too near to other words

_LETTERS = re.compile(r"(?<![\w'])[a-z]+(?![\w'])", re.IGNORECASE)


def mended(text: str) -> str:
    """The text with its mistyped cue words put right; a capital inside a sentence may begin a name, so it stays."""
    return _LETTERS.sub(_mend, text)


def _mend(match: re.Match[str]) -> str:
    typed = match.group()
    if match.start() == 0 and typed.istitle():
        return _meant().get(typed.lower(), typed.lower()).capitalize()
    return _meant().get(typed, typed)


@cache
def _meant() -> dict[str, str]:
    """What each mistyped word stands for; one that could stand for two cues stands for none."""
    cues = vocabulary.wordset("spelling", "cues")
    right = cues | vocabulary.wordset("spelling", "right")
    meant: dict[str, str] = {}
    unclear: set[str] = set()
    for cue in sorted(cues):
        for slip in set(_slips(cue)) - right:
            unclear |= {slip} if meant.setdefault(slip, cue) != cue else set()
    often = {slip: word for word, slips in vocabulary.table("spelling", "often").items() for slip in _listed(slips)}
    return {slip: cue for slip, cue in meant.items() if slip not in unclear} | often


def _slips(word: str) -> Iterator[str]:
    """The word with two neighbours swapped, or a letter lost or doubled; its first letter stays."""
    if len(word) < SHORTEST:
        return
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _listed(entry: vocabulary.Entry) -> list[str]:
    return entry if isinstance(entry, list) else []
