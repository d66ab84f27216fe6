"""What counts against the ceilings, and the check of one more intention."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import CeilingError
from agent.film import Ceilings
from agent.jobs import Job, JobState
from memory import production

DAY_US = 86_400_000_000
"""A day of the day ceiling is a calendar day in UTC."""

_jobs, _takes = production.jobs, production.takes


def may_be_billed() -> ColumnElement[bool]:
    """Jobs that cost money or still may: all but those that failed, or were cancelled before the vendor had them.

    The four vendors bill successful clips only; a job cancelled after acceptance is not refunded (Runway, [D]).
    One that was lost, or whose outcome is unknown, counts.
    """
    called_back = and_(_jobs.c.state == JobState.CANCELLED.value, _jobs.c.vendor_id.is_(None))
    return not_(or_(_jobs.c.state == JobState.FAILED.value, called_back))


async def spent_micro_usd(connection: AsyncConnection, *where: ColumnElement[bool]) -> int:
    """Paid and reserved together: what a take cost where it is here, what was set aside where it is not."""
    amount = func.coalesce(_takes.c.cost_micro_usd, _jobs.c.reserved_micro_usd)
    total = await connection.scalar(
        select(func.coalesce(func.sum(amount), 0))
        .select_from(_jobs.outerjoin(_takes, _takes.c.job_id == _jobs.c.id))
        .where(may_be_billed(), *where)
    )
    return int(total or 0)


async def check(connection: AsyncConnection, job: Job, *, ceilings: Ceilings, now_us: int) -> None:
    """Whether one more job fits under every ceiling, with all that is in flight.

    Raises:
        CeilingError: The first one it would pass.
    """
    taken = select(func.count()).select_from(_jobs).where(_jobs.c.shot_id == job.shot_id, may_be_billed())
    takes = int(await connection.scalar(taken) or 0) + 1
    if takes > ceilings.takes_per_shot:
        raise CeilingError(ceiling="takes per shot", limit=ceilings.takes_per_shot, needed=takes)
    for ceiling, limit, where in _sums(job, ceilings=ceilings, now_us=now_us):
        needed = await spent_micro_usd(connection, *where) + job.reserved_micro_usd
        if needed > limit:
            raise CeilingError(ceiling=ceiling, limit=limit, needed=needed)


def _sums(job: Job, *, ceilings: Ceilings, now_us: int) -> Iterator[tuple[str, int, tuple[ColumnElement[bool], ...]]]:
    project = _jobs.c.project_id == job.project_id
    yield "shot", ceilings.shot_micro_usd, (_jobs.c.shot_id == job.shot_id,)
    yield "project", ceilings.project_micro_usd, (project,)
    yield "day", ceilings.day_micro_usd, (project, _jobs.c.created_us >= now_us - now_us % DAY_US)
