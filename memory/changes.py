"""The list of what turns changed; it only grows, and each line is written with the change itself."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import NotFoundError
from agent.history import Act, Cause, Change, Subject
from memory import stored, tables
from memory.rows import Rows
from memory.whole import whole
from prompts.sheet import Sheet

_BY_THE_WAY = frozenset({"status", "because", "number"})
"""What a shot's own run and its place in the list move; neither is a change of the shot by a turn."""


class Changes(Rows):
    """What was changed, turn by turn."""

    @whole
    async def changes(self, project_id: str) -> tuple[Change, ...]:
        """Every change of a film, oldest first."""
        rows = tables.changes
        async with self.database.reading() as connection:
            found = await connection.execute(select(rows).where(rows.c.project_id == project_id).order_by(rows.c.seq))
            return tuple(_change(row) for row in found.mappings())

    @whole
    async def latest_changes(self, project_id: str, *, most: int) -> tuple[Change, ...]:
        """The last so many changes of a film, oldest first, without what they changed from and to: their ids alone."""
        rows = tables.changes
        ids = [column for column in rows.c if column.key not in ("before", "after")]
        latest = select(*ids).where(rows.c.project_id == project_id).order_by(rows.c.seq.desc()).limit(most)
        async with self.database.reading() as connection:
            found = (await connection.execute(latest)).mappings().all()
        return tuple(_change({**row, "before": None, "after": {}}) for row in reversed(found))

    @whole
    async def earlier_sheets(self, shot_id: str) -> Mapping[int, Sheet]:
        """The sheets a shot had before, by revision."""
        rows = tables.sheets
        async with self.database.reading() as connection:
            found = await connection.execute(
                select(rows.c.revision, rows.c.sheet).where(rows.c.shot_id == shot_id).order_by(rows.c.revision)
            )
            return {row.revision: stored.load(Sheet, row.sheet) for row in found}


async def note(
    connection: AsyncConnection,
    cause: Cause | None,
    *,
    project_id: str,
    subject: Subject,
    subject_id: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    now_us: int,
) -> None:
    """Write a change down, in the transaction that makes it; nothing without a cause or without a difference."""
    if cause is None or (before is not None and not _differ(before, after)):
        return
    turns = tables.turns
    conversation_id = await connection.scalar(select(turns.c.conversation_id).where(turns.c.id == cause.turn_id))
    if conversation_id is None:
        raise NotFoundError(what="turn", name=cause.turn_id)
    values = {
        "project_id": project_id,
        "conversation_id": conversation_id,
        "turn_id": cause.turn_id,
        "act": cause.act.value,
        "of": cause.of,
        "subject": subject.value,
        "subject_id": subject_id,
        "before": None if before is None else dict(before),
        "after": dict(after),
        "changed_us": now_us,
    }
    await connection.execute(insert(tables.changes).values(**values))


def _differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return any(before.get(name) != value for name, value in after.items() if name not in _BY_THE_WAY)


def _change(row: Mapping[Any, Any]) -> Change:
    # By hand: the type of JSON refers to itself, which the validator cannot follow.
    return Change(
        conversation_id=row["conversation_id"],
        turn_id=row["turn_id"],
        act=Act(row["act"]),
        of=row["of"],
        subject=Subject(row["subject"]),
        subject_id=row["subject_id"],
        before=row["before"],
        after=row["after"],
        changed_us=row["changed_us"],
    )
