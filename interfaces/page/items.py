"""The conversation's log: each event as an item that a person reads, in the sentences of the story."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agent.events import Event, What
from interfaces import story
from interfaces.story import Line, Tone

SHOWN = 240
"""Items of the log a page begins with; what was before is asked for."""

FOLDS: Mapping[What, str] = {
    What.RENDERING: "how its negatives are told",
    What.READ: "who read it",
    What.VERDICT: "what is absent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing in the log.

    Attributes:
        number: The event's; it orders the log and makes each item one of a kind.
        kind: ``said``, ``reply``, ``block`` or ``beat``: which of four looks it has.
        more: What explains it, folded away under the word ``fold``.
        take_id: The take it delivers.
    """

    number: int
    kind: str
    text: str = ""
    shot: int | None = None
    lines: tuple[Line, ...] = ()
    more: tuple[Line, ...] = ()
    fold: str = "why"
    take_id: str = ""


def items(events: Iterable[Event], numbers: Mapping[str, int]) -> tuple[Item, ...]:
    """What a reader hears of these events; ``numbers`` are those of the shots by id."""
    found = (item(event, shot=numbers.get(event.shot_id or "")) for event in events)
    return tuple(each for each in found if each is not None)


def item(event: Event, *, shot: int | None) -> Item | None:
    """One event as an item; ``None`` for what a reader need not hear."""
    match event.what:
        case What.REQUEST:
            return Item(number=event.number, kind="said", text=str(event.data["text"]))
        case What.REPLY:
            return Item(number=event.number, kind="reply", lines=story.tell(event))
        case What.BLOCK:
            return _block(event)
        case _:
            return _beat(event, shot)


def _block(event: Event) -> Item:
    text = f"The {event.data['block']} block is at version {event.data['version']}."
    return Item(number=event.number, kind="block", text=text)


def _beat(event: Event, shot: int | None) -> Item | None:
    told = story.tell(event, shot=shot)
    if not told:
        return None
    folded = tuple(line for line in told if line.tone is Tone.QUIET or _all_clear(line))
    return Item(
        number=event.number,
        kind="beat",
        shot=shot,
        lines=tuple(line for line in told if line not in folded),
        more=folded,
        fold=FOLDS.get(event.what, "why"),
        take_id=str(event.data["take_id"]) if event.what is What.DELIVER else "",
    )


def _all_clear(line: Line) -> bool:
    """Whether a line under another only says what is well."""
    return line.under and line.tone is Tone.GOOD
