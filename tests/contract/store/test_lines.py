"""Slots at a vendor, and the line before them."""

import asyncio
from dataclasses import replace

import pytest

from agent.errors import ConflictError
from agent.jobs import IN_LINE, Job, JobState
from agent.troubles import Trouble
from memory.lines import CALLED_FOR_US
from memory.store import SqlStore
from tests.contract.store.building import NOON_US, Clock, Film, Ids

LINE = ("kling-3.0", "kling-3.0-turbo")
LATER_US = NOON_US + 60_000_000


@pytest.fixture
async def other(store: SqlStore, ids: Ids) -> Film:
    return await Film.started(store, ids=ids, name="Piltover")


async def waiting(film: Film, **facts: object) -> Job:
    job = replace(await film.intent(), **{"due_us": LATER_US, "message": IN_LINE, **facts})  # type: ignore[arg-type]  # facts of a job
    return await film.reserve(job)


async def start(film: Film, job: Job, *, slots: int) -> bool:
    sending = replace(job, state=JobState.SENDING, sent_us=NOON_US)
    moved = await film.store.start_job(sending, waiting=replace(job, message=IN_LINE), line=LINE, slots=slots)
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


async def test_the_first_that_waits_is_called_next_and_nobody_twice(film: Film) -> None:
    first, second = await waiting(film), await waiting(film)
    called = [await film.store.call_next(LINE, slots=3) for _ in range(3)]
    assert [job.id if job else None for job in called] == [first.id, second.id, None]
    assert (await film.store.job(first.id)).due_us == NOON_US


async def test_who_waits_for_something_else_than_a_slot_is_not_called(film: Film) -> None:
    await waiting(film, trouble=Trouble.PROVIDER_TRANSIENT, message="a passing fault")
    await waiting(film, model="veo-3.1")
    await film.move(await waiting(film), JobState.SENDING)
    assert await film.store.call_next(LINE, slots=3) is None


async def test_whoever_was_called_and_has_not_left_is_called_again_after_a_while(film: Film, clock: Clock) -> None:
    job = await waiting(film)
    await film.store.call_next(LINE, slots=1)
    assert await film.store.call_next(LINE, slots=1) is None
    clock.now += CALLED_FOR_US
    called = await film.store.call_next(LINE, slots=1)
    assert called is not None
    assert called.id == job.id


async def test_nobody_is_called_while_no_slot_is_free(film: Film) -> None:
    await film.move(await waiting(film), JobState.ACCEPTED, vendor_id="v1")
    await waiting(film)
    assert await film.store.call_next(LINE, slots=1) is None
    assert await film.store.call_next(LINE, slots=2) is not None


async def test_the_lowest_number_goes_first_and_what_has_a_take_before_what_is_new(film: Film) -> None:
    jobs = [await waiting(film) for _ in range(3)]
    shots = [job.shot_id for job in jobs]
    await film.store.renumber(film.project.id, [shots[2], shots[0], shots[1]])
    again = await waiting(film, attempt=2)
    called = [await film.store.call_next(LINE, slots=9) for _ in range(4)]
    assert [job.shot_id if job else None for job in called] == [again.shot_id, shots[2], shots[0], shots[1]]


async def test_films_take_turns_at_a_vendor(film: Film, other: Film) -> None:
    await film.move(await waiting(film), JobState.ACCEPTED, vendor_id="v1")
    await waiting(film)
    first = await waiting(other)
    called = await film.store.call_next(LINE, slots=2)
    assert called is not None
    assert called.id == first.id


async def test_a_paused_film_sends_nothing_and_is_not_called_and_others_go_on(film: Film, other: Film) -> None:
    held, goes = await waiting(film), await waiting(other)
    assert await film.store.pause(film.project.id)
    assert not await film.store.pause(film.project.id)
    assert not await start(film, held, slots=9)
    assert await film.store.in_line(LINE) == 1
    assert await film.store.call_next(LINE, slots=9) == await film.store.job(goes.id)
    assert await film.store.call_next(LINE, slots=9) is None
    assert await film.store.paused_us(film.project.id) == NOON_US

    assert await film.store.unpause(film.project.id)
    assert await film.store.paused_us(film.project.id) is None
    assert await start(film, held, slots=9)


async def test_no_other_change_of_a_film_lifts_its_pause(film: Film) -> None:
    before = await film.store.project(film.project.id)
    await film.store.pause(film.project.id)
    await film.store.save_project(replace(before, seconds=7.0))
    assert await film.store.paused_us(film.project.id) is not None
