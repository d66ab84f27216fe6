"""How a shot is getting on, in one message that changes: where it stands, and how it came there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agent.events import Event, What
from agent.film import Decision
from interfaces import story
from interfaces.slack import kit
from interfaces.slack.posting import Piece
from interfaces.slack.wording import LONGEST_SECTION, escaped, told

Data = Mapping[str, Any]

TOLD = frozenset({What.ROUTE, What.RENDERING, What.LINE, What.TROUBLE, What.OVERDUE, What.TAKE})
"""Steps whose lines are told here, and so not in messages of their own."""


def key(shot_id: str) -> str:
    """What a shot's message is called within its thread."""
    return f"shot:{shot_id}"


def piece(shot_id: str, number: int, events: Sequence[Event]) -> Piece:
    """The message of a shot, from all its events."""
    where = next((stand(event.data) for event in reversed(events) if (stand := STANDS.get(event.what))), "")
    head = f"*Shot {number}*  {escaped(where)}"
    lines = [told(story.tell(event)) for event in events if event.what in TOLD]
    told_last = _latest([line for line in lines if line])
    return Piece(
        key=key(shot_id),
        text=head,
        blocks=(*kit.section(head), *kit.context(told_last)),
        about=shot_id,
        living=True,
    )


def _latest(lines: Sequence[str]) -> str:
    """As many of the last steps as one block holds; what is left out is said."""
    kept: list[str] = []
    room = LONGEST_SECTION - 100
    for line in reversed(lines):
        room -= len(line) + 1
        if room < 0:
            kept.append(f"… {len(lines) - len(kept)} earlier steps are on the page")
            break
        kept.append(line)
    return "\n".join(reversed(kept))


def _verdict(data: Data) -> str:
    return f"take {data['number']}: {Decision(data['decision']).upper()}"


def _going(data: Data) -> str:
    share = data.get("share")
    return f"rendering, {share:.0%}" if isinstance(share, int | float) else "rendering"


STANDS: Mapping[What, Callable[[Data], str]] = {
    What.ROUTE: lambda data: f"goes to {data['model']}",
    What.ASK: lambda _: "waits for your answer",
    What.DECIDED: lambda data: "approved" if data["approve"] else "not taken",
    What.LINE: lambda data: f"waits in line at {data['model']}",
    What.SUBMIT: lambda data: f"sent to {data['model']}",
    What.ACCEPTED: lambda data: f"accepted by {data['model']}",
    What.PROGRESS: _going,
    What.OVERDUE: lambda _: "overdue",
    What.TROUBLE: lambda data: f"trouble at {data['model']}",
    What.TAKE: lambda data: f"take {data['number']} is here, being inspected",
    What.VERDICT: _verdict,
    What.DELIVER: lambda data: f"delivered: take {data['number']}",
    What.CHOOSE: lambda _: "your choice",
    What.HOLD: lambda data: "called off" if data.get("cancelled") else "waits",
    What.OMIT: lambda _: "taken out of the list",
}
