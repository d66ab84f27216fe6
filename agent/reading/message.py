"""The turn as every reader gets it: clean, with its quotes shielded, beside what the film knows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.intents import Intent, Scene
from agent.reading import enumerating, figures, shield, vocabulary
from agent.reading.shield import Shielded
from agent.reading.tongues import saying
from agent.reading.words import plain, tidy, words
from prompts import normal

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_SHOTS = re.compile(
    r"\b(?:shots?|sh)\s?#?(?P<first>\d{1,4})(?P<more>(?:\s?(?:,|and|&|to|-|–|through)\s?(?:shots?\s)?\d{1,4})*)\b",
    re.IGNORECASE,
)
_STEP = re.compile(r"(?P<link>,|and|&|to|-|–|through)\s?(?:shots?\s)?(?P<number>\d{1,4})", re.IGNORECASE)
MOST_NUMBERS = 200


@dataclass(frozen=True, slots=True)
class Message:
    """A turn, clean and shielded.

    Attributes:
        text: With placeholders for quotes, titles and idioms; lines are kept.
    """

    text: str
    shielded: Shielded
    scene: Scene

    @property
    def plain(self) -> str:
        """The words alone, lower case."""
        return plain(self.text)

    def about(self, text: str) -> "Message":
        """The same turn, looking at a piece of its text."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a reader made of a message, and what should be said about it."""

    intents: tuple[Intent, ...]
    remarks: tuple[str, ...] = ()


def receive(typed: str, *, scene: Scene) -> tuple[Message, tuple[str, ...]]:
    """The message behind what was typed, and what hygiene has to tell.

    What another language says is said again in English cues between the shield and the message, see
    `agent.reading.tongues`.
    """
    lines = [normal.clean(line) for line in typed.splitlines()]
    text = "\n".join(line.text for line in lines if line.text).translate(_APOSTROPHES)
    strays = ", ".join(dict.fromkeys(stray for line in lines for stray in line.strays))
    hidden = shield.shield(text)
    shielded = saying.say_again(replace(hidden, text=enumerating.labelled(hidden.text)))
    told = (f"taken out of your message: {strays}",) if strays else ()
    return Message(shielded.text, shielded, scene), told


def numbers(text: str) -> tuple[tuple[int, ...], str]:
    """Shot numbers a text names ("shots 4 to 6"), in order, and the text without them."""
    match = _SHOTS.search(text)
    if match is None:
        return (), text
    found = [int(match.group("first"))]
    for step in _STEP.finditer(match.group("more")):
        number = int(step.group("number"))
        ranged = step.group("link").lower() not in (",", "and", "&") and found[-1] < number <= found[-1] + MOST_NUMBERS
        found += range(found[-1] + 1, number + 1) if ranged else (number,)
    return tuple(dict.fromkeys(found)), tidy(text[: match.start()] + " " + text[match.end() :])


def is_made_of(text: str, lists: Sequence[tuple[str, ...]], *, extra: frozenset[str] = frozenset()) -> bool:
    """Whether a text holds nothing but words of those lists, figures aside."""
    known = extra.union(*(vocabulary.parts(*path) for path in lists))
    return all(word.text in known or figures.count(word.text) is not None for word in words(text))
