"""Errands as rows: handed over by one process, taken and struck off by another, and found again where one was lost."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errands import Errand, Task, of_shot, of_turn
from agent.film import ShotStatus
from agent.jobs import JobState
from memory import migrating, production, tables
from memory.engine import queue_up
from memory.rows import ERRANDS, Rows
from memory.whole import whole

_MOVING = (ShotStatus.OPEN.value, ShotStatus.RENDERING.value)
_STIRRING = (*_MOVING, ShotStatus.APPROVAL.value)
_WATCHED = tuple(state.value for state in (JobState.INTENT, JobState.SENDING, JobState.ACCEPTED, JobState.READY))
"""A job in one of these is looked at when it is due; whoever watches it moves that time on."""

_rows = tables.errands


class ErrandRows(Rows):
    """`agent.errands.Errands` on SQLite or Postgres; like leases it goes by the clock that processes share."""

    @whole
    async def hand_over(self, errands: Sequence[Errand]) -> None:
        """Keep them in that order; one that waits already is not kept twice."""
        async with self.database.writing(fenced=False) as connection:
            await queue_up(connection, line=ERRANDS)
            waiting = await _waiting(connection, errands)
            fresh = {
                (each.task, each.subject_id): each for each in errands if (each.task, each.subject_id) not in waiting
            }
            if fresh:
                values = [_values(each, given_us=self._now_us()) for each in fresh.values()]
                await connection.execute(insert(_rows), values)

    @whole
    async def take(self, *, holder: str, most: int, for_s: float) -> tuple[Errand, ...]:
        """The oldest that nobody does, the first of their lines; the holder's for that long."""
        question = self._free().limit(most)
        async with self.database.reading() as connection:
            if (await connection.execute(question)).first() is None:  # by far the most often; then nothing is written
                return ()
        async with self.database.writing(fenced=False) as connection:
            found = (await connection.execute(question.with_for_update(skip_locked=True))).all()
            values = {"holder": holder, "until_us": self._until_us(for_s), "taken": _rows.c.taken + 1}
            numbers = [row.number for row in found]
            await connection.execute(update(_rows).where(_rows.c.number.in_(numbers)).values(**values))
        return tuple(_errand(row, taken=row.taken + 1) for row in found)

    @whole
    async def keep(self, *, holder: str, for_s: float) -> None:
        """Prolong all that the holder has taken."""
        async with self.database.writing(fenced=False) as connection:
            mine = update(_rows).where(_rows.c.holder == holder)
            await connection.execute(mine.values(until_us=self._until_us(for_s)))

    @whole
    async def put_back(self, *, holder: str) -> None:
        """Let others take what the holder has not done."""
        async with self.database.writing(fenced=False) as connection:
            await connection.execute(update(_rows).where(_rows.c.holder == holder).values(holder=None))

    @whole
    async def done(self, errand: Errand, *, holder: str) -> None:
        """Strike it off, unless somebody else has taken it over."""
        async with self.database.writing(fenced=False) as connection:
            await connection.execute(delete(_rows).where(_rows.c.number == errand.number, _rows.c.holder == holder))

    @whole
    async def adrift(self, *, late_s: float) -> tuple[Errand, ...]:
        """What should move and nobody has in hand."""
        shots, turns, now_us = tables.shots, tables.turns, self._now_us()
        idle_shot = self._idle(Task.SHOT, shots.c.id, lease=literal("shot:") + shots.c.id)
        idle_turn = self._idle(Task.TURN, turns.c.id, lease=literal("conversation:") + turns.c.conversation_id)
        late = _stuck(late_us=now_us - int(late_s * 1e6))
        async with self.database.reading() as connection:
            said = select(turns.c.id, turns.c.conversation_id).where(turns.c.reply.is_(None), *idle_turn)
            left = (await connection.execute(said.order_by(turns.c.seq))).all()
        async with self.database.reading() as connection:
            moving = await connection.scalars(
                select(shots.c.id).where(shots.c.status.in_(_STIRRING), late, *idle_shot).order_by(shots.c.seq)
            )
            stuck = moving.all()
        found = [of_turn(row.id, conversation_id=row.conversation_id) for row in left]
        return tuple(replace(each, taken=1) for each in (*found, *map(of_shot, stuck)))

    @whole
    async def fits(self) -> None:
        """Whether the tables are still those this program knows.

        Raises:
            OutdatedError: A newer program has brought them up meanwhile.
        """
        await migrating.check(self.database)

    @whole
    async def quiet(self) -> bool:
        """Whether nothing is left to do."""
        shots, turns = tables.shots, tables.turns
        left = (
            exists().select_from(_rows),
            exists().where(turns.c.reply.is_(None)),
            exists().where(shots.c.status.in_(_MOVING), shots.c.omitted.is_(False)),
        )
        async with self.database.reading() as connection:
            return not await connection.scalar(select(or_(*left)))

    def _free(self) -> Select[Any]:
        before = _rows.alias("before")
        first = ~exists().where(before.c.line == _rows.c.line, before.c.number < _rows.c.number)
        nobodys = or_(_rows.c.holder.is_(None), _rows.c.until_us <= self._now_us())
        return select(_rows).where(nobodys, first).order_by(_rows.c.number)

    def _idle(
        self, task: Task, subject_id: ColumnElement[str], *, lease: ColumnElement[str]
    ) -> list[ColumnElement[bool]]:
        held, now_us = tables.leases, self._now_us()
        return [
            ~exists().where(_rows.c.task == task.value, _rows.c.subject_id == subject_id),
            ~exists().where(held.c.key == lease, held.c.holder.is_not(None), held.c.until_us > now_us),
        ]

    def _until_us(self, for_s: float) -> int:
        return self._now_us() + int(for_s * 1e6)


def _stuck(*, late_us: int) -> ColumnElement[bool]:
    """Shots on their way; those whose job will be looked at, or whose question is open, wait as they should."""
    shots, jobs, asked = tables.shots, production.jobs, tables.decisions
    watched = exists().where(jobs.c.shot_id == shots.c.id, jobs.c.state.in_(_WATCHED), jobs.c.due_us > late_us)
    open_question = exists().where(asked.c.shot_id == shots.c.id, asked.c.answered_us.is_(None))
    return or_(
        and_(shots.c.status == ShotStatus.OPEN.value, shots.c.omitted.is_(False)),
        and_(shots.c.status == ShotStatus.RENDERING.value, ~watched),
        and_(shots.c.status == ShotStatus.APPROVAL.value, ~open_question),
    )


async def _waiting(connection: AsyncConnection, given: Sequence[Errand]) -> set[tuple[Task, str]]:
    """Those of them that are kept already and that nobody has begun."""
    subjects = [each.subject_id for each in given]
    found = await connection.execute(
        select(_rows.c.task, _rows.c.subject_id).where(_rows.c.subject_id.in_(subjects), _rows.c.holder.is_(None))
    )
    return {(Task(row.task), row.subject_id) for row in found}


def _values(errand: Errand, *, given_us: int) -> dict[str, Any]:
    fields = {name: getattr(errand, name) for name in ("subject_id", "line", "taken")}
    return {"task": errand.task.value, **fields, "until_us": 0, "given_us": given_us}


def _errand(row: Any, *, taken: int) -> Errand:
    return Errand(task=Task(row.task), subject_id=row.subject_id, line=row.line, number=row.number, taken=taken)
