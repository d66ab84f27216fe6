"""Short turns by the words they are made of, in whatever order: cues that must be there, and words that may be.

Where `agent.reading.forms` wants a turn word for word, a bag takes every order and every filler, and refuses a turn
that holds a single word more. So it reads what people say to the agent, and never a picture.
"""

from dataclasses import dataclass
from functools import cache

from agent.reading import figures, vocabulary
from agent.reading.words import words

LONGEST = 20
"""Words of a turn that is looked at."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of one kind of turn.

    Attributes:
        cues: Groups of words; the turn holds one of each group.
        may: All that it may hold besides, glue left out.
    """

    cues: tuple[frozenset[str], ...]
    may: frozenset[str]


def holds(text: str, name: str) -> bool:
    """Whether a text is made of that bag's words; figures count as glue."""
    found = [word.text for word in words(text)]
    if not found or len(found) > LONGEST:
        return False
    bag = _bag(name)
    said = set(found)
    known = bag.may.union(_glue(), *bag.cues)
    return all(group & said for group in bag.cues) and all(
        word in known or word.isdigit() or figures.count(word) is not None for word in said
    )


@cache
def _bag(name: str) -> Bag:
    cues = vocabulary.table("turns", "bags", name, "cues")
    groups = (vocabulary.wordset("turns", "bags", name, "cues", key) for key in cues)
    return Bag(tuple(groups), vocabulary.wordset("turns", "bags", name, "may"))


@cache
def _glue() -> frozenset[str]:
    return vocabulary.wordset("turns", "bags", "glue")
