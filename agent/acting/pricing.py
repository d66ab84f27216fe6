"""What the next takes would cost, before anything is spent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent import choosing
from agent.composing import compose
from agent.errors import CountersteerError
from agent.film import Shot, ShotStatus
from agent.money import usd
from agent.policy.routing import Choice, Stop
from agent.studio import Studio
from agent.writing import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What the next take of a shot would be, and as what it would leave; without a choice, ``why`` says why."""

    shot: Shot
    choice: Choice | None
    why: str = ""
    written: Written | None = None

    @property
    def micro_usd(self) -> int:
        """Its price; nothing where nothing would be made."""
        return self.choice.cost_micro_usd if self.choice else 0

    def __str__(self) -> str:
        if self.choice is None:
            return f"shot {self.shot.number}: nothing can be made now, {self.why}"
        return f"shot {self.shot.number}: {self.choice.model}, {usd(self.micro_usd)} for {self.choice.seconds} s"


async def quote(studio: Studio, shot: Shot) -> Quote:
    """The model and price of a shot's next take as things stand; spends nothing."""
    try:
        found = await choosing.choose(studio, shot, await compose(studio, shot))
    except CountersteerError as error:
        return Quote(shot=shot, choice=None, why=str(error))
    if isinstance(found, Stop):
        return Quote(shot=shot, choice=None, why=found.reason)
    return Quote(shot=shot, choice=found.choice, written=found.written)


async def planned(studio: Studio, shots: Iterable[Shot]) -> tuple[str, ...]:
    """For each shot that only was planned: what it would be, and what to say for it."""
    quotes = [await quote(studio, shot) for shot in shots if shot.status is ShotStatus.PLANNED]
    if not quotes:
        return ()
    told = tuple(f"Planned, nothing sent: {each}." for each in quotes)
    return (*told, f"Say go for {usd(total(quotes))}.") if total(quotes) else told


def total(quotes: Sequence[Quote]) -> int:
    """What all of them cost together, micro USD."""
    return sum(each.micro_usd for each in quotes)
