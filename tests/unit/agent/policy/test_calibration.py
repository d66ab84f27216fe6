"""A check's limits moved by the person's labels."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from agent.findings import Evidence, Grade, Reading, Sight
from agent.learning import UNCALIBRATED, Calibration, Label, Limit, Score
from agent.policy import calibration
from agent.policy.calibration import Tuning

GUARD, THRESHOLD = 1.0, 2.0
QUIET = tuple(0.1 + 0.001 * each for each in range(200))


def score(take: str, value: float, *, lines: int = 720, guard: float = GUARD, threshold: float = THRESHOLD) -> Score:
    return Score(
        take_id=take,
        check="blur",
        terms=("blurry",),
        grade=Grade.A,
        sight=Sight.ABSENT,
        lines=lines,
        value=value,
        guard=guard,
        threshold=threshold,
    )


def tuned(
    accepted: Sequence[float], rejected: Sequence[float] = (), *, before: Calibration = UNCALIBRATED, sign: int = 1
) -> Tuning:
    scores = [
        score(str(nth), sign * value, guard=sign * GUARD, threshold=sign * THRESHOLD)
        for nth, value in enumerate((*accepted, *rejected))
    ]
    labels = [
        Label(take_id=each.take_id, shot_id="s", accepted=nth < len(accepted), terms=("blurry",))
        for nth, each in enumerate(scores)
    ]
    (tuning,) = calibration.tune(scores, labels, before=before)
    return tuning


def reading(value: float, *, guard: float | None = GUARD, sight: Sight = Sight.ABSENT) -> Reading:
    evidence = (Evidence(frame=1, at_s=0.1, sentence="there", value=value, threshold=THRESHOLD),)
    return Reading(
        check="blur",
        terms=("blurry",),
        grade=Grade.A,
        sight=sight,
        reason="measured",
        value=value,
        guard=guard,
        threshold=THRESHOLD,
        evidence=evidence,
    )


def calibrated(**facts: object) -> Calibration:
    limit = Limit(check="blur", guard=3.0, threshold=4.0, accepted=19, alpha=0.05)
    return Calibration(version=3, limits=(replace(limit, **facts),))  # type: ignore[arg-type]  # facts of a limit


@pytest.mark.parametrize(("count", "level"), [(8, None), (9, 0.10), (18, 0.10), (19, 0.05), (98, 0.05), (99, 0.01)])
def test_a_level_needs_its_number_of_labels(count: int, level: float | None) -> None:
    assert calibration.carried(count) == level


@pytest.mark.parametrize("count", [9, 19, 99])
def test_the_threshold_lets_through_what_it_says_of_takes_it_never_saw(count: int) -> None:
    level = calibration.carried(count)
    assert level is not None
    rng = np.random.default_rng(count)
    passed = [rng.normal() > calibration.conformal(rng.normal(size=count).tolist(), level) for _ in range(6000)]
    assert np.mean(passed) == pytest.approx(level, abs=0.015)


def test_too_few_values_carry_no_threshold_at_all() -> None:
    with pytest.raises(ValueError, match="8 values carry no threshold at 10%; 9 do"):
        calibration.conformal([1.0] * 8, 0.10)


def test_eight_accepted_takes_move_nothing_however_wrong_the_threshold_is() -> None:
    tuning = tuned([5.0] * 8)
    assert tuning.limit is None
    assert tuning.why == "9 accepted takes carry a threshold at 10 %, there are 8; it stays as it is"


def test_nine_accepted_takes_move_a_threshold_that_cries_wolf() -> None:
    tuning = tuned([0.5, 0.5, 0.5, 3.0, 3.0, 3.0, 4.0, 5.0, 6.0])
    assert tuning.limit is not None
    assert (tuning.limit.threshold, tuning.limit.alpha, tuning.limit.accepted) == (6.0, 0.10, 9)
    assert [share.count for share in tuning.alarms] == [6, 0]


def test_where_small_values_are_the_fault_the_limits_move_down() -> None:
    tuning = tuned([0.5, 0.5, 0.5, 3.0, 3.0, 3.0, 4.0, 5.0, 6.0], sign=-1)
    assert tuning.limit is not None
    assert (tuning.guard, tuning.threshold, tuning.limit.threshold) == (-1.0, -2.0, -6.0)


def test_a_threshold_moves_in_with_ninety_nine_labels_only() -> None:
    few, many = tuned(QUIET[:98]), tuned(QUIET[:99])
    assert few.limit is not None
    assert (few.limit.threshold, few.limit.alpha) == (THRESHOLD, None)
    assert many.limit is not None
    assert (many.limit.threshold, many.limit.alpha) == (QUIET[98], 0.01)


def test_only_a_rejection_that_names_the_fault_counts_for_its_check() -> None:
    scores = [score("named", 3.0), score("other", 3.0), score("silent", 3.0)]
    labels = [
        Label(take_id="named", shot_id="s", accepted=False, terms=("blurry",)),
        Label(take_id="other", shot_id="s", accepted=False, terms=("extra fingers",)),
        Label(take_id="silent", shot_id="s", accepted=False),
    ]
    (tuning,) = calibration.tune(scores, labels, before=UNCALIBRATED)
    assert tuning.caught[0].of == 1


def test_a_check_that_misses_what_the_person_rejects_loses_its_all_clear() -> None:
    tuning = tuned([0.1] * 10, [0.2] * 10)
    assert tuning.limit is not None
    assert tuning.limit.blind
    by = Calibration(version=1, limits=(tuning.limit,))
    assert calibration.reread(reading(0.1), by, lines=720).sight is Sight.UNSURE
    assert not (tuned([0.1] * 10, [1.5] * 10).limit or tuning.limit).blind


def test_the_chance_is_told_once_ten_takes_were_rejected() -> None:
    nine, ten = tuned([0.1] * 9 + [0.3], [5.0] * 9), tuned([0.1] * 9 + [0.3], [5.0] * 10)
    assert nine.limit is not None
    assert ten.limit is not None
    assert nine.limit.platt is None
    told = calibration.reread(reading(5.0), Calibration(version=1, limits=(ten.limit,)), lines=720).reason
    assert "p 0.9" in told


def test_a_size_with_labels_enough_has_limits_of_its_own() -> None:
    scores = [score(f"a{nth}", 3.0, lines=480) for nth in range(9)] + [score(f"b{nth}", 0.1) for nth in range(4)]
    labels = [Label(take_id=each.take_id, shot_id="s", accepted=True) for each in scores]
    assert [tuning.lines for tuning in calibration.tune(scores, labels, before=UNCALIBRATED)] == [None, 480]
    both = Calibration(limits=(*calibrated().limits, *calibrated(lines=480, guard=9.0).limits))
    assert [getattr(calibration.limit_of(both, "blur", lines=lines), "guard", 0) for lines in (480, 720)] == [9.0, 3.0]


def test_a_value_is_read_by_the_limits_of_the_film_and_says_what_they_rest_on() -> None:
    told = calibration.reread(reading(2.5, sight=Sight.SEEN), calibrated(), lines=720)
    assert told.sight is Sight.ABSENT
    assert told.reason == "measured (limits of this film, version 3: 19 accepted takes, alpha 0.05)"
    assert [each.threshold for each in told.evidence] == [4.0]


def test_what_something_else_than_the_limits_decided_stays() -> None:
    doubted = reading(0.5, guard=None, sight=Sight.UNSURE)
    assert calibration.reread(doubted, calibrated(), lines=720) == doubted


def test_a_film_without_labels_reads_as_before() -> None:
    assert calibration.reread(reading(0.5), UNCALIBRATED, lines=720) == reading(0.5)
