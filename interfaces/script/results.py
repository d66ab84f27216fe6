"""What running a script gave: every turn with how it came out, also of a run that was stopped."""

from dataclasses import dataclass, field
from enum import StrEnum

from agent.events import Event
from interfaces.script.form import Answer, Say, Turn
from interfaces.script.matching import Happened
from interfaces.script.places import Place
from interfaces.script.reading import Written

Path = tuple[int | str, ...]


class End(StrEnum):
    """How a turn, or a whole script, came out."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Something expected that did not come, and where the script says so."""

    place: Place
    sentence: str
    diff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRan:
    """One turn of a script, played or not.

    Attributes:
        path: Where it stands among the script's parts; ``place`` where in its file.
    """

    conversation: str
    nth: int
    turn: Turn
    path: Path
    place: Place
    end: End = End.NOT_RUN
    misses: tuple[Missed, ...] = ()
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """What reports call it."""
        return f"{f'{self.conversation}, ' if self.conversation else ''}turn {self.nth}"

    @property
    def said(self) -> str:
        """The turn in words."""
        match self.turn:
            case Say():
                return self.turn.user
            case Answer():
                return self.turn.decide if self.turn.shot is None else f"{self.turn.decide} shot {self.turn.shot}"
            case _:
                return "wait"


@dataclass(kw_only=True)
class Ran:
    """One script; filled in while it is played.

    Attributes:
        coverage: Share of stored receipts that hold both blocks; ``None`` where it was not looked at.
        error: Why it could not be played at all, or to its end.
    """

    written: Written
    turns: list[TurnRan]
    film_id: str = ""
    happened: list[Happened] = field(default_factory=list[Happened])
    coverage: float | None = None
    spent_micro_usd: int = 0
    sandbox: bool = False
    error: str = ""

    @property
    def misses(self) -> tuple[Missed, ...]:
        """Everything expected that did not come."""
        return tuple(miss for turn in self.turns for miss in turn.misses)

    @property
    def uncovered(self) -> bool:
        """Whether something was sent without both blocks in it."""
        return self.coverage is not None and self.coverage < 1

    @property
    def end(self) -> End:
        """How the script came out: failed if anything of it did."""
        if self.error or self.uncovered or self.misses:
            return End.FAILED
        return End.NOT_RUN if any(turn.end is End.NOT_RUN for turn in self.turns) else End.PASSED

    @property
    def events(self) -> tuple[Event, ...]:
        """All that was heard, in the order in which it happened."""
        return tuple(sorted((each.event for each in self.happened), key=lambda event: event.number))


def begin(written: Written) -> Ran:
    """A script of which nothing has run yet."""
    turns = [
        TurnRan(conversation=name, nth=path[-1] + 1, turn=turn, path=path, place=written.place(*path))
        for name, path, turn in _turns(written)
    ]
    return Ran(written=written, turns=turns)


def _turns(written: Written) -> list[tuple[str, tuple[*tuple[int | str, ...], int], Turn]]:
    """Every turn with its conversation's name and its path."""
    script = written.script
    if script.turns is not None:
        return [("", ("turns", nth), turn) for nth, turn in enumerate(script.turns)]
    return [
        (talk.name, ("conversations", at, "turns", nth), turn)
        for at, talk in enumerate(script.conversations)
        for nth, turn in enumerate(talk.turns)
    ]
