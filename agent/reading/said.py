"""A clause that does something to the film, beside the rest of its turn: what it names and what it is about."""

from dataclasses import dataclass
from itertools import pairwise

from agent.reading import ideas, vocabulary
from agent.reading.ideas import Told
from agent.reading.message import Message

_AROUND = frozenset({"ban", "add", "block", "film", "free", "stop", "see", "change", "style", "here", "this"})
"""Ideas whose words are never what a turn is about."""


@dataclass(frozen=True, slots=True)
class Said:
    """A clause that is a deed, with the rest of its turn.

    Attributes:
        clauses: All clauses of the turn, this one first.
    """

    clauses: tuple[Told, ...]
    message: Message

    @property
    def own(self) -> Told:
        """The clause itself."""
        return self.clauses[0]

    @property
    def shot(self) -> int | None:
        """The shot that it names, or some clause of the turn."""
        named = ideas.shots([self.own], self.message) or ideas.shots(self.clauses, self.message, loose=False)
        return named[0] if named else None

    @property
    def models(self) -> tuple[str, ...]:
        """The models it names."""
        return ideas.models(self.own.text, self.message)

    @property
    def strange(self) -> str:
        """The longest run of words in it that no idea knows: what it is about."""
        return runs(self.own, self.message)


def runs(told: Told, message: Message) -> str:
    """The words of a clause from the first strange one to the last, links between them kept."""
    strange = [
        nth
        for nth, (word, held) in enumerate(zip(told.found, told.at, strict=True))
        if not held & _AROUND and word.text not in vocabulary.wordset("turns", "bags", "glue")
    ]
    if not strange:
        return ""
    ends = [nth for nth, after in pairwise(strange) if any(told.at[m] & _AROUND for m in range(nth + 1, after))]
    last = ends[0] if ends else strange[-1]
    return message.shielded.unveil(told.text[told.found[strange[0]].start : told.found[last].end])
