"""Takes and the verdicts on them."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import ConflictError
from agent.film import Take, Verdict
from agent.jobs import JobState
from agent.learning import Look, Score
from agent.ledger import Entry, Trial
from memory import learned, production, stored, tables
from memory.rows import Rows, lock
from memory.shelves import JOBS, LOOKS, TAKES, TRIALS, VERDICTS
from memory.whole import whole

_ARRIVING = (JobState.ACCEPTED.value, JobState.READY.value)
"""States a job can be in when its clip comes."""

_OF_ONE_INSPECTION = (production.verdicts, production.trials, production.entries, learned.scores, learned.looks)
"""What a second look at a take replaces."""


class Takes(Rows):
    """What came back, and what was decided about it."""

    @whole
    async def keep_take(self, take: Take) -> Take:
        """Store a take under the shot's next number and its job as KEPT; the same job again gives the stored take.

        Raises:
            ConflictError: The job is not waiting for a clip.
        """
        rows = production.takes
        async with self.database.writing() as connection:
            await lock(connection, tables.shots, take.shot_id, what="shot")
            known = await TAKES.find(connection, rows.c.job_id == take.job_id)
            if known is not None:
                return known
            await _close_job(connection, take.job_id)
            last = await connection.scalar(
                select(func.coalesce(func.max(rows.c.number), 0)).where(rows.c.shot_id == take.shot_id)
            )
            fields = {**stored.dump(take), "number": (last or 0) + 1}
            await connection.execute(insert(rows).values(**fields))
        return stored.load(Take, fields)

    @whole
    async def take(self, take_id: str) -> Take:
        """The take of that id."""
        async with self.database.reading() as connection:
            return await TAKES.one(connection, production.takes.c.id == take_id, name=take_id)

    @whole
    async def takes(self, *, project_id: str | None = None, shot_id: str | None = None) -> tuple[Take, ...]:
        """Takes of a project, of a shot, or of all; oldest first."""
        rows = production.takes
        where = [rows.c.project_id == project_id] if project_id is not None else []
        if shot_id is not None:
            where.append(rows.c.shot_id == shot_id)
        async with self.database.reading() as connection:
            return await TAKES.all(connection, *where)

    @whole
    async def keep_verdict(
        self,
        verdict: Verdict,
        *,
        trial: Trial | None,
        entries: Sequence[Entry],
        scores: Sequence[Score] = (),
        look: Look | None = None,
    ) -> None:
        """Store a verdict and what it taught; a later look at the same take takes its place, so it counts once."""
        async with self.database.writing() as connection:
            take = await TAKES.one(connection, production.takes.c.id == verdict.take_id, name=verdict.take_id)
            await lock(connection, production.takes, take.id, what="take")
            for rows in _OF_ONE_INSPECTION:
                await connection.execute(delete(rows).where(rows.c.take_id == take.id))
            await VERDICTS.put(connection, verdict, decided_us=self._now_us())
            if trial is not None:
                await TRIALS.put(connection, trial, project_id=take.project_id, take_id=take.id)
            if look is not None:
                await LOOKS.put(connection, look, project_id=take.project_id)
            for rows, learned_from in ((production.entries, entries), (learned.scores, scores)):
                values = [{**stored.dump(each), "project_id": take.project_id} for each in learned_from]
                if values:
                    await connection.execute(insert(rows), values)

    @whole
    async def verdict(self, take_id: str) -> Verdict | None:
        """What was decided about a take; ``None`` while nobody has looked."""
        async with self.database.reading() as connection:
            return await VERDICTS.find(connection, production.verdicts.c.take_id == take_id)

    @whole
    async def trials(self, project_id: str) -> tuple[Trial, ...]:
        """What routing learns from, of this project alone."""
        async with self.database.reading() as connection:
            return await TRIALS.all(connection, production.trials.c.project_id == project_id)

    @whole
    async def other_trials(self, project_id: str, *, rehearsed: Collection[str], most: int) -> tuple[Trial, ...]:
        """The latest first takes of the other projects; of models that are ``rehearsed`` those of stand-ins alone."""
        rows, takes = production.trials, production.takes
        alike = takes.c.sandbox == rows.c.model.in_(rehearsed)  # a stand-in says nothing about its vendor
        question = TRIALS.select(rows.c.project_id != project_id, rows.c.nth_here == 1, alike)
        latest = question.join(takes, takes.c.id == rows.c.take_id).order_by(None).order_by(rows.c.seq.desc())
        async with self.database.reading() as connection:
            return tuple(TRIALS.load(row) for row in await connection.execute(latest.limit(most)))


async def _close_job(connection: AsyncConnection, job_id: str) -> None:
    rows = production.jobs
    closed = await connection.execute(
        update(rows).where(rows.c.id == job_id, rows.c.state.in_(_ARRIVING)).values(state=JobState.KEPT.value)
    )
    if closed.rowcount != 1:
        job = await JOBS.one(connection, rows.c.id == job_id, name=job_id)
        raise ConflictError(f"{job_id} is {job.state} and waits for no clip; no take was stored; read it again")
