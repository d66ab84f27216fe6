"""Jobs, ceilings and receipts."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

import pytest

from agent.errors import CeilingError, ConflictError, NotFoundError, StoreError
from agent.film import Ceilings
from agent.jobs import Job, JobState
from agent.troubles import Trouble
from memory import production
from memory.money import DAY_US
from memory.store import SqlStore
from tests.contract.store.building import NOON_US, Film, Ids, a_prompt, a_receipt, a_rendering


async def test_a_reserved_job_is_there_with_its_receipt_and_rendering(film: Film) -> None:
    job = await film.reserve(await film.intent())
    assert await film.store.job(job.id) == job
    assert await film.store.receipt(job.id) == a_receipt()
    assert await film.store.rendering(job.id) == a_rendering()
    assert await film.store.prompt_digest(job.id) == a_prompt().digest
    assert await film.store.receipts(film.project.id) == ((job, a_prompt().digest, a_receipt()),)


async def test_reserving_the_same_job_again_changes_nothing(film: Film) -> None:
    job = await film.intent()
    await film.reserve(job)
    sent = await film.move(job, JobState.SENDING)
    assert await film.reserve(job) == sent
    assert await film.store.spent_micro_usd(film.project.id) == job.reserved_micro_usd


async def test_a_receipt_changed_in_the_database_is_read_back_changed(film: Film) -> None:
    job = await film.reserve(await film.intent())
    async with film.store.database.writing() as connection:
        await connection.execute(production.receipts.update().values(body='{"prompt": "photorealistic"}'))
    ((_, _, receipt),) = await film.store.receipts()
    assert receipt.body == (await film.store.receipt(job.id)).body == '{"prompt": "photorealistic"}'


async def test_receipts_come_oldest_first_and_by_project(film: Film) -> None:
    other = await Film.started(film.store, ids=film.ids, name="Piltover")
    jobs = [await film.reserve(await film.intent()), await other.reserve(await other.intent())]
    jobs.append(await film.reserve(await film.intent()))
    assert [job for job, _, _ in await film.store.receipts()] == jobs
    assert [job for job, _, _ in await film.store.receipts(film.project.id)] == [jobs[0], jobs[2]]


async def _limited(store: SqlStore, ids: Ids, ceilings: Ceilings) -> Film:
    return await Film.started(store, ids=ids, ceilings=ceilings)


@pytest.mark.parametrize(
    ("ceilings", "told"),
    [
        (Ceilings(takes_per_shot=1), ("takes per shot", 1, 2)),
        (Ceilings(shot_micro_usd=799_999), ("shot", 799_999, 800_000)),
        (Ceilings(project_micro_usd=799_999), ("project", 799_999, 800_000)),
        (Ceilings(day_micro_usd=799_999), ("day", 799_999, 800_000)),
    ],
)
async def test_each_ceiling_stops_the_job_that_would_pass_it(
    store: SqlStore, ids: Ids, ceilings: Ceilings, told: tuple[str, int, int]
) -> None:
    film = await _limited(store, ids, ceilings)
    shot = await film.shot()
    await film.reserve(await film.intent(shot))
    with pytest.raises(CeilingError) as caught:
        await film.reserve(await film.intent(shot))
    assert (caught.value.ceiling, caught.value.limit, caught.value.needed) == told
    assert len(await store.jobs()) == len(await store.receipts()) == 1


@pytest.mark.parametrize(
    "ceilings",
    [
        Ceilings(takes_per_shot=2),
        Ceilings(shot_micro_usd=800_000),
        Ceilings(project_micro_usd=800_000),
        Ceilings(day_micro_usd=800_000),
    ],
)
async def test_each_ceiling_may_be_reached_exactly(store: SqlStore, ids: Ids, ceilings: Ceilings) -> None:
    film = await _limited(store, ids, ceilings)
    shot = await film.shot()
    await film.reserve(await film.intent(shot))
    await film.reserve(await film.intent(shot))
    assert len(await store.jobs(shot_id=shot.id)) == 2


async def test_money_of_another_shot_or_project_does_not_fill_this_shots_ceiling(store: SqlStore, ids: Ids) -> None:
    film = await _limited(store, ids, Ceilings(shot_micro_usd=400_000, takes_per_shot=1))
    other = await Film.started(store, ids=ids, name="Piltover")
    await other.reserve(await other.intent())
    await film.reserve(await film.intent())
    await film.reserve(await film.intent())
    assert len(await store.jobs()) == 3


async def test_yesterdays_money_does_not_fill_todays_ceiling(store: SqlStore, ids: Ids) -> None:
    film = await _limited(store, ids, Ceilings(day_micro_usd=400_000))
    midnight = NOON_US - NOON_US % DAY_US
    await film.reserve(await film.intent(created_us=midnight - 1))
    await film.reserve(await film.intent(created_us=midnight))
    with pytest.raises(CeilingError, match="day"):
        await film.reserve(await film.intent())


async def test_of_twenty_at_once_with_money_for_three_exactly_three_are_stored(store: SqlStore, ids: Ids) -> None:
    film = await _limited(store, ids, Ceilings(project_micro_usd=3 * 400_000 + 399_999))
    jobs = [await film.intent() for _ in range(20)]
    outcomes = await asyncio.gather(*(film.reserve(job) for job in jobs), return_exceptions=True)
    assert sum(isinstance(outcome, Job) for outcome in outcomes) == 3
    assert sum(isinstance(outcome, CeilingError) for outcome in outcomes) == 17
    assert len(await store.jobs()) == len(await store.receipts()) == 3
    assert await store.spent_micro_usd(film.project.id) == 1_200_000


@pytest.mark.parametrize(
    ("state", "vendor_id", "counts"),
    [
        (JobState.INTENT, None, True),
        (JobState.SENDING, None, True),
        (JobState.ACCEPTED, "v1", True),
        (JobState.READY, "v1", True),
        (JobState.UNKNOWN, None, True),
        (JobState.LOST, "v1", True),
        (JobState.CANCELLED, "v1", True),
        (JobState.CANCELLED, None, False),
        (JobState.FAILED, None, False),
        (JobState.FAILED, "v1", False),
    ],
)
async def test_money_counts_unless_the_job_failed_or_never_reached_the_vendor(
    store: SqlStore, ids: Ids, state: JobState, vendor_id: str | None, counts: bool
) -> None:
    film = await _limited(store, ids, Ceilings(takes_per_shot=1))
    shot = await film.shot()
    job = await film.reserve(await film.intent(shot))
    await film.move(job, state, vendor_id=vendor_id)
    assert await store.spent_micro_usd(film.project.id) == (400_000 if counts else 0)
    again: Awaitable[Job] = film.reserve(await film.intent(shot))
    if counts:
        with pytest.raises(CeilingError):
            await again
    else:
        await again


async def test_a_kept_take_counts_with_what_it_cost(film: Film) -> None:
    await film.take(cost_micro_usd=350_000)
    await film.reserve(await film.intent())
    assert await film.store.spent_micro_usd(film.project.id) == 750_000


async def test_spending_can_be_asked_since_a_time(film: Film) -> None:
    await film.reserve(await film.intent(created_us=NOON_US - 1))
    await film.reserve(await film.intent(created_us=NOON_US))
    assert await film.store.spent_micro_usd(film.project.id, since_us=NOON_US) == 400_000


async def test_a_raised_ceiling_holds_from_the_next_job_on(store: SqlStore, ids: Ids) -> None:
    film = await _limited(store, ids, Ceilings(project_micro_usd=1))
    job = await film.intent()
    with pytest.raises(CeilingError):
        await film.reserve(job)
    await store.save_project(replace(film.project, ceilings=Ceilings()))
    assert await film.reserve(job) == job


async def test_a_job_moves_on_only_from_the_state_it_was_read_in(film: Film) -> None:
    job = await film.reserve(await film.intent())
    moves = [replace(job, state=JobState.SENDING, message=str(n)) for n in range(6)]
    done = await asyncio.gather(
        *(film.store.save_job(move, was=JobState.INTENT) for move in moves), return_exceptions=True
    )
    assert [type(outcome) for outcome in done if outcome is not None] == [ConflictError] * 5
    assert (await film.store.job(job.id)).message == str(done.index(None))


async def test_a_job_keeps_all_that_is_known_of_it(film: Film) -> None:
    job = await film.reserve(await film.intent())
    facts = {"vendor_id": "v1", "sent_us": NOON_US, "trouble": Trouble.MODERATION_OUTPUT, "message": "no", "tries": 2}
    moved = await film.move(job, JobState.FAILED, **facts)
    assert await film.store.job(job.id) == moved


async def test_jobs_are_found_by_shot_and_state_oldest_first(film: Film) -> None:
    shot = await film.shot()
    first, second = await film.accepted(shot), await film.accepted(shot)
    waiting = await film.reserve(await film.intent())
    assert await film.store.jobs(shot_id=shot.id) == (first, second)
    assert await film.store.jobs(states=[JobState.INTENT]) == (waiting,)
    assert await film.store.jobs(shot_id=shot.id, states=[JobState.INTENT, JobState.READY]) == ()
    assert await film.store.jobs() == (first, second, waiting)


async def test_a_job_for_a_prompt_that_was_not_kept_is_refused_whole(film: Film) -> None:
    job = await film.intent()
    with pytest.raises(StoreError, match="does not fit"):
        await film.store.reserve(job, prompt_digest="gone", rendering=a_rendering(), receipt=a_receipt())
    assert await film.store.jobs() == ()


async def test_an_unknown_job_is_not_found(film: Film) -> None:
    job = await film.intent()
    for asked in (
        film.store.job("x"),
        film.store.receipt("x"),
        film.store.rendering("x"),
        film.store.prompt_digest("x"),
        film.store.save_job(job, was=JobState.INTENT),
    ):
        with pytest.raises(NotFoundError):
            await asked
