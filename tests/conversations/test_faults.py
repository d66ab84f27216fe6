"""A handful of drawn fault schedules; ``python -m benchmarks.faults`` plays a thousand."""

from pathlib import Path

import pytest

from benchmarks.faults_lives import play
from benchmarks.faults_schedule import drawn

# A clip that is fetched under a rate limit; an edit before the worker began; a disk that fills up between two crashes.
SEEDS = (11, 24, 8)


@pytest.mark.parametrize("seed", SEEDS)
async def test_after_faults_and_crashes_everything_that_must_hold_holds(tmp_path: Path, seed: int) -> None:
    assert (await play(drawn(seed), tmp_path)).wrong == []


def test_a_seed_draws_the_same_schedule_each_time() -> None:
    assert drawn(5) == drawn(5) != drawn(6)
