"""What is going on right now, on one line: for the bar of the chat and the spinner beside a script."""

from collections.abc import Callable
from dataclasses import dataclass, field

from agent.events import Event, What
from interfaces.story import SANDBOX

MOST_SHOTS = 3  # a line of 80 columns holds no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """What a shot is at, and since when."""

    text: str
    since_us: int


@dataclass(slots=True, kw_only=True)
class UnderWay:
    """Follows events, and says what each shot is at. ``cost`` is what the film has cost, in words."""

    now_us: Callable[[], int]
    cost: str = ""
    _phases: dict[int, Phase] = field(default_factory=dict[int, Phase])

    def hear(self, event: Event, shot: int | None) -> None:
        """Take note of an event."""
        if shot is None:
            return
        if _rests(event):
            self._phases.pop(shot, None)
            return
        text = _phase(event)
        if text is not None and (shot not in self._phases or self._phases[shot].text != text):
            self._phases[shot] = Phase(text=text, since_us=event.at_us)

    def line(self) -> str:
        """The cost, then shots with what they are at."""
        now_us = self.now_us()
        told = [
            f"shot {number} {phase.text}, {max(0, now_us - phase.since_us) // 1_000_000} s"
            for number, phase in sorted(self._phases.items())
        ]
        more = [f"and {len(told) - MOST_SHOTS} more"] if len(told) > MOST_SHOTS else []
        return " · ".join(part for part in (self.cost, *told[:MOST_SHOTS], *more) if part)


def _rests(event: Event) -> bool:
    """Whether nothing happens to the shot by itself after this event."""
    declined = event.what is What.DECIDED and not event.data["approve"]
    return declined or event.what in (What.DELIVER, What.CHOOSE, What.ASK, What.HOLD, What.PICK)


def _phase(event: Event) -> str | None:
    """What the shot is at from this event on; ``None`` where the event changes nothing about that."""
    match event.what:
        case What.SHOT | What.DECIDED:
            return "looks for a model"
        case What.SUBMIT:
            return f"renders on {event.data['model']}{SANDBOX if event.data.get('sandbox') else ''}"
        case What.TAKE:
            return f"take {event.data['number']} is inspected"
        case What.VERDICT:
            return "is judged"
        case _:
            return None
