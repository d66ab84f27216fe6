"""Errands: handed over once, done one after another per line, taken over from who died, and found where lost."""

import asyncio
from dataclasses import replace

import pytest

from agent.errands import Errand, of_job, of_shot, of_turn
from agent.film import ShotStatus
from agent.jobs import JobState
from memory.errands import ErrandRows
from memory.leases import Leases
from memory.store import SqlStore
from tests.contract.store.building import NOON_US, Clock, Film, Ids

A, B = "worker-a", "worker-b"
FOR_S = 10.0


@pytest.fixture
def errands(store: SqlStore, clock: Clock, ids: Ids) -> ErrandRows:
    return ErrandRows(store.database, now_us=clock, new_id=ids)


async def taken(errands: ErrandRows, holder: str = A, *, most: int = 9) -> list[Errand]:
    return list(await errands.take(holder=holder, most=most, for_s=FOR_S))


def subjects(found: list[Errand]) -> list[str]:
    return [errand.subject_id for errand in found]


async def test_errands_of_a_line_are_done_one_after_another_and_those_of_others_meanwhile(errands: ErrandRows) -> None:
    turns = [of_turn(name, conversation_id=name[0]) for name in ("a1", "a2", "b1")]
    await errands.hand_over(turns)
    first = await taken(errands)
    assert subjects(first) == ["a1", "b1"]
    assert await taken(errands, B) == []
    await errands.done(first[0], holder=A)
    assert subjects(await taken(errands, B)) == ["a2"]


async def test_what_waits_is_kept_once_and_what_somebody_does_is_kept_again(errands: ErrandRows) -> None:
    await errands.hand_over([of_shot("s"), of_shot("s")])
    await errands.hand_over([of_shot("s"), of_job("j", shot_id="s")])
    (begun,) = await taken(errands)
    await errands.hand_over([of_shot("s")])
    await errands.done(begun, holder=A)
    (job,) = await taken(errands)
    await errands.done(job, holder=A)
    assert (subjects([begun, job]), subjects(await taken(errands))) == (["s", "j"], ["s"])


async def test_of_many_who_take_at_once_nobody_gets_what_another_has(errands: ErrandRows) -> None:
    await errands.hand_over([of_shot(f"s{n}") for n in range(40)])
    found = await asyncio.gather(*(taken(errands, f"worker-{n}", most=5) for n in range(12)))
    each = [subject for some in found for subject in subjects(some)]
    assert len(each) == len(set(each))
    rest = subjects(await taken(errands, most=99))
    assert sorted([*each, *rest]) == sorted(f"s{n}" for n in range(40))


async def test_who_does_not_prolong_is_taken_over_from_and_can_no_longer_strike_off(
    errands: ErrandRows, clock: Clock
) -> None:
    await errands.hand_over([of_shot("kept"), of_shot("lost")])
    kept, lost = [*await taken(errands, A, most=1), *await taken(errands, B, most=1)]
    clock.now += int(FOR_S * 1e6) - 1
    await errands.keep(holder=A, for_s=FOR_S)
    assert await taken(errands, "c") == []
    clock.now += 1
    (again,) = await taken(errands, "c")
    assert (again.number, lost.taken, again.taken) == (lost.number, 1, 2)
    await errands.done(lost, holder=B)
    await errands.put_back(holder=A)
    assert subjects(await taken(errands, B)) == [kept.subject_id]
    clock.now += int(FOR_S * 1e6)
    assert subjects(await taken(errands)) == ["kept", "lost"]


async def test_what_should_move_and_nobody_has_in_hand_is_found(
    errands: ErrandRows, film: Film, clock: Clock, ids: Ids
) -> None:
    leases = Leases(film.store.database, now_us=clock, new_id=ids)
    open_, given, held, done, asks, out = [await film.shot() for _ in range(6)]
    await errands.hand_over([of_shot(given.id)])
    await film.store.set_status(done.id, ShotStatus.DELIVERED)
    await film.store.set_status(asks.id, ShotStatus.APPROVAL)
    question = await film.store.ask(asks, kind="spend", question={})
    await film.store.save_shot(replace(out, omitted=True))
    turn = await film.store.add_turn(film.conversation_id, "a fox")
    async with leases.hold(f"shot:{held.id}"):
        assert set(subjects(list(await errands.adrift(late_s=15)))) == {open_.id, turn}
        async with leases.hold(f"conversation:{film.conversation_id}"):
            assert subjects(list(await errands.adrift(late_s=15))) == [open_.id]
    await film.store.answer(question, {"approve": True})
    await film.store.finish_turn(turn, reply="done")
    found = await errands.adrift(late_s=15)
    assert subjects(list(found)) == [open_.id, held.id, asks.id]
    assert {errand.taken for errand in found} == {1}


async def test_a_shot_whose_job_is_looked_at_in_time_is_not_adrift(
    errands: ErrandRows, film: Film, clock: Clock
) -> None:
    job = await film.accepted()
    await film.store.set_status(job.shot_id, ShotStatus.RENDERING)
    due = await film.move(job, JobState.ACCEPTED, due_us=NOON_US + 60_000_000)
    clock.now += 74_000_000
    assert await errands.adrift(late_s=15) == ()
    clock.now += 1_000_000
    assert subjects(list(await errands.adrift(late_s=15))) == [due.shot_id]


async def test_it_is_quiet_when_no_errand_no_turn_and_no_shot_is_left(errands: ErrandRows, film: Film) -> None:
    assert await errands.quiet()
    turn = await film.store.add_turn(film.conversation_id, "a fox")
    assert not await errands.quiet()
    await film.store.finish_turn(turn, reply="done")
    shot = await film.shot()
    assert not await errands.quiet()
    await film.store.set_status(shot.id, ShotStatus.DELIVERED)
    await errands.hand_over([of_shot(shot.id)])
    assert not await errands.quiet()
    for errand in await taken(errands):
        await errands.done(errand, holder=A)
    assert await errands.quiet()
