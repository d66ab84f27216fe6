"""Takes, verdicts, trials and the ledger."""

import asyncio
from dataclasses import replace

import pytest

from agent.errors import ConflictError, NotFoundError, StoreError
from agent.film import Decision, Take
from agent.findings import Sight
from agent.jobs import JobState
from agent.ledger import Crowd, Entry, Line, Trial
from prompts.blocks import Layer
from prompts.dialect import Channel
from tests.contract.store.building import Film, a_verdict


def an_entry(take: Take, sight: Sight, *, channel: Channel | None = Channel.FIELD, term: str = "lens flare") -> Entry:
    return Entry(
        take_id=take.id,
        shot_id=take.shot_id,
        model=take.model,
        term=term,
        layer=Layer.QUALITY,
        channel=channel,
        sight=sight,
    )


def a_trial(take: Take, *, passed: bool) -> Trial:
    return Trial(
        shot_id=take.shot_id,
        model=take.model,
        nth_here=1,
        layers={Layer.QUALITY: passed},
        features={Layer.FORMAT: "painted", Layer.ANATOMY: "single"},
    )


async def test_a_kept_take_gets_the_next_number_of_its_shot_and_closes_its_job(film: Film) -> None:
    shot = await film.shot()
    first, second, elsewhere = await film.take(shot), await film.take(shot), await film.take()
    assert (first.number, second.number, elsewhere.number) == (1, 2, 1)
    assert {job.state for job in await film.store.jobs(shot_id=shot.id)} == {JobState.KEPT}
    assert await film.store.take(first.id) == first


async def test_takes_kept_at_once_get_a_number_each(film: Film) -> None:
    shot = await film.shot()
    jobs = [await film.accepted(shot) for _ in range(6)]
    takes = await asyncio.gather(*(film.store.keep_take(film.a_take(job)) for job in jobs))
    assert sorted(take.number for take in takes) == [1, 2, 3, 4, 5, 6]


async def test_the_same_job_gives_one_take_however_often_it_is_kept(film: Film) -> None:
    job = await film.accepted()
    takes = await asyncio.gather(*(film.store.keep_take(film.a_take(job)) for _ in range(4)))
    assert len(set(takes)) == 1
    assert await film.store.takes() == (takes[0],)


@pytest.mark.parametrize("state", [JobState.SENDING, JobState.FAILED, JobState.CANCELLED, JobState.LOST])
async def test_a_job_that_waits_for_no_clip_gives_no_take(film: Film, state: JobState) -> None:
    job = await film.move(await film.accepted(), state)
    with pytest.raises(ConflictError, match="waits for no clip"):
        await film.store.keep_take(film.a_take(job))
    assert await film.store.takes() == ()
    assert (await film.store.job(job.id)).state is state


async def test_takes_are_found_by_project_and_by_shot(film: Film) -> None:
    other = await Film.started(film.store, ids=film.ids, name="Piltover")
    shot = await film.shot()
    first, elsewhere, second = await film.take(shot), await other.take(), await film.take()
    assert await film.store.takes(project_id=film.project.id) == (first, second)
    assert await film.store.takes(shot_id=shot.id) == (first,)
    assert await film.store.takes() == (first, elsewhere, second)
    assert await film.store.takes(project_id=other.project.id, shot_id=shot.id) == ()


async def test_a_take_has_no_verdict_until_somebody_looked(film: Film) -> None:
    take = await film.take()
    assert await film.store.verdict(take.id) is None
    await film.store.keep_verdict(a_verdict(take), trial=None, entries=())
    assert await film.store.verdict(take.id) == a_verdict(take)


async def test_a_second_look_takes_the_place_of_the_first_and_counts_once(film: Film) -> None:
    take = await film.take()
    for sight, decision in ((Sight.SEEN, Decision.MISS), (Sight.ABSENT, Decision.PASS)):
        await film.store.keep_verdict(
            a_verdict(take, decision=decision),
            trial=a_trial(take, passed=decision is Decision.PASS),
            entries=[an_entry(take, sight)],
        )
    assert await film.store.verdict(take.id) == a_verdict(take, decision=Decision.PASS)
    assert await film.store.trials(film.project.id) == (a_trial(take, passed=True),)
    (line,) = await film.store.ledger(film.project.id)
    assert (line.sent, line.absent, line.ignored) == (1, 1, 0)


