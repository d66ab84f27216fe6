"""What acting on one intent gave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The turn being acted on."""

    id: str
    project_id: str
    conversation_id: str


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
