import pytest
from pydantic import ValidationError

from tools.sandbox.clock import HandClock, Pace
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule


def test_a_rule_hits_the_nth_submission_it_concerns() -> None:
    plan = FaultPlan([Rule(mishap=Mishap.RATE, vendor="kling", nth=(2, 3))])
    asked = [plan.next(vendor=vendor, model="m") for vendor in ("kling", "google", "kling", "kling", "kling")]
    assert asked == [None, None, Mishap.RATE, Mishap.RATE, None]


def test_a_rule_may_concern_one_model_and_every_submission() -> None:
    plan = FaultPlan([Rule(mishap=Mishap.RETIRED, model="old")])
    assert [plan.next(vendor="v", model=model) for model in ("old", "new", "old")] == [
        Mishap.RETIRED,
        None,
        Mishap.RETIRED,
    ]


def test_the_first_rule_wins_and_the_others_still_count() -> None:
    plan = FaultPlan([Rule(mishap=Mishap.RATE, nth=(1,)), Rule(mishap=Mishap.SLOW, nth=(1, 2))])
    assert [plan.next(vendor="v", model="m") for _ in range(3)] == [Mishap.RATE, Mishap.SLOW, None]


def test_a_plan_is_written_in_json_and_a_mishap_that_does_not_exist_is_refused() -> None:
    plan = FaultPlan.from_json('[{"vendor": "runway", "mishap": "5xx"}]')
    assert plan.next(vendor="runway", model="gen4.5") is Mishap.UNAVAILABLE
    with pytest.raises(ValidationError):
        FaultPlan.from_json('[{"mishap": "earthquake"}]')


def test_a_job_takes_between_the_bounds_times_the_factor() -> None:
    assert (Pace().job_s(0.0), Pace().job_s(1.0)) == (0.3, 1.5)
    assert Pace(factor=60).job_s(1.0) == pytest.approx(90)
    assert Pace().job_s(1.0, slow=True) == pytest.approx(15)


def test_a_hand_clock_moves_when_told() -> None:
    clock = HandClock(10.0)
    clock.pass_s(5.0)
    assert clock.now_s() == 15.0
