"""Boards and shots from JSON into rows: Storyboarder's files, and any list of shots with named fields."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from agent.reading.tables.cells import Grid, Row
from interfaces.shotlists.opening import UnreadableListError, refuse_rows

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

LISTS = (
    "shots",
    "boards",
    "panels",
    "frames",
    "storyboard",
    "shot_list",
    "shotList",
    "shotlist",
    "clips",
    "cuts",
    "rows",
    "scenes",
)
NUMBERS = ("scene", "scene_number", "sceneNumber", "number", "scene_id", "sceneId", "id")
RATES = ("fps", "frame_rate", "frameRate", "framerate")
PLACES = ("heading", "slugline", "location", "setting", "title", "name")
_BOARD = frozenset({"uid", "newShot"})  # https://github.com/wonderunit/storyboarder, read 2026-11-21
_MACHINERY = frozenset(
    {"uid", "url", "newShot", "lastEdited", "layers", "audio", "sg", "number", "time", "link", "boardIndex"}
)
DEEPEST = 4


def parse(text: str) -> Value:
    """The value a text holds.

    Raises:
        UnreadableListError: It is no JSON; the message names the line.
    """
    try:
        parsed: Value = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise UnreadableListError(f"it is no JSON (line {error.lineno}, column {error.colno}: {error.msg})") from error
    except (RecursionError, ValueError) as error:  # the latter for figures of thousands of digits
        raise UnreadableListError("its JSON is nested too deeply, or has a figure too long, for a shot list") from error
    return parsed


def read(value: Value) -> Grid:
    """A row per board or shot, under headings of all the names they have.

    Raises:
        UnreadableListError: There is no list of shots in it.
    """
    found = list(_shots(value, {}))
    if not found:
        raise UnreadableListError(f"it has no list of shots; one is looked for under {', '.join(LISTS)}")
    refuse_rows(len(found))
    flat = [_board(shot, value) if set(shot) >= _BOARD else dict(_flat(shot, "")) for shot in found]
    names = tuple(dict.fromkeys(name for cells in flat for name in cells))
    rows = (
        Row(where=f"entry {nth}", cells=tuple(cells.get(name, "") for name in names))
        for nth, cells in enumerate(flat, start=1)
    )
    return Grid(rows=(Row(where="the names of the fields", cells=names), *rows), rate=_rate(value))


def _rate(file: Value) -> float | None:
    """The frames per second that the file as a whole names."""
    named = [file.get(name) for name in RATES] if isinstance(file, dict) else []
    return next((float(rate) for rate in named if isinstance(rate, int | float) and rate > 0), None)


def _refuse(constant: str) -> None:
    raise UnreadableListError(f"it holds {constant}, which is no number")


def _shots(value: Value, scene: Mapping[str, Value], depth: int = 0) -> Iterator[dict[str, Value]]:
    """The shots of a list, of the list an object holds, and of its scenes, whose name goes with each."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                inner = _list_in(item)
                yield from _shots(inner, _named(item), depth + 1) if inner is not None else ({**scene, **item},)
    elif isinstance(value, dict):
        yield from _shots(_list_in(value), scene, depth + 1)


def _list_in(value: Mapping[str, Value]) -> Value:
    """The first list of objects under a name that lists of shots go by."""
    for name in LISTS:
        inner = value.get(name)
        if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            return inner
        if isinstance(inner, dict) and (deeper := _list_in(inner) or _keyed(inner)):
            return deeper
    return None


def _keyed(value: Mapping[str, Value]) -> Value:
    """Objects by their numbers, as a list; nothing where a value is no object."""
    return [{"id": key, **inner} for key, inner in value.items() if isinstance(inner, dict)] or None


def _named(scene: Mapping[str, Value]) -> dict[str, Value]:
    """What a scene's shots inherit: its number, else its name, and where it plays."""
    plain = {name: value for name, value in scene.items() if isinstance(value, str | int | float)}
    number = next((plain[name] for name in NUMBERS if name in plain), None)
    place = next((plain[name] for name in PLACES if name in plain), None)
    named: dict[str, Value] = {"scene": number if number is not None else place}
    return named | ({"location": place} if place is not None and number is not None else {})


def _board(board: Mapping[str, Value], file: Value) -> dict[str, str]:
    """A board of Storyboarder: its times are in milliseconds, and one without a time has the file's."""
    usual = file.get("defaultBoardTiming") if isinstance(file, dict) else None
    cells = {name: text for name, text in _flat(board, "") if name.split(" ")[0] not in _MACHINERY}
    length = cells.pop("duration", "") or (_text(usual) if usual is not None else "")
    return cells | ({"duration (ms)": length} if length else {})


def _flat(value: Mapping[str, Value], under: str) -> Iterator[tuple[str, str]]:
    """Every field as text; fields of a field carry both names ("camera angle")."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{under}{name} ")
        elif inner is not None and not isinstance(inner, bool):
            yield f"{under}{name}", _text(inner)


def _text(value: Value) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_text(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
