"""Lists that were exported from here, read back word for word: nothing in them is interpreted."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from typing import Any, cast

from pydantic import ValidationError

from agent.errors import BadSheetError
from agent.intents import Draft
from agent.reading.tables import contradictions, lengths
from agent.reading.tables.cells import Grid, Row
from agent.reading.tables.listing import Listed, Listing
from interfaces.shotlists import escaping, guarding
from interfaces.shotlists.boards import Value
from interfaces.shotlists.opening import UnreadableListError
from interfaces.shotlists.record import FORMAT, VERSION, Record, listed

FIRST = f"{FORMAT} {VERSION}"
"""Heading of the first column, by which such a table is known; its cells are the shots' numbers."""

NAMES: Mapping[str, str] = {name: FIRST if name == "shot" else name.replace("_", " ") for name in Record.model_fields}
"""Field to heading, in the order of the columns."""

LISTS = ("negatives", "exempt", "models", "not_models")
NUMBERS = ("seconds", "most_micro_usd")
OPTIONAL = (*NUMBERS, "aspect_ratio", "thrift")


def to_csv(records: Iterable[Record]) -> str:
    """The records as comma separated text that no spreadsheet runs anything of."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(NAMES.values())
    for record in records:
        writer.writerow([guarding.guarded(cell) for cell in _cells(record)])
    return text.getvalue()


def to_json(records: Iterable[Record]) -> str:
    """The records as JSON, without what they do not say."""
    shots = [record.model_dump(mode="json", exclude_defaults=True) for record in records]
    return json.dumps({"format": FORMAT, "version": VERSION, "shots": shots}, ensure_ascii=False, indent=1) + "\n"


def of_rows(grid: Grid) -> Listing | None:
    """The list of a table whose first heading is ours; ``None`` for any other table."""
    head = next((row for row in grid.rows if row.filled), None)
    if head is None or not head.cells[0].startswith(FORMAT):
        return None
    _refuse_version(head.cells[0].removeprefix(FORMAT).strip())
    fields = {heading: name for name, heading in NAMES.items()}
    strange = [cell for cell in head.cells if cell and cell not in fields]
    rows = [row for row in grid.rows if row is not head and row.filled]
    shots = [_of_row(row, [fields.get(cell) for cell in head.cells]) for row in rows]
    told = (f"columns that are not of this export, so not read: {', '.join(strange)}",) if strange else ()
    return _whole(shots, [row.cells[0] for row in rows], told=(*grid.told, *told))


def of_json(value: Value) -> Listing | None:
    """The list of an object that says it is ours; ``None`` for any other value."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        return None
    _refuse_version(str(value.get("version")))
    shots = value.get("shots")
    if not isinstance(shots, list):
        raise UnreadableListError("it says that it is an export from here, but has no list of shots")
    numbers = [str(shot.get("shot", "")) if isinstance(shot, dict) else "" for shot in shots]
    return _whole([_parsed(shot, where=f"entry {nth}") for nth, shot in enumerate(shots, start=1)], numbers)


def _refuse_version(version: str) -> None:
    if version != str(VERSION):
        raise UnreadableListError(f"it is an export of version {version}, and {VERSION} is what can be read here")


def _cells(record: Record) -> list[str]:
    cells: dict[str, str] = {}
    for name in NAMES:
        value = getattr(record, name)
        if name in LISTS:
            cells[name] = escaping.join(value)
        elif name == "references":
            cells[name] = escaping.join(_reference(each.model_dump(mode="json")) for each in value)
        elif name == "notes":
            cells[name] = escaping.join(escaping.join(pair, escaping.FIELDS) for pair in value)
        else:
            cells[name] = "" if value is None else _figure(value) if name == "seconds" else str(value)
    return list(cells.values())


def _figure(seconds: float) -> str:
    return repr(seconds).removesuffix(".0")


def _reference(fields: Mapping[str, Any]) -> str:
    lists = (escaping.join(fields[name], escaping.WORDS) for name in ("use", "ignore"))
    return escaping.join((fields["label"], *lists, fields["role"]), escaping.FIELDS)


def _of_row(row: Row, names: Sequence[str | None]) -> Listed:
    cells = {name: cell for name, cell in zip(names, row.cells, strict=False) if name}
    try:
        fields = {name: _readers().get(name, str)(cell) for name, cell in cells.items() if cell or name not in OPTIONAL}
    except ValueError as error:
        return _unusable(row.where, str(error), cells)
    return _parsed(fields, where=row.where)


def _readers() -> Mapping[str, Callable[[str], object]]:
    """How the cells of some fields are read; all others are texts."""
    lists: dict[str, Callable[[str], object]] = dict.fromkeys(LISTS, escaping.split)
    return {**lists, "references": _references, "notes": _notes, "seconds": _seconds}


def _seconds(cell: str) -> float:
    length = lengths.read(cell)
    if length is None:
        raise ValueError(f"seconds: {cell!r} is no length")
    return length.seconds


def _references(cell: str) -> list[dict[str, object]]:
    return [_named(escaping.split(item, escaping.FIELDS)) for item in escaping.split(cell)]


def _named(fields: Sequence[str]) -> dict[str, object]:
    label, use, ignore, role = (*fields, "", "", "")[:4]
    lists = {"use": escaping.split(use, escaping.WORDS), "ignore": escaping.split(ignore, escaping.WORDS)}
    return {"label": label, **lists, **({"role": role} if role else {})}


def _notes(cell: str) -> list[tuple[str, str]]:
    pairs = (escaping.split(item, escaping.FIELDS) for item in escaping.split(cell))
    return [(pair[0], "".join(pair[1:])) if len(pair) > 1 else ("note", "".join(pair)) for pair in pairs]


def _parsed(fields: object, *, where: str) -> Listed:
    try:
        return listed(Record.model_validate(fields), where=where)
    except ValidationError as error:
        first = error.errors()[0]
        field = " ".join(str(part) for part in first["loc"])
        return _unusable(where, f"{field}: {first['msg']}", fields)
    except BadSheetError as error:
        return _unusable(where, str(error), fields)


def _unusable(where: str, why: str, fields: object) -> Listed:
    shown: Mapping[str, object] = cast("Mapping[str, object]", fields) if isinstance(fields, dict) else {}
    number = str(shown.get("listed_as") or shown.get("shot") or "")
    draft = Draft(action=str(shown.get("action") or ""))
    return Listed(where=where, number=number, scene="", draft=draft, problem=why, exact=True)


def _whole(shots: Sequence[Listed], numbers: Sequence[str], *, told: tuple[str, ...] = ()) -> Listing:
    """The listing; ``numbers`` are the film's own, since two lists may call their shots alike."""
    marked = contradictions.mark_same(shots, [number or None for number in numbers])
    return Listing(shots=marked, told=("it was exported from here, and is read back word for word", *told))
