"""The measure of parsing: what it times, and how it tells linear from quadratic."""

import pytest

from benchmarks import parsing


def test_a_typical_message_is_timed_in_milliseconds() -> None:
    times = parsing.typical()
    assert list(times) == list(parsing.TYPICAL)
    assert all(0 < taken < 1000 for taken in times.values())


def test_twice_the_time_for_a_character_of_ten_times_the_length_is_a_growth_of_two() -> None:
    assert parsing.growth([0.001, 0.01, 0.1]) == pytest.approx(1.0)
    assert parsing.growth([0.001, 0.01, 0.2]) == pytest.approx(2.0)
