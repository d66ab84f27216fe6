"""What acting on one intent gave."""

from collections.abc import Iterable
from dataclasses import dataclass

from agent.history import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The turn being acted on.

    Attributes:
        current: Number of the shot that is meant where none is named.
    """

    id: str
    project_id: str
    conversation_id: str
    current: int | None = None

    @property
    def cause(self) -> Cause:
        """What its changes are owed to."""
        return Cause(turn_id=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Sentences for the person, and the shots whose graph has to run or go on.

    Attributes:
        start: Shots to run from the top.
        answered: Shots whose open question was answered; their graph goes on where it paused.
    """

    lines: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Several as one."""
    each = tuple(outcomes)
    return Outcome(
        lines=tuple(line for outcome in each for line in outcome.lines),
        start=tuple(shot_id for outcome in each for shot_id in outcome.start),
        answered=tuple(shot_id for outcome in each for shot_id in outcome.answered),
    )
