"""Answers to a question with two readings: its number, its shot, "the former"."""

from agent.reading import forms
from agent.reading.message import Message
from agent.reading.steering import nth, numbered

_FORMER, _LATTER = "former", "latter"


def chosen(message: Message) -> str | None:
    """The message that was meant, in the words of the reading the turn chooses; ``None`` where it chooses none."""
    readings = message.scene.readings
    form = forms.read(message.text, "reading") if readings else None
    if form is None:
        return None
    shots = numbered(form.slots.get("shot"))
    about = [reading for reading in readings if shots and reading.casefold().startswith(f"shot {shots[0]}:")]
    if len(about) == 1:
        return about[0]
    at = _place(form.slots.get("nth") or form.slots.get("shot"), message.plain, most=len(readings))
    return readings[at] if at is not None else None


def _place(said: str | None, plainly: str, *, most: int) -> int | None:
    if said is None:
        return 0 if _FORMER in plainly else most - 1 if _LATTER in plainly else None
    number = nth(said)
    at = most - 1 if number is None else number - 1
    return at if 0 <= at < most else None
