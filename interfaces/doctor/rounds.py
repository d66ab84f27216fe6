"""The list of checks, and one round of all of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from interfaces.doctor import clips, jobs, money, shots, surroundings, times, words
from interfaces.doctor.patient import Complaint, Patient, Weight

Check = Callable[[Patient], Awaitable[list[Complaint]]]
"""Looks at one thing that must always hold; the first line of its docstring is that sentence."""

CHECKS: tuple[Check, ...] = (
    jobs.ended,
    jobs.known,
    jobs.bought,
    words.both_blocks,
    shots.going_on,
    clips.as_they_came,
    clips.looked_at,
    money.adds_up,
    money.within_ceilings,
    words.answered_once,
    words.answered,
    clips.apart,
    clips.owned,
    clips.whole,
    times.due,
    surroundings.read,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One thing that must always hold, and what is against it."""

    sentence: str
    complaints: tuple[Complaint, ...]

    @property
    def broken(self) -> tuple[Complaint, ...]:
        """What must not be."""
        return tuple(each for each in self.complaints if each.weight is Weight.BROKEN)


async def examine(patient: Patient) -> tuple[Held, ...]:
    """Every check, in the order of the list."""
    return tuple([Held(sentence=_sentence(check), complaints=tuple(await check(patient))) for check in CHECKS])


def _sentence(check: Check) -> str:
    return (check.__doc__ or "").partition("\n")[0].rstrip(".")
