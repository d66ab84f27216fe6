"""The story in sentences: one teller per kind of event, the same for every door."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from agent.events import Event, What
from agent.film import Decision
from agent.findings import Sight
from agent.money import usd
from agent.troubles import Trouble
from prompts.rendering import Change

Data = Mapping[str, Any]
SANDBOX = " [sandbox]"
_MARKS = {Sight.SEEN: "SEEN", Sight.UNSURE: "unsure", Sight.NOT_INSPECTABLE: "nobody looked", Sight.ABSENT: "absent"}


class Tone(StrEnum):
    """How a line is meant; a door chooses its colours by it."""

    PLAIN = "plain"
    PERSON = "person"  # what the director said
    GOOD = "good"
    BAD = "bad"
    OPEN = "open"  # somebody has to look or decide
    MOVE = "move"  # another model
    QUIET = "quiet"  # reasons and figures, for who wants them


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the story.

    Attributes:
        shot: The shot's number; ``None`` where it concerns no single shot.
        under: Whether it explains the line above it.
    """

    text: str
    tone: Tone = Tone.PLAIN
    shot: int | None = None
    under: bool = False

    @property
    def margin(self) -> str:
        """What stands before the text: whose line it is, and how deep."""
        head = f"shot {self.shot} | " if self.shot is not None else ""
        return f"{head}  " if self.under else head

    def __str__(self) -> str:
        return f"{self.margin}{self.text}"


def tell(event: Event, *, shot: int | None = None) -> tuple[Line, ...]:
    """The event's lines; none for what a reader need not hear. ``shot`` is the shot's number."""
    return tuple(replace(line, shot=shot) for line in TELLERS[event.what](event.data))


def chip(sight: Sight) -> str:
    """The word on a term's chip."""
    return _MARKS[sight]


def tone(sight: Sight) -> Tone:
    """How a finding is meant."""
    return _TONES[sight]


def _said(data: Data) -> tuple[Line, ...]:
    return tuple(Line(text=text) for text in str(data["text"]).splitlines())


def _read(data: Data) -> tuple[Line, ...]:
    """Who read the message, and what that took."""
    read, written, cost = data["tokens_read"], data["tokens_written"], data["cost_micro_usd"]
    tokens = (
        "it does not say how many tokens" if None in (read, written) else f"{read:,} tokens read, {written:,} written"
    )
    price = "" if cost is None else f", ${cost / 1e6:.4f}"
    how = "read your message" if data["planner"] == data["model"] else "was asked in vain"
    return (Line(text=f"{data['model']} {how}: {tokens}{price}", tone=Tone.QUIET),)


def _silent(data: Data) -> tuple[Line, ...]:
    return ()


def _route(data: Data) -> tuple[Line, ...]:
    verb = "re-routed to" if data["reroute"] else "again on" if data["retake"] else "goes to"
    head = f"{verb} {data['model']}{_sandbox(data)}: {usd(data['cost_micro_usd'])} for {data['seconds']} s"
    move = Tone.MOVE if data["reroute"] else Tone.PLAIN
    return (Line(text=head, tone=move), *(_under(reason) for reason in data["reasons"]))


def _rendering(data: Data) -> tuple[Line, ...]:
    by_channel: dict[str, list[str]] = {}
    for term, channel in data["channels"].items():
        by_channel.setdefault(channel, []).append(term)
    told = (f"negatives as {channel}: {', '.join(terms)}" for channel, terms in by_channel.items())
    notes = (_under(f"note: {sentence}") for sentence in _worth_saying(data["notes"]))
    return (*(Line(text=text, tone=Tone.QUIET) for text in told), *notes)


def _worth_saying(notes: Sequence[Mapping[str, str]]) -> list[str]:
    """What was cut, stripped or left out. Which channel a term took is told by the line above them."""
    return [note["sentence"] for note in notes if note["change"] != Change.MOVED]


def _ask(data: Data) -> tuple[Line, ...]:
    match data["kind"]:
        case "spend":
            cost = f"{usd(data['cost_micro_usd'])} for {data['seconds']} s"
            return (Line(text=f"YOUR YES: {data['model']} would cost {cost}. Say yes or no.", tone=Tone.OPEN),)
        case "refused":
            told = f"REFUSED by {data['model']}: {data['message']}"
            return (
                Line(text=told, tone=Tone.BAD),
                _under("Say yes for another model, no to leave it, or change the shot.", Tone.OPEN),
            )
        case _:
            price = usd(data["cost_micro_usd"])
            told = f"UNKNOWN: {data['model']} may have accepted and billed {price} ({data['message']})"
            return (
                Line(text=told, tone=Tone.BAD),
                _under("It counts as spent. Nothing is sent again unless you say yes.", Tone.OPEN),
            )


