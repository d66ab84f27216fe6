"""A whole film at one look: the same rows as elsewhere, of all its shots at once, and without the pictures in them."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, cast, func, select

from agent.events import Event, What
from agent.film import Route, Verdict
from agent.findings import Finding
from agent.jobs import Job
from memory import production, stored, tables
from memory.events import event_of
from memory.money import may_be_billed
from memory.rows import Rows
from memory.shelves import JOBS, ROUTES, VERDICTS
from memory.whole import whole

LATEST = 20
"""Inspections that tell how long the next will take; earlier ones ran on a machine with other things to do."""

_PICTURE = re.compile(r'"picture": ?"[^"]*"')


class Overview(Rows):
    """Bulk reads: one statement each, whatever the length of the film."""

    @whole
    async def film_routes(self, project_id: str, *, shot_id: str | None = None) -> tuple[Route, ...]:
        """All decisions of a film, or of one of its shots, oldest first; of a whole film without those passed over.

        Every other model in reach is passed over with a sentence and its figures: nearly all of a decision's bytes.
        """
        rows = production.routes
        heavy = (rows.c.passed_over, rows.c.figures) if shot_id is None else ()
        columns = [column for column in ROUTES.columns if not any(column is each for each in heavy)]
        question = select(*columns).where(*_of(rows, project_id, shot_id)).order_by(rows.c.seq)
        async with self.database.reading() as connection:
            return tuple(ROUTES.load(row) for row in await connection.execute(question))

    @whole
    async def film_jobs(self, project_id: str, *, shot_id: str | None = None) -> tuple[Job, ...]:
        """All jobs of a film, or of one of its shots, oldest first."""
        async with self.database.reading() as connection:
            return await JOBS.all(connection, *_of(production.jobs, project_id, shot_id))

    @whole
    async def film_verdicts(self, project_id: str, *, shot_id: str | None = None) -> Mapping[str, Verdict]:
        """The verdicts on the takes of a film, or of one shot, by take; the pictures of the evidence are left out."""
        takes, verdicts = production.takes, production.verdicts
        written = cast(verdicts.c.findings, Text).label("findings")
        columns = [written if column.key == "findings" else column for column in VERDICTS.columns]
        question = (
            select(*columns)
            .join_from(verdicts, takes, takes.c.id == verdicts.c.take_id)
            .where(*_of(takes, project_id, shot_id))
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(question)).mappings().all()
        return {row["take_id"]: _without_pictures(row) for row in rows}

    @whole
    async def spent_by_shot(self, project_id: str) -> Mapping[str, int]:
        """Paid and reserved together, micro USD, of every shot that anything was bought for."""
        jobs, takes = production.jobs, production.takes
        amount = func.sum(func.coalesce(takes.c.cost_micro_usd, jobs.c.reserved_micro_usd))
        question = (
            select(jobs.c.shot_id, amount)
            .select_from(jobs.outerjoin(takes, takes.c.job_id == jobs.c.id))
            .where(jobs.c.project_id == project_id, may_be_billed())
            .group_by(jobs.c.shot_id)
        )
        async with self.database.reading() as connection:
            return {shot_id: int(spent) for shot_id, spent in await connection.execute(question)}

    @whole
    async def progress(self, project_id: str) -> Mapping[str, tuple[int, float]]:
        """By shot, when its vendor last said how far a clip is, microseconds UTC, and the share that was done."""
        rows = tables.events
        told = (rows.c.project_id == project_id, rows.c.what == What.PROGRESS.value)
        latest = select(func.max(rows.c.number)).where(*told).group_by(rows.c.shot_id)
        async with self.database.reading() as connection:
            found = await connection.execute(
                select(rows.c.shot_id, rows.c.at_us, rows.c.data).where(rows.c.number.in_(latest))
            )
            return {row.shot_id: (row.at_us, share) for row in found if (share := row.data.get("share")) is not None}

    @whole
    async def looked_s(self, project_id: str) -> tuple[float, ...]:
        """How long the latest inspections of takes took, in seconds."""
        takes, verdicts = production.takes, production.verdicts
        question = (
            select(verdicts.c.decided_us - takes.c.created_us)
            .join_from(verdicts, takes, takes.c.id == verdicts.c.take_id)
            .where(takes.c.project_id == project_id)
            .order_by(takes.c.seq.desc())
            .limit(LATEST)
        )
        async with self.database.reading() as connection:
            return tuple(took_us / 1e6 for took_us in await connection.scalars(question))

    @whole
    async def last_told(self, project_id: str, what: What) -> Event | None:
        """The latest event of a kind in a film."""
        rows = tables.events
        told = select(rows).where(rows.c.project_id == project_id, rows.c.what == what.value)
        async with self.database.reading() as connection:
            found = (await connection.execute(told.order_by(rows.c.number.desc()).limit(1))).mappings().first()
        return None if found is None else event_of(found)


def _of(rows: Table, project_id: str, shot_id: str | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [rows.c.project_id == project_id]
    return [*where, rows.c.shot_id == shot_id] if shot_id is not None else where


def _without_pictures(row: Mapping[Any, Any]) -> Verdict:
    """The verdict of a row whose findings are still text.

    Pictures are nearly all of its bytes: taking them out before they are read makes a long film's board three times as
    quick. They are fetched one by one where a person looks.
    """
    findings = stored.load_text(tuple[Finding, ...], _PICTURE.sub('"picture":""', row["findings"]))
    return stored.load(Verdict, {**row, "findings": findings})
