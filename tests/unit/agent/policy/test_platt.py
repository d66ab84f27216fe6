"""The chance that a value is the fault."""

import numpy as np
import pytest

from agent.policy import platt


def test_the_chances_are_those_the_values_were_drawn_with() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(0, 2, 4000)
    faulty = rng.random(4000) < 1 / (1 + np.exp(-(1.5 * values - 1)))
    line = platt.fit(values[~faulty].tolist(), values[faulty].tolist())
    assert line is not None
    assert list(line) == pytest.approx([1.5, -1], abs=0.15)


def test_small_values_are_the_fault_where_the_check_says_so() -> None:
    line = platt.fit([-3.0, -2.5, -2.0], [-1.0, -0.5, -0.2], sign=-1)  # values turned, as the caller has them
    assert line is not None
    assert platt.chance(line, 0.2) > 0.6
    assert platt.chance(line, 3.0) < 0.4


def test_a_few_takes_that_do_not_overlap_are_no_certainty() -> None:
    line = platt.fit([0.0] * 5 + [1.0] * 5, [9.0] * 10)
    assert line is not None
    assert 0.85 < platt.chance(line, 9.0) < 0.99


def test_values_that_are_all_one_part_nothing() -> None:
    assert platt.fit([2.0] * 10, [2.0] * 10) is None
