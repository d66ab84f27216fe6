"""Whether naming a thing does anything."""

import pytest

from agent.ledger import Line
from agent.policy import provoking
from prompts.blocks import Layer
from prompts.dialect import Channel


def line(seen: int, of: int, *, without: tuple[int, int]) -> Line:
    return Line(
        term="lens flare",
        layer=Layer.QUALITY,
        model="kling-v3",
        channel=Channel.CLAUSE,
        sent=of,
        ignored=seen,
        absent=of - seen,
        without=without[1],
        seen_without=without[0],
    )


def test_a_thing_seen_far_more_often_with_its_name_is_provoked_and_told_with_the_figures() -> None:
    compared = provoking.compare(line(7, 9, without=(1, 9)))
    assert compared.provoked
    assert str(compared) == (
        "provoked: seen in 7 of 9 takes (truly 91%, 65% to 100%) with it, 1 of 9 takes (truly 8%, 0% to 31%) without; "
        "by luck alone once in 131"
    )


@pytest.mark.parametrize("counts", [line(4, 4, without=(0, 9)), line(9, 9, without=(0, 4)), line(9, 9, without=(0, 0))])
def test_too_few_takes_on_either_side_say_nothing(counts: Line) -> None:
    compared = provoking.compare(counts)
    assert not compared.provoked
    assert str(compared).startswith("too few takes to say")


def test_a_difference_that_luck_makes_is_none() -> None:
    compared = provoking.compare(line(4, 9, without=(2, 9)))
    assert (compared.provoked, compared.works) == (False, False)
    assert str(compared).startswith("neither provoked nor kept away")


def test_a_thing_seen_far_more_seldom_with_its_name_is_kept_away_by_it() -> None:
    compared = provoking.compare(line(1, 9, without=(7, 9)))
    assert compared.works
    assert str(compared).startswith("naming it helps")


def test_unsure_takes_are_no_evidence() -> None:
    unsure = Line(term="t", layer=Layer.QUALITY, model="m", channel=Channel.CLAUSE, sent=20, unsure=18, ignored=2)
    assert provoking.compare(unsure).sent.of == 2


def test_a_counted_rate_is_put_right_by_the_errors_of_the_inspection() -> None:
    assert provoking.true_rate(0.45) == pytest.approx(0.5)
    assert provoking.true_rate(0.05) == 0
    assert provoking.true_rate(0.95) == 1
