"""A handful of drawn fault schedules, and faults that no vendor has a part in."""

from pathlib import Path

import pytest
from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt

from agent.film import ShotStatus
from agent.graphs.shot import thread
from agent.graphs.state import ShotStart, ShotState
from agent.studio import Studio
from benchmarks.faults_lives import play
from benchmarks.faults_schedule import Life, Schedule, drawn
from memory.checkpoints import open_checkpoints
from tests.support.hurried import a_hurried_set

BOAT = "a boat on the river, wide, 5 s, with Kling"

SEEDS = (126,)
"""Each of them has found a defect; more are played by the benchmark."""


@pytest.mark.parametrize("seed", SEEDS)
async def test_after_faults_and_crashes_everything_that_must_hold_holds(tmp_path: Path, seed: int) -> None:
    assert (await play(drawn(seed), tmp_path)).wrong == []


def test_a_seed_draws_the_same_schedule_each_time() -> None:
    assert drawn(5) == drawn(5) != drawn(6)


async def test_a_disk_that_fills_up_stops_nothing_for_good(tmp_path: Path) -> None:
    full = Life(says=(BOAT,), full_at=12, full_for=10, clip_full_at=1)
    played = await play(
        Schedule(seed=1, rules=(), strikes=0.0, lives=(full,), seen=(frozenset(),), skew_s=0.0, side_by_side=False),
        tmp_path,
    )

    assert played.wrong == []
    assert (played.accepted, played.takes) == (1, 1), "without being started again"


async def test_a_start_that_comes_when_an_earlier_one_has_delivered_buys_nothing(tmp_path: Path) -> None:
    async with a_hurried_set(tmp_path) as film:
        await film.say(BOAT)
        film.house.worker.start((await film.shot()).id)
        await film.house.worker.run(until_rest=True)

        assert len(film.sandbox.records.accepted()) == 1


async def test_a_thread_that_stands_at_a_step_of_an_older_program_is_begun_again_from_its_rows(tmp_path: Path) -> None:
    async def linger(state: ShotState) -> ShotState:
        interrupt({"kind": "of an older program"})
        return state

    older = StateGraph(ShotState, context_schema=Studio, input_schema=ShotStart)
    older.add_node("linger", linger)
    older.add_edge(START, "linger")
    older.add_edge("linger", END)
    async with a_hurried_set(tmp_path) as film:
        await film.say(BOAT, rest=False)
        shot = await film.shot()
        async with open_checkpoints(f"sqlite:///{tmp_path / 'countersteer.db'}") as saver:
            await older.compile(saver).ainvoke({"shot_id": shot.id}, thread(shot.id), context=film.house.studio)
        await film.house.studio.store.set_status(shot.id, ShotStatus.RENDERING)
    async with a_hurried_set(tmp_path) as film:
        await film.house.worker.recover()
        await film.house.worker.run(until_rest=True)

        assert (await film.shot()).status is ShotStatus.DELIVERED
        assert len(film.sandbox.records.accepted()) == 1
