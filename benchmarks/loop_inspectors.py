"""Eyes that a film is made with for comparison: some see nothing, some guess, some know what was drawn."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import anyio

from agent.findings import Footage, Grade, Looked, Reading, Sight
from agent.screening import Screening
from prompts import terms as vocabulary
from prompts.blocks import Term

Says = Callable[[bytes, Term], bool]
"""Whether a term is said to be in a clip of these bytes."""

GUESSED = 0.05
"""How often a guess sees a term. Of the twelve terms of the default block one at least is seen in 46 % of all takes."""


@dataclass(frozen=True, slots=True)
class SayingEyes:
    """Eyes that are told of every term whether it is there, and believe it as they would a sure measure."""

    says: Says

    async def look(self, screening: Screening) -> Looked:
        """One reading per term."""
        content = await anyio.Path(screening.clip).read_bytes()
        readings = tuple(self._reading(content, term) for term in screening.prompt.terms)
        return Looked(footage=Footage(frames=48, seconds=2, width=64, height=36, fps=24), readings=readings)

    def _reading(self, content: bytes, term: Term) -> Reading:
        return Reading(
            check="a benchmark's eyes",
            terms=(vocabulary.identity(term.text),),
            grade=Grade.A,
            sight=Sight.SEEN if self.says(content, term) else Sight.ABSENT,
            reason="as told",
        )


def nothing(clip: bytes, term: Term) -> bool:
    """Never anything."""
    return False


def guess(clip: bytes, term: Term) -> bool:
    """The same for the same clip and term, and nothing to do with what it shows."""
    drawn = hashlib.sha256(hashlib.sha256(clip).digest() + term.text.encode()).digest()
    return int.from_bytes(drawn[:4]) / 2**32 < GUESSED
