"""Many shots at once: the price first, how far they are, holding them, letting them go on, and calling off the rest."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import anyio
import anyio.lowlevel
import pytest

from agent import batches, buying
from agent.acting import calling_off
from agent.batches import Stage
from agent.events import Event, What
from agent.film import Shot, ShotStatus, Wishes
from agent.jobs import JobState
from prompts.sheet import Sheet
from tests.support.house import Set, a_set, limit, rule
from tools.sandbox.faultplan import Mishap

SHOTS = 6
SLOTS = 3  # of Kling's


@pytest.fixture(autouse=True)
def _lists_know_a_job_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buying, "LISTING_LAG_S", 0.0)


async def planned(film: Set, *, shots: int = SHOTS) -> None:
    """A list of shots for Kling of which nothing was made yet."""
    for nth in range(shots):
        shot = Shot(
            id=f"shot-{nth}",
            project_id=film.project.id,
            conversation_id=film.conversation_id,
            number=0,
            revision=1,
            sheet=Sheet(action=f"Vi crosses roof {nth}", seconds=5.0),
            status=ShotStatus.PLANNED,
            wishes=Wishes(models=("kling-3.0",)),
        )
        await film.house.studio.store.add_shot(shot)


async def working(film: Set, until: Callable[[list[Event]], bool]) -> None:
    """Let the worker work until the story has come so far, and then kill it."""
    async with anyio.create_task_group() as group:
        group.start_soon(film.house.worker.run)
        while not until(await film.events()):
            await anyio.lowlevel.checkpoint()
        group.cancel_scope.cancel()


def told(what: What, times: int) -> Callable[[list[Event]], bool]:
    return lambda story: sum(event.what is what for event in story) >= times


async def numbers(film: Set, what: What) -> list[int]:
    shots = {shot.id: shot.number for shot in await film.house.studio.store.shots(film.project.id)}
    return [shots[event.shot_id or ""] for event in await film.events(what)]


async def test_a_paused_film_that_is_killed_sends_nothing_until_it_is_let_go_on(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await planned(film)
        card = await film.say("generate all", rest=False)
        assert "6 takes would cost" in card
        assert "With re-routes it comes to about" in card
        assert "no take was judged yet" in card
        assert await film.house.studio.store.jobs() == ()
        await film.say("yes", rest=False)
        await working(film, told(What.ACCEPTED, SLOTS))
        assert "nothing new is sent" in await film.say("hold everything", rest=False)

    async with a_set(tmp_path) as film:  # another process, on the same rows
        store = film.house.studio.store
        await film.house.worker.recover()
        await film.house.worker.run(until_rest=True)
        assert len(await numbers(film, What.SUBMIT)) == SLOTS
        batch = await batches.latest(film.house.studio, film.project.id)
        assert batch is not None
        assert (batch.stages, batch.paused, batch.left_s) == ({Stage.DONE: 3, Stage.WAITING: 3}, True, None)
        assert batch.spent_micro_usd == await store.spent_micro_usd(film.project.id)
        assert batch.likely_micro_usd is not None
        assert batch.likely_micro_usd > batch.spent_micro_usd
        assert "3 of 6 shots done · 3 waiting" in await film.say("how far are we?", rest=False)

        assert "It goes on" in await film.say("go on")
        assert sorted(await numbers(film, What.SUBMIT)) == [*range(1, SHOTS + 1)]
        assert len(await store.takes(project_id=film.project.id)) == SHOTS


async def test_the_rest_is_called_off_while_shots_are_sent_and_what_was_paid_comes_home(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.SLOW)]) as film:
        await planned(film)
        await limit(film, ask_above_micro_usd=50_000_000)
        await film.say("generate all", rest=False)
        await working(film, told(What.SUBMIT, SLOTS))
        reply = await film.say("cancel the rest", rest=False)
        rest = {*range(1, SHOTS + 1)} - {*await numbers(film, What.SUBMIT)}
        assert f"{calling_off.named([*rest])} called off: nothing was sent, so nothing is spent." in reply
        await film.house.worker.recover()
        await film.house.worker.run(until_rest=True)

        store = film.house.studio.store
        assert len(await numbers(film, What.SUBMIT)) == SLOTS
        jobs = await store.jobs()
        bought = [job for job in jobs if job.vendor_id]
        assert {job.state for job in bought} == {JobState.KEPT}
        assert {job.state for job in jobs} == {JobState.CANCELLED, JobState.KEPT}
        assert len(await store.takes(project_id=film.project.id)) == len(bought) > 0
        assert await store.paused_us(film.project.id) is None
        assert "Nothing is under way" in await film.say("cancel the rest")


async def test_a_shot_asked_for_while_the_film_is_paused_says_so_and_waits(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say("pause")
        assert "is paused already" in await film.say("pause")
        assert "so nothing is sent before you say go on" in await film.say("a fox crosses the snow, wide, 5 s")
        assert await film.events(What.SUBMIT) == []
        await film.say("resume")
        assert len(await film.takes()) == 1


async def test_only_the_failed_ones_are_made_again_with_their_price(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await planned(film, shots=3)
        store = film.house.studio.store
        for number in (1, 3):
            await store.set_status((await film.shot(number)).id, ShotStatus.CHOICE)
        await limit(film, ask_above_micro_usd=50_000_000)
        reply = await film.say("only the failed ones", rest=False)
        assert reply.startswith("2 takes for $")
        batch = await batches.latest(film.house.studio, film.project.id)
        assert batch is not None
        assert batch.shots == 2
        await film.house.worker.run(until_rest=True)
        assert (await film.shot(2)).status is ShotStatus.PLANNED
        assert [len(await film.takes(number)) for number in (1, 2, 3)] == [1, 0, 1]


async def test_what_moves_is_told_also_where_nothing_was_agreed_to(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        assert await batches.latest(film.house.studio, film.project.id) is None
        await planned(film, shots=2)
        for shot in await film.house.studio.store.shots(film.project.id):
            await film.house.studio.store.save_shot(replace(shot, status=ShotStatus.OPEN))
        batch = await batches.latest(film.house.studio, film.project.id)
        assert batch is not None
        assert (batch.moving, batch.likely_micro_usd) == (2, None)
