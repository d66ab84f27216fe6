"""How long each shot of a table is: from its own length, or from when it begins and ends."""

from collections.abc import Sequence
from itertools import zip_longest

from agent.reading.tables import lengths, rates
from agent.reading.tables.entries import Entry
from agent.reading.tables.lengths import Length
from agent.reading.tables.meanings import Column

NO_LENGTH = "the film's usual length is taken"

Timed = tuple[float | None, tuple[str, ...]]
"""A shot's seconds, and what should be said about them."""


def timed(entries: Sequence[Entry], *, rate: float | None = None) -> tuple[Timed, ...]:
    """The length of every shot, in their order; ``rate`` is the list's own, in frames per second."""
    in_ms = lengths.counted_in_milliseconds([text for entry in entries for text in entry.texts(Column.SECONDS)])
    return tuple(
        _seconds(entry, after, in_ms=in_ms, rate=rate)
        for entry, after in zip_longest(entries, entries[1:])
        if entry is not None
    )


def _seconds(entry: Entry, after: Entry | None, *, in_ms: bool, rate: float | None) -> Timed:
    stated = [(head, text) for head, text in entry.cells if head.column is Column.SECONDS]
    if not stated:
        return _by_clock(entry, after, rate)
    head, text = stated[0]
    counted = rates.stated(head.heading) or rate
    unit = "ms" if in_ms and text.isdigit() and not head.unit else head.unit
    told = (f"{head.heading}: {text} was read as milliseconds",) if unit != head.unit else ()
    return _checked(lengths.read(text, unit=unit, rate=counted), f"{head.heading}: {text!r} is no length", told)


def _by_clock(entry: Entry, after: Entry | None, rate: float | None) -> Timed:
    """From when the shot begins to when it ends, or to when the next one of its table begins."""
    begun, ended = entry.texts(Column.START), entry.texts(Column.END)
    if not begun:
        return None, ()
    span = lengths.read(begun[0], rate=rate) if lengths.moment(begun[0]) is None else None
    if span is not None:
        return _checked(span, "")
    if ended:
        return _checked(lengths.between(begun[0], ended[0], rate=rate), f"from {begun[0]} to {ended[0]} is no length")
    follows = after.texts(Column.START) if after and after.block == entry.block else ()
    length = lengths.between(begun[0], follows[0], rate=rate) if follows else None
    return _checked(length, f"it begins at {begun[0]} and nothing says when it ends")


def _checked(length: Length | None, otherwise: str, told: tuple[str, ...] = ()) -> Timed:
    if length is None:
        return None, (f"{otherwise}; {NO_LENGTH}",)
    if not lengths.usable(length.seconds):
        return None, (f"{length.seconds:g} s is too long for a shot; {NO_LENGTH}",)
    return length.seconds, (*told, *((length.told,) if length.told else ()))
