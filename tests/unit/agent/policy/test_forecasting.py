"""What many shots come to: money and time, likely and at most."""

from dataclasses import replace

import pytest

from agent.policy.forecasting import Forecast, Work, forecast

SURE = Work(line="kling", slots=2, wait_s=100.0, chance=1.0, cost_micro_usd=400_000, most_takes=5)
UNSURE = replace(SURE, chance=0.5)


def of(*works: Work, measured: bool = True) -> Forecast:
    return forecast(works, looking_s=0.0, looks_at_once=4, measured=measured)


def test_shots_that_surely_pass_cost_their_price_and_no_more() -> None:
    found = of(*[SURE] * 10)
    assert found.least_micro_usd == found.likely_micro_usd == found.most_micro_usd == 4_000_000


def test_a_take_that_passes_half_the_time_is_made_almost_twice_as_often() -> None:
    found = of(*[UNSURE] * 100)
    assert found.likely_micro_usd == pytest.approx(100 * 400_000 * (1 + 1 / 2 + 1 / 4 + 1 / 8 + 1 / 16))
    assert found.likely_micro_usd < found.most_micro_usd < 1.2 * found.likely_micro_usd


def test_a_shot_is_never_taken_more_often_than_its_ceiling_allows() -> None:
    never = replace(UNSURE, chance=0.0, most_takes=3)
    assert of(never).likely_micro_usd == of(never).most_micro_usd == 3 * 400_000


def test_a_line_works_its_shots_off_on_all_its_slots_and_lines_beside_each_other() -> None:
    one = of(*[SURE] * 10).likely_s
    assert 10 * 100 / 2 <= one <= 10 * 100 / 2 + 100
    beside = [replace(SURE, line="veo")] * 10
    assert of(*[SURE] * 10, *beside).likely_s == one


def test_what_is_at_the_vendor_already_takes_only_the_rest() -> None:
    assert of(replace(SURE, gone_s=70.0)).likely_s == pytest.approx(30.0)


def test_waits_that_were_never_measured_leave_more_room_above() -> None:
    assert of(*[SURE] * 4, measured=False).most_s > of(*[SURE] * 4).most_s


def test_looking_at_the_takes_may_take_longer_than_making_them() -> None:
    slow = forecast([SURE] * 8, looking_s=1000.0, looks_at_once=4, measured=True)
    assert slow.likely_s == pytest.approx(8 * 1000 / 4 + 1000)


def test_nothing_takes_no_time_and_no_money() -> None:
    assert of() == Forecast(least_micro_usd=0, likely_micro_usd=0, most_micro_usd=0, likely_s=0.0, most_s=0.0)
