"""The line along which accepted and rejected looks part."""

from collections.abc import Sequence

import numpy as np
import pytest

from agent.findings import Grade, Sight
from agent.learning import Axis
from tools import parting
from tools.parting import Seen

NUMBERS = 40
Looks = list[list[float]]


def drawn(count: int, *, apart: float, seed: int) -> Looks:
    """Looks of which the first three numbers are moved."""
    looks = np.random.default_rng(seed).normal(size=(count, NUMBERS))
    looks[:, :3] += apart
    return [[float(number) for number in row] for row in looks]


def seen(looks: Looks, *, shots: int = 1000) -> list[Seen]:
    """The looks as takes of so many shots in turn."""
    return [Seen(shot=str(nth % shots), look=look) for nth, look in enumerate(looks)]


def learned(*, apart: float, count: int = 20, seed: int = 1, terms: Sequence[str] = ()) -> Axis:
    sound, faulty = drawn(count, apart=0, seed=seed), drawn(count, apart=apart, seed=seed + 50)
    axis = parting.learn(seen(sound), seen(faulty), kind="k", terms=terms)
    assert axis is not None
    return axis


def auc_of(axis: Axis, *, apart: float) -> float:
    sound, faulty = ([parting.value(look, axis) for look in drawn(300, apart=by, seed=99)] for by in (0, apart))
    return parting.auc(sound, faulty)


@pytest.mark.parametrize(("accepted", "rejected"), [(9, 30), (30, 9)])
def test_nine_takes_of_a_kind_teach_nothing(accepted: int, rejected: int) -> None:
    sound, faulty = drawn(accepted, apart=0, seed=1), drawn(rejected, apart=9, seed=2)
    assert parting.learn(seen(sound), seen(faulty), kind="k") is None


def test_takes_of_one_shot_teach_nothing() -> None:
    sound, faulty = drawn(20, apart=0, seed=1), drawn(20, apart=9, seed=2)
    assert parting.learn(seen(sound), seen(faulty, shots=1), kind="k") is None


def test_what_only_tells_shots_apart_is_no_style() -> None:
    """Ten takes each of four shots: two accepted, two rejected, and nothing that the sides have in common."""
    rng = np.random.default_rng(5)
    places = rng.normal(scale=4, size=(4, NUMBERS))
    takes = [
        [Seen(shot=str(shot), look=(places[shot] + rng.normal(size=NUMBERS)).tolist()) for _ in range(10)]
        for shot in range(4)
    ]
    axis = parting.learn([*takes[0], *takes[1]], [*takes[2], *takes[3]], kind="k")
    assert axis is not None
    assert axis.auc < parting.STANDS_FROM


def test_ten_of_each_part_looks_that_were_not_among_them() -> None:
    assert auc_of(learned(apart=2.5, count=10), apart=2.5) > 0.9


def test_the_area_told_is_that_on_new_takes_and_not_on_the_learned_ones() -> None:
    nothing = [learned(apart=0, seed=seed).auc for seed in range(1, 9)]
    assert float(np.mean(nothing)) == pytest.approx(0.5, abs=0.15)  # on its own takes it would be near 1


def test_one_odd_number_does_not_decide() -> None:
    axis = learned(apart=2.5)
    look = drawn(1, apart=0, seed=3)[0]
    wild = [*look[:10], 1e9, *look[11:]]
    farthest = parting.FARTHEST * 2 * abs(axis.weights[10])
    assert abs(parting.value(wild, axis) - parting.value(look, axis)) <= farthest


def test_a_look_like_the_rejected_ones_is_seen_and_one_like_the_accepted_is_absent() -> None:
    axis = learned(apart=4, terms=("photorealistic",))
    (far,) = parting.told(drawn(1, apart=6, seed=7)[0], axis, kind="k")
    (near,) = parting.told(drawn(1, apart=-3, seed=7)[0], axis, kind="k")
    assert (far.sight, near.sight) == (Sight.SEEN, Sight.ABSENT)
    assert far.grade is Grade.B
    assert far.terms == ("photorealistic", "style drift")
    assert "20 accepted from 20 rejected" in far.reason


def test_a_line_that_parts_badly_is_a_hint_only() -> None:
    (reading,) = parting.told(drawn(1, apart=0, seed=7)[0], learned(apart=0), kind="k")
    assert reading.grade is Grade.C


def test_accepted_takes_pass_the_threshold_as_seldom_as_it_says() -> None:
    passed = [
        np.mean([parting.value(look, axis) > axis.threshold for look in drawn(100, apart=0, seed=300 + seed)])
        for seed in range(20)
        for axis in (learned(apart=1.5, seed=seed, count=19),)
    ]
    assert float(np.mean(passed)) < 0.08


def test_looks_of_another_kind_and_films_that_learned_nothing_have_no_reading() -> None:
    axis = learned(apart=4)
    look = drawn(1, apart=6, seed=7)[0]
    assert parting.told(look, axis, kind="older") == ()
    assert parting.told(look, None, kind="k") == ()
    assert parting.told((), axis, kind="k") == ()
