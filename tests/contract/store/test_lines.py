"""Slots at a vendor, and the line before them."""

import asyncio
from dataclasses import replace

import pytest

from agent.errors import ConflictError
from agent.jobs import Job, JobState
from agent.troubles import Trouble
from tests.contract.store.building import NOON_US, Film

LINE = ("kling-3.0", "kling-3.0-turbo")
LATER_US = NOON_US + 60_000_000


async def waiting(film: Film, **facts: object) -> Job:
    job = replace(await film.intent(), **{"due_us": LATER_US, **facts})  # type: ignore[arg-type]  # facts of a job
    return await film.reserve(job)


async def start(film: Film, job: Job, *, slots: int) -> bool:
    sending = replace(job, state=JobState.SENDING, sent_us=NOON_US)
    moved = await film.store.start_job(sending, waiting=replace(job, message="in line"), line=LINE, slots=slots)
    assert await film.store.job(job.id) == moved
    return moved.state is JobState.SENDING


async def test_of_twenty_sent_at_once_exactly_as_many_start_as_there_are_slots(film: Film) -> None:
    jobs = [await waiting(film) for _ in range(20)]
    started = await asyncio.gather(*(start(film, job, slots=3) for job in jobs))
    assert sum(started) == 3
    states = [job.state for job in await film.store.jobs()]
    assert (states.count(JobState.SENDING), states.count(JobState.INTENT)) == (3, 17)


async def test_every_model_of_the_line_takes_its_slots_and_others_do_not(film: Film) -> None:
    for model in ("kling-3.0-turbo", "veo-3.1"):
        await film.move(await waiting(film, model=model), JobState.ACCEPTED, vendor_id=f"at-{model}")
    first, second = await waiting(film), await waiting(film)
    assert await start(film, first, slots=2)
    assert not await start(film, second, slots=2)


@pytest.mark.parametrize("state", [JobState.READY, JobState.FAILED, JobState.CANCELLED, JobState.UNKNOWN])
async def test_a_job_that_is_no_longer_made_leaves_its_slot(film: Film, state: JobState) -> None:
    await film.move(await waiting(film), state, vendor_id="v1")
    assert await start(film, await waiting(film), slots=1)


async def test_a_job_that_moved_meanwhile_is_not_started(film: Film) -> None:
    job = await waiting(film)
    await film.move(job, JobState.CANCELLED)
    with pytest.raises(ConflictError, match="is cancelled, not intent"):
        await start(film, job, slots=1)


async def test_the_oldest_that_waits_is_called_next_and_nobody_twice(film: Film) -> None:
    first, second = await waiting(film), await waiting(film)
    called = [await film.store.call_next(LINE) for _ in range(3)]
    assert [job.id if job else None for job in called] == [first.id, second.id, None]
    assert (await film.store.job(first.id)).due_us == NOON_US


async def test_who_waits_for_something_else_than_a_slot_is_not_called(film: Film) -> None:
    await waiting(film, trouble=Trouble.RATE_LIMITED)
    await waiting(film, model="veo-3.1")
    await film.move(await waiting(film), JobState.SENDING)
    assert await film.store.call_next(LINE) is None