def _line(data: Data) -> tuple[Line, ...]:
    if not data["slots"]:
        return (Line(text=f"{data['model']} asks to be left alone for a while; it goes out then", tone=Tone.QUIET),)
    busy = f"all {data['slots']} slots" if data["slots"] > 1 else "the only slot"
    return (Line(text=f"{data['model']}: {busy} busy; it goes out when one is free", tone=Tone.QUIET),)


def _overdue(data: Data) -> tuple[Line, ...]:
    told = f"{data['model']}: not done after {data['minutes']} min, longer than it should ever take"
    advice = "It may still come and is still looked at; its money stays promised. Cancel the shot to give it up."
    return (Line(text=told, tone=Tone.OPEN), _under(advice))


def _trouble(data: Data) -> tuple[Line, ...]:
    lost = data["step"] == "media lost"
    advice = "the clip could not be fetched, and may have been billed" if lost else Trouble(data["trouble"]).advice
    return (Line(text=f"{data['model']}: {data['message']}", tone=Tone.OPEN), _under(advice))


def _take(data: Data) -> tuple[Line, ...]:
    return (Line(text=f"{_named(data)}: {usd(data['cost_micro_usd'])}, being inspected"),)


def _verdict(data: Data) -> tuple[Line, ...]:
    chips: dict[Sight, list[str]] = {}
    for term, sight in data["findings"].items():
        chips.setdefault(Sight(sight), []).append(term)
    seen = tuple(
        _under(f"{mark}: {', '.join(chips[sight])}", _TONES[sight]) for sight, mark in _MARKS.items() if sight in chips
    )
    decision = Decision(data["decision"])
    head = f"take {data['number']}: {decision.upper()}"
    decided = Line(text=head if seen else f"{head}, {data['reason']}", tone=_DECIDED[decision])
    return (decided, *seen, *(_under(f"hint: {hint}") for hint in data["hints"]))


def _deliver(data: Data) -> tuple[Line, ...]:
    head = Line(text=f"DELIVERED: {_named(data)}", tone=Tone.GOOD)
    blind = ", ".join(data["nobody_looked"])
    return (head, _under(f"nobody could look at: {blind}", Tone.OPEN)) if blind else (head,)


def _choose(data: Data) -> tuple[Line, ...]:
    head = Line(text=f"YOUR CHOICE: {data['reason']}", tone=Tone.OPEN)
    takes = tuple(_under(f"{_named(take)}: {take['reason']}", Tone.PLAIN) for take in data["takes"])
    return (head, *takes, _under("Say for example: circle take 1, or: again with Kling.")) if takes else (head,)


def _hold(data: Data) -> tuple[Line, ...]:
    text = data["reason"] if data.get("cancelled") else f"WAITS: {data['reason']}"
    return (Line(text=text, tone=Tone.OPEN),)


def _named(data: Data) -> str:
    return f"take {data['number']} from {data['model']}{_sandbox(data)}"


def _sandbox(data: Data) -> str:
    return SANDBOX if data.get("sandbox") else ""


def _under(text: str, tone: Tone = Tone.QUIET) -> Line:
    return Line(text=text, tone=tone, under=True)


_TONES = {
    Sight.SEEN: Tone.BAD,
    Sight.ABSENT: Tone.GOOD,
    Sight.UNSURE: Tone.OPEN,
    Sight.NOT_INSPECTABLE: Tone.OPEN,
}
_DECIDED = {Decision.PASS: Tone.GOOD, Decision.MISS: Tone.BAD, Decision.BAD_MEDIA: Tone.BAD, Decision.UNSURE: Tone.OPEN}
TELLERS: dict[What, Callable[[Data], tuple[Line, ...]]] = {
    What.REQUEST: _silent,
    What.REPLY: _said,
    What.READ: _read,
    What.REMARK: _said,
    What.SHOT: _silent,
    What.LINT: _silent,
    What.ROUTE: _route,
    What.RENDERING: _rendering,
    What.ASK: _ask,
    What.DECIDED: _silent,
    What.LINE: _line,
    What.SUBMIT: _silent,
    What.ACCEPTED: _silent,
    What.PROGRESS: _silent,
    What.OVERDUE: _overdue,
    What.TROUBLE: _trouble,
    What.TAKE: _take,
    What.VERDICT: _verdict,
    What.DELIVER: _deliver,
    What.CHOOSE: _choose,
    What.HOLD: _hold,
    What.BLOCK: _silent,
    What.STALE: _silent,
    What.PICK: _silent,
    What.SETTING: _silent,
    What.RESTORE: _silent,
    What.OMIT: _silent,
    What.ORDER: _silent,
    What.BATCH: _silent,
    What.INQUIRY: _silent,
}
