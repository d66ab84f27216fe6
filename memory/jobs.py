"""Jobs with their money, and the receipts that prove what left."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import ConflictError, NotFoundError
from agent.jobs import Job, JobState
from memory import money, production, stored, tables
from memory.rows import Rows, lock
from memory.shelves import JOBS, PROJECTS, RECEIPTS
from memory.whole import whole
from prompts.receipt import Receipt
from prompts.rendering import Rendering

_DURABLE = frozenset({JobState.SENDING, JobState.ACCEPTED})
"""Forgetting one of these could buy a clip twice, so they are on the disk before the next step."""


class Jobs(Rows):
    """Every intention to buy a clip."""

    @whole
    async def reserve(self, job: Job, *, prompt_digest: str, rendering: Rendering, receipt: Receipt) -> Job:
        """Intent, reservation and receipt in one fully synced transaction; the same job again changes nothing.

        Raises:
            CeilingError: It would pass a ceiling; nothing is stored.
        """
        async with self.database.writing(durable=True) as connection:
            await lock(connection, tables.projects, job.project_id, what="project")
            known = await JOBS.find(connection, production.jobs.c.id == job.id)
            if known is not None:
                return known
            project = await PROJECTS.one(connection, tables.projects.c.id == job.project_id, name=job.project_id)
            await money.check(connection, job, ceilings=project.ceilings, now_us=self._now_us())
            await JOBS.put(connection, job)
            proof = {"job_id": job.id, "project_id": job.project_id, "prompt_digest": prompt_digest}
            await RECEIPTS.put(connection, receipt, **proof, rendering=stored.dump(rendering))
        return job

    @whole
    async def save_job(self, job: Job, *, was: JobState) -> None:
        """Move a job on from the state it was read in.

        Raises:
            ConflictError: It is no longer in that state.
        """
        async with self.database.writing(durable=job.state in _DURABLE and job.state is not was) as connection:
            await move(connection, job, was=was)

    @whole
    async def job(self, job_id: str) -> Job:
        """The job of that id."""
        async with self.database.reading() as connection:
            return await JOBS.one(connection, production.jobs.c.id == job_id, name=job_id)

    @whole
    async def jobs(self, *, shot_id: str | None = None, states: Sequence[JobState] = ()) -> tuple[Job, ...]:
        """Jobs of a shot, or of all, in any of these states, or in all; oldest first."""
        rows = production.jobs
        where = [rows.c.shot_id == shot_id] if shot_id is not None else []
        if states:
            where.append(rows.c.state.in_([state.value for state in states]))
        async with self.database.reading() as connection:
            return await JOBS.all(connection, *where)

    @whole
    async def receipts(self, project_id: str | None = None) -> tuple[tuple[Job, str, Receipt], ...]:
        """Each receipt as it is stored, with its job and prompt digest, oldest first."""
        jobs, proofs = production.jobs, production.receipts
        parts = [
            *(column.label(f"job_{column.key}") for column in JOBS.columns),
            *(column.label(f"receipt_{column.key}") for column in RECEIPTS.columns),
        ]
        question = select(proofs.c.prompt_digest, *parts).join_from(jobs, proofs, proofs.c.job_id == jobs.c.id)
        if project_id is not None:
            question = question.where(jobs.c.project_id == project_id)
        async with self.database.reading() as connection:
            rows = (await connection.execute(question.order_by(jobs.c.seq))).mappings().all()
        return tuple(
            (
                stored.load(Job, _part(row, "job_")),
                str(row["prompt_digest"]),
                stored.load(Receipt, _part(row, "receipt_")),
            )
            for row in rows
        )

    @whole
    async def receipt(self, job_id: str) -> Receipt:
        """The proof of one job, as it is stored."""
        async with self.database.reading() as connection:
            return await RECEIPTS.one(connection, production.receipts.c.job_id == job_id, name=job_id)

    @whole
    async def rendering(self, job_id: str) -> Rendering:
        """What the model was told for this job."""
        return stored.load(Rendering, await self._of_receipt("rendering", job_id))

    @whole
    async def prompt_digest(self, job_id: str) -> str:
        """The prompt this job was made from."""
        return str(await self._of_receipt("prompt_digest", job_id))

    @whole
    async def spent_micro_usd(self, project_id: str, *, since_us: int = 0) -> int:
        """Paid and reserved together, of jobs since then: what the ceilings count."""
        rows = production.jobs
        async with self.database.reading() as connection:
            return await money.spent_micro_usd(
                connection, rows.c.project_id == project_id, rows.c.created_us >= since_us
            )

    async def _of_receipt(self, column: str, job_id: str) -> Any:
        rows = production.receipts
        async with self.database.reading() as connection:
            found = await connection.scalar(select(rows.c[column]).where(rows.c.job_id == job_id))
        if found is None:
            raise NotFoundError(what="receipt", name=job_id)
        return found


async def move(connection: AsyncConnection, job: Job, *, was: JobState) -> None:
    """Move a job on within a transaction.

    Raises:
        ConflictError: It is no longer in the state it was read in.
    """
    rows = production.jobs
    moved = await connection.execute(
        update(rows).where(rows.c.id == job.id, rows.c.state == was.value).values(**stored.dump(job))
    )
    if moved.rowcount != 1:
        now = await JOBS.one(connection, rows.c.id == job.id, name=job.id)
        raise ConflictError(f"{job.id} is {now.state}, not {was}; nothing was changed; read it again")


def _part(row: Any, prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in row.items() if name.startswith(prefix)}