async def test_a_verdict_on_no_take_is_not_found(film: Film) -> None:
    take = await film.take()
    with pytest.raises(NotFoundError):
        await film.store.keep_verdict(replace(a_verdict(take), take_id="take-0"), trial=None, entries=())


async def test_a_verdict_whose_entries_do_not_fit_is_not_stored_at_all(film: Film) -> None:
    take = await film.take()
    with pytest.raises(StoreError):
        await film.store.keep_verdict(
            a_verdict(take),
            trial=a_trial(take, passed=False),
            entries=[replace(an_entry(take, Sight.SEEN), shot_id="x")],
        )
    assert await film.store.verdict(take.id) is None
    assert await film.store.trials(film.project.id) == ()


async def test_trials_and_ledger_know_their_own_project_only(film: Film) -> None:
    other = await Film.started(film.store, ids=film.ids, name="Piltover")
    take = await other.take()
    await film.store.keep_verdict(
        a_verdict(take), trial=a_trial(take, passed=False), entries=[an_entry(take, Sight.SEEN)]
    )
    assert await film.store.trials(film.project.id) == ()
    assert await film.store.ledger(film.project.id) == ()
    assert len(await film.store.trials(other.project.id)) == len(await film.store.ledger(other.project.id)) == 1
    (lent,) = await film.store.trials(other.project.id)
    (take,) = await film.store.takes(project_id=other.project.id)
    alike = [take.model] if take.sandbox else []
    assert await film.store.other_trials(film.project.id, rehearsed=alike, most=9) == (lent,)
    assert await film.store.other_trials(other.project.id, rehearsed=alike, most=9) == ()
    unlike = [] if take.sandbox else [take.model]
    assert await film.store.other_trials(film.project.id, rehearsed=unlike, most=9) == (), "a stand-in is no vendor"


async def test_the_ledger_adds_up_per_term_model_and_channel(film: Film) -> None:
    shot = await film.shot()
    rows: list[tuple[Channel | None, Sight]] = [
        (Channel.FIELD, Sight.ABSENT),
        (Channel.FIELD, Sight.SEEN),
        (Channel.FIELD, Sight.SEEN),
        (Channel.FIELD, Sight.UNSURE),
        (Channel.FIELD, Sight.NOT_INSPECTABLE),
        (Channel.CLAUSE, Sight.ABSENT),
        (None, Sight.SEEN),
        (None, Sight.ABSENT),
        (None, Sight.ABSENT),
        (None, Sight.UNSURE),
        (None, Sight.NOT_INSPECTABLE),
    ]
    for channel, sight in rows:
        take = await film.take(shot)
        await film.store.keep_verdict(a_verdict(take), trial=None, entries=[an_entry(take, sight, channel=channel)])
    flare = Line(
        term="lens flare", layer=Layer.QUALITY, model="kling-3.0", channel=Channel.CLAUSE, without=3, seen_without=1
    )
    field = replace(flare, channel=Channel.FIELD, sent=5, absent=1, ignored=2, unsure=1, not_inspectable=1)
    assert await film.store.ledger(film.project.id) == (replace(flare, sent=1, absent=1), field)
    alone = Crowd(model="kling-3.0", term="lens flare", terms=1, told=4, seen=2)
    assert await film.store.crowds(film.project.id) == (alone,)


async def test_a_term_that_was_never_sent_has_no_line(film: Film) -> None:
    take = await film.take()
    entries = [an_entry(take, Sight.SEEN, channel=None), an_entry(take, Sight.ABSENT, term="watermark")]
    await film.store.keep_verdict(a_verdict(take), trial=None, entries=entries)
    assert [line.term for line in await film.store.ledger(film.project.id)] == ["watermark"]
