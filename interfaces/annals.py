"""What was changed of a film's blocks, its settings and its people: who did it, when, and the difference."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, cast

from agent.history import Change, Subject
from agent.people import Grant, Role
from agent.store import Store
from agent.versions import Block, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change. Nothing is ever taken out of the list of them."""

    at_us: int
    by: str
    what: str
    diff: tuple[str, ...]


async def of_film(store: Store, project_id: str) -> tuple[Entry, ...]:
    """Every such change, oldest first."""
    set_anew = [change for change in await store.changes(project_id) if change.subject is Subject.PROJECT]
    people = [line for line in await store.grants() if line.project_id in (None, project_id)]
    entries = (
        *_of_block("style block", await store.styles(project_id)),
        *_of_block("negative block", await store.negatives(project_id)),
        *[_of_settings(change, by=(await store.turn(change.turn_id)).said_by) for change in set_anew],
        *(_of_grant(line, before=people[:nth]) for nth, line in enumerate(people)),
    )
    return tuple(sorted(entries, key=lambda entry: entry.at_us))


def _of_block(what: str, versions: Sequence[Version[Block]]) -> Iterator[Entry]:
    for old, new in pairwise(versions):
        diff = _differences(asdict(old.block), asdict(new.block))
        yield Entry(at_us=new.written_us, by=new.by, what=f"{what}, version {new.block.version}", diff=diff)


def _of_settings(change: Change, *, by: str) -> Entry:
    diff = _differences(dict(change.before or {}), dict(change.after))
    return Entry(at_us=change.changed_us, by=by or Role.OWNER.value, what="settings", diff=diff)


def _of_grant(line: Grant, *, before: Sequence[Grant]) -> Entry:
    was = [each.role for each in before if (each.name, each.project_id) == (line.name, line.project_id)]
    where = "this film" if line.project_id else "every film"
    diff = _differences({where: was[-1] if was else None}, {where: line.role})
    keys = ("+ a key",) if line.key else ()
    return Entry(at_us=line.given_us, by=line.by or Role.OWNER.value, what=f"what {line.name} is", diff=(*diff, *keys))


def _differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """A line for each old and each new value that is different; of a list only what went and came."""
    told: list[str] = []
    for name, value in after.items():
        if name != "version" and before.get(name) != value:
            gone, come = _apart(before.get(name), value)
            called = name.replace("_", " ")
            told += [*(f"- {called}: {each}" for each in gone), *(f"+ {called}: {each}" for each in come)]
    return tuple(told)


def _apart(was: Any, now: Any) -> tuple[list[Any], list[Any]]:
    """What of a value went, and what came."""
    old, new = _values(was), _values(now)
    return [each for each in old if each not in new], [each for each in new if each not in old]


def _values(value: Any) -> list[Any]:
    """What a value holds, each part that can come and go by itself."""
    if isinstance(value, dict):
        held = cast(dict[str, Any], value)
        return [f"{name.replace('_', ' ')} {each}" for name, each in held.items()]
    if isinstance(value, list | tuple):
        return list(cast(Sequence[Any], value))
    return [] if value in (None, "") else [value]
