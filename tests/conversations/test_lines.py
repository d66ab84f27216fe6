"""Many shots for few slots: nothing is sent that the vendor would have to turn away, and nobody waits for long."""

from dataclasses import replace
from pathlib import Path

import anyio
import anyio.lowlevel
import pytest

from agent import buying
from agent.events import What
from agent.film import ShotStatus, Wishes
from agent.intents import Draft
from agent.jobs import JobState
from agent.profiles import Profile
from tests.support.house import Eyesight, Set, Shooting, a_set, blank
from tools.sandbox import app
from tools.sandbox.clock import Pace

SHOTS = 9
ON_KLING = Shooting(
    tuple(Draft(action=f"Vi crosses roof {n}", wishes=Wishes(models=("kling-3.0",))) for n in range(SHOTS))
)


@pytest.fixture(autouse=True)
def _nobody_looks_for_a_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits goes out only when called."""
    monkeypatch.setattr(buying, "LINE_LOOK_S", 1e9)


async def shoot(folder: Path, *, slots: int) -> tuple[list[str], int, int]:
    """Who went out in which order, how often something was sent, and how many were delivered."""
    stand_ins = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.02), draw=blank, slots=slots)
    async with a_set(folder, sandbox=stand_ins, planner=ON_KLING, eyes=Eyesight()) as film:
        await film.say("all of them")
        accepted = [event.shot_id or "" for event in await film.events(What.ACCEPTED)]
        assert not await film.events(What.TROUBLE)
        return accepted, len(await film.events(What.SUBMIT)), await delivered(film)


async def delivered(film: Set) -> int:
    shots = await film.house.studio.store.shots(film.project.id)
    return sum(shot.status is ShotStatus.DELIVERED for shot in shots)


async def test_each_shot_of_many_is_sent_once_to_a_vendor_with_few_slots(tmp_path: Path) -> None:
    accepted, sent, done = await shoot(tmp_path, slots=3)
    assert sent == len(accepted) == len(set(accepted)) == done == SHOTS


async def test_a_vendor_that_takes_fewer_than_thought_is_asked_too_much_only_until_that_is_known(
    tmp_path: Path,
) -> None:
    accepted, sent, done = await shoot(tmp_path, slots=1)
    assert len(accepted) == len(set(accepted)) == done == SHOTS
    assert sent <= SHOTS + 3


async def test_the_wait_for_a_slot_is_told_once(tmp_path: Path) -> None:
    stand_ins = app.build(folder=tmp_path / "sandbox", seed=1, pace=Pace(factor=0.02), draw=blank)
    async with a_set(tmp_path, sandbox=stand_ins, planner=ON_KLING) as film:
        await film.say("all of them")
        told = [event.shot_id for event in await film.events(What.LINE)]
        assert len(told) == len(set(told)) > 0


def no_slots(profile: Profile) -> int:
    return 0


async def test_a_shot_that_is_taken_out_of_the_list_while_it_waits_is_never_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Shooting((Draft(action="Vi crosses a roof", wishes=Wishes(models=("kling-3.0",))),))
    async with a_set(tmp_path, planner=one) as film:
        studio, worker = film.house.studio, film.house.worker
        with monkeypatch.context() as full:
            full.setattr(studio.lines, "slots", no_slots)
            async with anyio.create_task_group() as group:
                group.start_soon(worker.run)
                await film.say("one", rest=False)
                while not await film.events(What.LINE):
                    await anyio.lowlevel.checkpoint()
                group.cancel_scope.cancel()
        await studio.store.save_shot(replace(await film.shot(), omitted=True))
        called = await studio.store.call_next(studio.line_of("kling-3.0"), slots=3)
        assert called is not None
        worker.go_on(called.shot_id)
        await worker.run(until_rest=True)

        assert (await studio.store.job(called.id)).state is JobState.CANCELLED
        assert not await film.events(What.SUBMIT)
        assert await studio.store.spent_micro_usd(film.project.id) == 0
