"""When a job is looked at, and when it is overdue."""

from agent.policy import polling
from tests.unit.agent.policy.builders import profile

USUAL = profile("usual", usual_wait_s=100, longest_wait_s=1000)
S = 1_000_000


def test_the_first_look_comes_before_the_usual_wait_is_over() -> None:
    assert polling.first_us(USUAL, sent_us=7 * S) == 67 * S


def test_a_quick_model_is_not_asked_before_five_seconds() -> None:
    assert polling.first_us(profile("quick", usual_wait_s=1), sent_us=0) == 5 * S


def test_a_poll_that_comes_early_is_put_off_to_the_first_look() -> None:
    assert polling.next_us(USUAL, sent_us=0, now_us=10 * S) == 60 * S


def test_looks_grow_apart_between_a_floor_and_a_cap() -> None:
    short = profile("short", usual_wait_s=10)
    gaps = [polling.next_us(short, sent_us=0, now_us=at * S) - at * S for at in (10, 200, 400, 5000)]
    assert gaps == [5 * S, 10 * S, 20 * S, 30 * S]


def test_a_clock_that_was_set_back_still_moves_on() -> None:
    assert polling.next_us(USUAL, sent_us=100 * S, now_us=0) >= 5 * S


def test_the_pace_of_a_stand_in_scales_every_wait() -> None:
    assert polling.first_us(USUAL, sent_us=0, pace=0.01) == 600_000
    assert polling.next_us(USUAL, sent_us=0, now_us=S, pace=0.01) == S + 50_000
    assert polling.overdue(USUAL, sent_us=0, now_us=11 * S, pace=0.01)


def test_a_job_is_overdue_after_its_longest_wait_and_not_at_it() -> None:
    assert not polling.overdue(USUAL, sent_us=0, now_us=1000 * S)
    assert polling.overdue(USUAL, sent_us=0, now_us=1000 * S + 1)
