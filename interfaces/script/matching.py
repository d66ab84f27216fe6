"""What was expected against what came, and the difference in a director's words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never, cast

from agent.events import Event, What
from interfaces.script import vocabulary
from interfaces.script.expecting import Came, Expectation, FilmStands, ShotStands, Understood
from interfaces.script.standing import Data, Standing

LONGEST_SHOWN = 160
BOUNDS = {"max": "at most", "min": "at least"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event with its shot's number."""

    event: Event
    shot: int | None

    @property
    def data(self) -> Data:
        """What a script can ask of it: its data, the shot's number, and money also in dollars."""
        dollars = {
            name.removesuffix(vocabulary.MICRO) + vocabulary.DOLLARS: value / 1e6
            for name, value in self.event.data.items()
            if name.endswith(vocabulary.MICRO) and isinstance(value, int | float)
        }
        return {**self.event.data, **dollars, "shot": self.shot}


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An expectation that was not met.

    Attributes:
        nth: Its place among those of its turn.
        diff: What was expected (``-``) against what came (``+``), a line each.
    """

    nth: int
    sentence: str
    diff: tuple[str, ...] = ()


def missed(
    expected: Sequence[Expectation], came: Sequence[Happened], standing: Standing | None = None
) -> tuple[Miss, ...]:
    """What was not met: events are looked for in their order, all else in how things stand after the last of them."""
    found: list[Miss] = []
    at = 0
    for nth, each in enumerate(expected):
        match each:
            case Came():
                met = next((place for place in range(at, len(came)) if _meets(came[place], each)), None)
                if met is None:
                    found.append(_no_event(nth, each, came, at))
                else:
                    at = met + 1
            case Understood():
                found += _not_understood(nth, each, came)
            case ShotStands() | FilmStands():
                found += stands(nth, each, standing) if standing else ()
            case _:
                assert_never(each)
    return tuple(found)


def stands(nth: int, wanted: ShotStands | FilmStands, standing: Standing) -> tuple[Miss, ...]:
    """What of a shot or of the film is not as it must be."""
    if isinstance(wanted, FilmStands):
        diff = _differences(wanted.film, standing.film)
        return (Miss(nth=nth, sentence="the film does not stand as expected", diff=diff),) if diff else ()
    shots = [shot for number, shot in standing.shots.items() if _is(wanted.shot, number, shot)]
    if len(shots) != 1:
        return (Miss(nth=nth, sentence=_which(wanted.shot, shots or list(standing.shots.values()), several=shots)),)
    diff = _differences(wanted.where, shots[0])
    sentence = f"shot {shots[0]['number']}, {shots[0]['action']}, does not stand as expected"
    return (Miss(nth=nth, sentence=sentence, diff=diff),) if diff else ()


def holds(data: Data, key: str, wanted: Any) -> bool:
    """Whether data has a value: equal, contained, within a bound, or so in a table below it."""
    name, _, rest = key.partition(".")
    value = data.get(name)
    if rest in BOUNDS:
        return _within(value, rest, wanted)
    if rest:
        return isinstance(value, Mapping) and _below(cast(Data, value), rest, wanted)
    if isinstance(wanted, Mapping):
        pairs = cast(Mapping[str, Any], wanted)
        return isinstance(value, Mapping) and all(_below(cast(Data, value), k, v) for k, v in pairs.items())
    if isinstance(value, str) and isinstance(wanted, str):
        return wanted.casefold() in value.casefold()
    if isinstance(value, list | dict) and not isinstance(wanted, list):
        return wanted in value
    return bool(value == wanted)


def _below(table: Data, key: str, wanted: Any) -> bool:
    """The same for a table's own keys, which may hold any sign."""
    return holds({"": table[key]}, "", wanted) if key in table else holds(table, key, wanted)


def _within(value: Any, bound: str, wanted: Any) -> bool:
    figures = isinstance(value, int | float) and isinstance(wanted, int | float)
    return figures and bool(value <= wanted if bound == "max" else value >= wanted)


def _meets(happened: Happened, wanted: Came) -> bool:
    if happened.event.what is not wanted.event:
        return False
    data = happened.data
    return all(holds(data, key, value) for key, value in wanted.where.items())


def _no_event(nth: int, wanted: Came, came: Sequence[Happened], at: int) -> Miss:
    words = vocabulary.events()[wanted.event].words
    if any(_meets(each, wanted) for each in came[:at]):
        return Miss(nth=nth, sentence=f"{words} came as expected, but before what stands above it in the script")
    alike = [_differences(wanted.where, each.data) for each in came[at:] if each.event.what is wanted.event]
    if not alike:
        others = _list(vocabulary.events()[each.event.what].words for each in came[at:])
        return Miss(nth=nth, sentence=f"expected {words}, and none came; what came: {others or 'nothing'}")
    several = "" if len(alike) == 1 else f"; the nearest of {len(alike)}"
    return Miss(nth=nth, sentence=f"{words} came, but not as expected{several}", diff=min(alike, key=len))


def _not_understood(nth: int, wanted: Understood, came: Sequence[Happened]) -> tuple[Miss, ...]:
    replies = [each.event.data for each in came if each.event.what is What.REPLY]
    intents = [str(intent) for reply in replies for intent in cast(list[str], reply.get("intents") or [])]
    if wanted.intent in intents:
        return ()
    diff = (f"- intent: {wanted.intent}", f"+ intent: {_list(intents) or 'none'}")
    return (Miss(nth=nth, sentence="it was not understood as expected", diff=diff),)


def _differences(wanted: Data, data: Data) -> tuple[str, ...]:
    """Two lines for each value that is not as wanted."""
    lines: list[str] = []
    for key, value in wanted.items():
        if not holds(data, key, value):
            name, _, bound = key.rpartition(".")
            about = name if bound in BOUNDS else key
            lines.append(f"- {about}: {f'{BOUNDS[bound]} ' if bound in BOUNDS else ''}{_shown(value)}")
            lines.append(f"+ {about}: {_shown(_value(data, about))}")
    return tuple(lines)


def _value(data: Data, key: str) -> Any:
    name, _, rest = key.partition(".")
    value = data.get(name)
    return cast(Data, value).get(rest) if rest and isinstance(value, Mapping) else value


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 4]} ..."


def _is(wanted: int | str, number: int, shot: Data) -> bool:
    return wanted == number if isinstance(wanted, int) else wanted.casefold() in str(shot["action"]).casefold()


def _which(wanted: int | str, shots: Sequence[Data], *, several: Sequence[Data]) -> str:
    there = _list(f"{shot['number']} ({shot['action']})" for shot in shots)
    if several:
        return f"several shots are meant by {wanted!r}: {there}; say it by number"
    return f"there is no shot {wanted!r}; the film has {there or 'none'}"


def _list(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
