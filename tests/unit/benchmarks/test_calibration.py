"""What the benchmark of labels says of checks whose values are known."""

import numpy as np
import pytest

from benchmarks import calibration
from benchmarks.calibration import DRAWS, Findings, Known, Row

RNG = np.random.default_rng(3)
SOUND, FAULTY = RNG.uniform(0.0, 1.2, 60), RNG.uniform(1.5, 3.0, 20)


def _line(value: float, expected: str) -> Findings:
    measured = {"sight": "unsure", "value": value, "guard": 0.8, "threshold": 1.0}
    return Findings.model_validate({"terms": {"blurry": {"expected": expected, "checks": {"blur": measured}}}})


@pytest.fixture(scope="module")
def checks() -> dict[str, Known]:
    lines = [*(_line(value, "absent") for value in SOUND), *(_line(value, "seen") for value in FAULTY)]
    return dict(calibration.known(lines))


@pytest.fixture(scope="module")
def rows(checks: dict[str, Known]) -> list[Row]:
    return list(calibration.figures(checks))


def test_nothing_moves_on_fewer_labels_than_carry_a_threshold(rows: list[Row]) -> None:
    assert {row.moved for row in rows if row.accepted < 9} == {0}


def test_a_check_that_cries_wolf_accuses_less_after_the_labels_and_sees_what_it_saw(rows: list[Row]) -> None:
    last = next(row for row in rows if row.accepted == 29 and row.film == "as measured")

    assert last.moved == DRAWS
    assert last.alarms[1].rate < last.alarms[0].rate
    assert last.seen[1] == last.seen[0]


def test_a_check_without_faulty_takes_enough_is_left_out() -> None:
    assert calibration.known([_line(0.5, "absent") for _ in range(60)]) == {}
