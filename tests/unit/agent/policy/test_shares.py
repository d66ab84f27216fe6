"""How sure a counted share is."""

import numpy as np
import pytest

from agent.policy.shares import SURE, share


@pytest.mark.parametrize(("count", "of"), [(3, 10), (1, 2), (17, 19), (60, 400)])
def test_the_interval_holds_four_fifths_of_its_distribution(count: int, of: int) -> None:
    drawn = np.random.default_rng(1).beta(count + 0.5, of - count + 0.5, 200_000)
    told = share(count, of)
    tails = ((drawn < told.low).mean(), (drawn > told.high).mean())
    assert tails == pytest.approx(((1 - SURE) / 2, (1 - SURE) / 2), abs=0.004)


def test_none_of_ten_may_be_none_at_all_and_all_of_ten_may_be_all() -> None:
    assert share(0, 10).low == 0
    assert share(10, 10).high == 1
    assert 0 < share(0, 10).high < 0.25


def test_more_takes_say_more() -> None:
    few, many = share(2, 10), share(20, 100)
    assert few.low < many.low < many.high < few.high


def test_a_share_is_told_with_count_and_interval() -> None:
    assert str(share(3, 10)) == "3 of 10 (30%, 15% to 50%)"
    assert str(share(0, 0)) == "none counted"
