"""Jobs that wait in line for a slot at their vendor, over all processes, and films whose jobs are held back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.jobs import CALLED, IN_LINE, Job, JobState
from memory import production, tables
from memory.engine import queue_up
from memory.jobs import move
from memory.rows import JOB_SLOTS, Rows
from memory.shelves import JOBS
from memory.whole import whole

_TAKEN = (JobState.SENDING.value, JobState.ACCEPTED.value)
"""A job in one of these takes a slot at its vendor."""

CALLED_FOR_US = 60_000_000
"""Whoever was called to a slot and has not taken it by then is called again: the process that called it is gone."""


class Lines(Rows):
    """Who may leave for a vendor, and who is next."""

    @whole
    async def start_job(self, sending: Job, *, waiting: Job, line: Sequence[str], slots: int) -> Job:
        """Move an INTENT to SENDING if a slot is free, counted over all processes, and its film is not paused.

        Raises:
            ConflictError: It is no longer an INTENT.
        """
        async with self.database.writing(durable=True) as connection:
            await queue_up(connection, line=JOB_SLOTS)
            goes = await _free(connection, line, slots=slots) and not await _paused(connection, sending.project_id)
            moved = sending if goes else waiting
            await move(connection, moved, was=JobState.INTENT)
        return moved

    @whole
    async def call_next(self, line: Sequence[str], *, slots: int) -> Job | None:
        """Make the first job of those models that waits for a slot due now, where one is free."""
        rows, now_us = production.jobs, self._now_us()
        called = and_(rows.c.message == CALLED, rows.c.due_us > now_us - CALLED_FOR_US)
        first = _in_line(rows.c.id, line).where(not_(called)).order_by(*_order(line)).limit(1)
        async with self.database.reading() as connection:
            await queue_up(connection, line=JOB_SLOTS)  # after whoever found no slot just before this one was free
            if await connection.scalar(select(rows.c.id).where(*_waits(line)).limit(1)) is None:
                return None  # by far the most often
        async with self.database.writing(fenced=False) as connection:
            await queue_up(connection, line=JOB_SLOTS)
            job_id = await connection.scalar(first) if await _free(connection, line, slots=slots) else None
            if job_id is None:
                return None
            await connection.execute(update(rows).where(rows.c.id == job_id).values(due_us=now_us, message=CALLED))
            return await JOBS.one(connection, rows.c.id == job_id, name=job_id)

    @whole
    async def in_line(self, line: Sequence[str]) -> int:
        """How many jobs of those models wait for a slot, without those of paused films."""
        async with self.database.reading() as connection:
            return int(await connection.scalar(_in_line(func.count(), line)) or 0)

    @whole
    async def pause(self, project_id: str) -> bool:
        """Send nothing more for a film; ``False`` where it was paused already."""
        return await self._mark(project_id, self._now_us())

    @whole
    async def unpause(self, project_id: str) -> bool:
        """Send for it again; ``False`` where it was not paused."""
        return await self._mark(project_id, None)

    @whole
    async def paused_us(self, project_id: str) -> int | None:
        """Since when a film is paused; ``None`` where it is not."""
        async with self.database.reading() as connection:
            return await _paused(connection, project_id)

    async def _mark(self, project_id: str, since_us: int | None) -> bool:
        film = tables.projects
        other = film.c.paused_us.is_(None) if since_us is not None else film.c.paused_us.is_not(None)
        async with self.database.writing(durable=True) as connection:
            await queue_up(connection, line=JOB_SLOTS)  # whoever is being let out of a line just now is out before
            marked = await connection.execute(
                update(film).where(film.c.id == project_id, other).values(paused_us=since_us)
            )
        return marked.rowcount == 1


async def _free(connection: AsyncConnection, line: Sequence[str], *, slots: int) -> bool:
    """Whether fewer jobs are at the vendor than its slots."""
    rows = production.jobs
    at_vendor = select(func.count()).select_from(rows).where(rows.c.model.in_(line), rows.c.state.in_(_TAKEN))
    return int(await connection.scalar(at_vendor) or 0) < slots


async def _paused(connection: AsyncConnection, project_id: str) -> int | None:
    since_us: int | None = await connection.scalar(
        select(tables.projects.c.paused_us).where(tables.projects.c.id == project_id)
    )
    return since_us


def _in_line(what: ColumnElement[Any], line: Sequence[str]) -> Select[Any]:
    """A question about the jobs that wait for a slot of a line, with their shots and films."""
    rows, shots, films = production.jobs, tables.shots, tables.projects
    joined = rows.join(shots, shots.c.id == rows.c.shot_id).join(films, films.c.id == rows.c.project_id)
    return select(what).select_from(joined).where(*_waits(line), films.c.paused_us.is_(None))


def _waits(line: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    rows = production.jobs
    in_line = rows.c.message.in_((IN_LINE, CALLED))
    return rows.c.state == JobState.INTENT.value, rows.c.model.in_(line), in_line


def _order(line: Sequence[str]) -> tuple[ColumnElement[Any], ...]:
    """Whose turn it is: the film with the fewest jobs at the vendor; what was begun before what is new; by number."""
    rows, others = production.jobs, production.jobs.alias("others")
    share = (
        select(func.count())
        .select_from(others)
        .where(others.c.project_id == rows.c.project_id, others.c.model.in_(line), others.c.state.in_(_TAKEN))
        .scalar_subquery()
    )
    return share, case((rows.c.attempt > 1, 0), else_=1), tables.shots.c.number, rows.c.seq
