"""The story in sentences: one teller per kind of event, the same for every door."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agent.events import Event, What
from agent.findings import Sight
from agent.money import usd
from prompts.rendering import Change

Data = Mapping[str, Any]
SANDBOX = " [sandbox]"
_MARKS = {Sight.SEEN: "SEEN", Sight.ABSENT: "absent", Sight.UNSURE: "unsure", Sight.NOT_INSPECTABLE: "nobody looked"}


def tell(event: Event, *, shot: int | None = None) -> tuple[str, ...]:
    """The event's lines; none for what a reader need not hear. ``shot`` is the shot's number."""
    lines = _TELLERS[event.what](event.data)
    return tuple(f"shot {shot} | {line}" if shot is not None else line for line in lines)


def chip(sight: Sight) -> str:
    """The word on a term's chip."""
    return _MARKS[sight]


def _said(data: Data) -> tuple[str, ...]:
    return tuple(str(data["text"]).splitlines())


def _silent(data: Data) -> tuple[str, ...]:
    return ()


def _route(data: Data) -> tuple[str, ...]:
    verb = "re-routed to" if data["reroute"] else "again on" if data["retake"] else "goes to"
    why = "; ".join(data["reasons"])
    price = f"{usd(data['cost_micro_usd'])} for {data['seconds']} s"
    return (f"{verb} {data['model']}{_sandbox(data)}, {price}: {why}",)


def _rendering(data: Data) -> tuple[str, ...]:
    by_channel: dict[str, list[str]] = {}
    for term, channel in data["channels"].items():
        by_channel.setdefault(channel, []).append(term)
    told = "; ".join(f"{channel}: {', '.join(terms)}" for channel, terms in by_channel.items())
    return (f"negatives as {told}", *(f"note: {sentence}" for sentence in _worth_saying(data["notes"])))


def _worth_saying(notes: Sequence[Mapping[str, str]]) -> list[str]:
    """What was cut, stripped or left out. Which channel a term took is told by the line above them."""
    return [note["sentence"] for note in notes if note["change"] != Change.MOVED]


def _ask(data: Data) -> tuple[str, ...]:
    match data["kind"]:
        case "spend":
            return (f"{data['model']} would cost {usd(data['cost_micro_usd'])}. Approve? (yes / no)",)
        case "refused":
            return (f"{data['model']} refused it: {data['message']}. Try another model, or change the shot.",)
        case _:
            return (
                f"UNKNOWN: {data['model']} may have accepted and billed {usd(data['cost_micro_usd'])} "
                f"({data['message']}). Nothing is sent again unless you say yes.",
            )


def _trouble(data: Data) -> tuple[str, ...]:
    step = f"; next: {data['step']}" if data["step"] else ""
    return (f"{data['model']}: {data['message']} ({data['trouble']}{step})",)


def _take(data: Data) -> tuple[str, ...]:
    return (f"take {data['number']} from {data['model']}{_sandbox(data)}, {usd(data['cost_micro_usd'])}",)


def _verdict(data: Data) -> tuple[str, ...]:
    chips: dict[str, list[str]] = {}
    for term, sight in data["findings"].items():
        chips.setdefault(_MARKS[Sight(sight)], []).append(term)
    order = [mark for mark in _MARKS.values() if mark in chips]
    told = " · ".join(f"{mark}: {', '.join(chips[mark])}" for mark in order)
    hints = tuple(f"hint: {hint}" for hint in data["hints"])
    return (f"take {data['number']}: {str(data['decision']).upper()} ({told or data['reason']})", *hints)


def _deliver(data: Data) -> tuple[str, ...]:
    blind = f"; nobody could look at: {', '.join(data['nobody_looked'])}" if data["nobody_looked"] else ""
    return (f"DELIVERED: take {data['number']} from {data['model']}{blind}",)


def _choose(data: Data) -> tuple[str, ...]:
    takes = tuple(f"  take {take['number']} from {take['model']}: {take['reason']}" for take in data["takes"])
    head = f"YOUR CHOICE: {data['reason']}"
    return (head, *takes, "  Say for example: circle take 1, or: again with Kling.") if takes else (head,)


def _hold(data: Data) -> tuple[str, ...]:
    return (f"waits: {data['reason']}",)


def _sandbox(data: Data) -> str:
    return SANDBOX if data.get("sandbox") else ""


_TELLERS: dict[What, Callable[[Data], tuple[str, ...]]] = {
    What.REQUEST: _silent,
    What.REPLY: _said,
    What.REMARK: _said,
    What.SHOT: _silent,
    What.LINT: _silent,
    What.ROUTE: _route,
    What.RENDERING: _rendering,
    What.ASK: _ask,
    What.DECIDED: _silent,
    What.SUBMIT: _silent,
    What.ACCEPTED: _silent,
    What.PROGRESS: _silent,
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
}
