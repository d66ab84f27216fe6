"""Errands: what any worker of a house may do next, kept as rows until it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Task(StrEnum):
    """What is to be done with the subject."""

    TURN = "turn"  # act on a message
    SHOT = "shot"  # let a shot go on from where its rows say it stands
    JOB = "job"  # look in on a job before its time


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One thing to do.

    Attributes:
        subject_id: Id of the turn, shot or job.
        line: Errands of one line are done one after another, in the order they were handed over.
        number: Its place among all; 0 until it is kept.
        taken: How often somebody set out to do it; above 1, somebody did not come back.
    """

    task: Task
    subject_id: str
    line: str
    number: int = 0
    taken: int = 0


class Errands(Protocol):
    """Rows of what is to be done, shared by all processes of a house."""

    async def hand_over(self, errands: Sequence[Errand]) -> None:
        """Keep them in that order; one that waits already is not kept twice."""
        ...

    async def take(self, *, holder: str, most: int, for_s: float) -> tuple[Errand, ...]:
        """The oldest that nobody does: the first of their lines, from now on the holder's for that long."""
        ...

    async def keep(self, *, holder: str, for_s: float) -> None:
        """Prolong all that the holder has taken."""
        ...

    async def put_back(self, *, holder: str) -> None:
        """Let others take what the holder has not done."""
        ...

    async def done(self, errand: Errand, *, holder: str) -> None:
        """Strike it off, unless somebody else has taken it over."""
        ...

    async def adrift(self, *, late_s: float) -> tuple[Errand, ...]:
        """What should move and nobody has in hand: no errand, no lease, and no job due at most that long ago."""
        ...

    async def fits(self) -> None:
        """Whether the tables are still those this program knows.

        Raises:
            OutdatedError: A newer program has brought them up meanwhile.
        """
        ...

    async def quiet(self) -> bool:
        """Whether nothing is left to do: no errand, no turn without its reply, no shot on its way."""
        ...


def of_turn(turn_id: str, *, conversation_id: str) -> Errand:
    """Act on a message, after those before it in its conversation."""
    return Errand(task=Task.TURN, subject_id=turn_id, line=f"conversation:{conversation_id}")


def of_shot(shot_id: str) -> Errand:
    """Let a shot go on."""
    return Errand(task=Task.SHOT, subject_id=shot_id, line=f"shot:{shot_id}")


def of_job(job_id: str, *, shot_id: str) -> Errand:
    """Look in on a job of a shot."""
    return Errand(task=Task.JOB, subject_id=job_id, line=f"shot:{shot_id}")
