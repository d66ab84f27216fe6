"""Takes that look unlike the film."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from agent.film import Shot, ShotStatus, Take, Wishes
from agent.learning import LOOK_KIND, LOOK_PARTS, Look
from agent.policy import drift
from prompts.sheet import Sheet
from tests.unit.agent.policy.builders import take

NUMBERS = sum(LOOK_PARTS.values())


def film(count: int, *, picked: bool = True) -> tuple[list[Shot], list[Take], list[Look]]:
    """Shots with a take each, whose looks differ by chance alone."""
    drawn = np.random.default_rng(5).normal(size=(count, NUMBERS))
    takes = [replace(take(1), id=f"t{nth}", shot_id=f"s{nth}") for nth in range(count)]
    looks = [Look(take_id=f"t{nth}", kind=LOOK_KIND, numbers=tuple(row.tolist())) for nth, row in enumerate(drawn)]
    return [shot(nth, picked=picked) for nth in range(count)], takes, looks


def shot(nth: int, *, picked: bool) -> Shot:
    return Shot(
        id=f"s{nth}",
        project_id="film",
        conversation_id="c",
        number=nth + 1,
        revision=1,
        sheet=Sheet(action="a fox"),
        status=ShotStatus.DELIVERED,
        wishes=Wishes(),
        picked_take_id=f"t{nth}" if picked else None,
    )


def changed(look: Look, part: str, by: float) -> Look:
    start = sum(list(LOOK_PARTS.values())[: list(LOOK_PARTS).index(part)])
    numbers = np.array(look.numbers)
    numbers[start : start + LOOK_PARTS[part]] += by
    return replace(look, numbers=tuple(numbers.tolist()))


@pytest.mark.parametrize("part", LOOK_PARTS)
def test_one_odd_take_comes_first_with_what_is_odd_about_it(part: str) -> None:
    shots, takes, looks = film(12)
    looks[7] = changed(looks[7], part, 6)
    first, *rest = drift.drifts(shots, takes, looks)
    assert (first.take_id, first.part) == ("t7", part)
    assert first.outlier
    assert not any(each.outlier for each in rest)


def test_a_film_of_chance_differences_has_no_outlier() -> None:
    assert not any(each.outlier for each in drift.drifts(*film(30)))


def test_five_takes_are_no_film_to_drift_from() -> None:
    assert drift.drifts(*film(5)) == ()
    assert len(drift.drifts(*film(6))) == 6


def test_a_jump_between_neighbours_shows_where_the_film_as_a_whole_is_as_wide() -> None:
    shots, takes, looks = film(20)
    for nth in (*range(10, 20), 4):  # the second half is another place, and so is one take of the first half
        looks[nth] = changed(looks[nth], "palette", 3)
    found: Sequence[drift.Drift] = drift.drifts(shots, takes, looks)
    odd = next(each for each in found if each.take_id == "t4")
    assert odd.neighbours > drift.FAR > odd.film


def test_what_was_picked_stands_for_the_film_and_takes_left_lying_do_not() -> None:
    shots, takes, looks = film(8)
    for nth in range(8):  # as many takes again, all unlike the picked ones
        takes.append(replace(take(2), id=f"u{nth}", shot_id=f"s{nth}"))
        looks.append(replace(changed(looks[nth], "light", 6), take_id=f"u{nth}"))
    assert {each.take_id for each in drift.drifts(shots, takes, looks) if each.outlier} == {f"u{n}" for n in range(8)}


def test_takes_without_a_look_or_with_one_of_another_kind_are_left_out() -> None:
    shots, takes, looks = film(8)
    looks = [*looks[:6], replace(looks[6], kind="look 0")]
    assert {each.take_id for each in drift.drifts(shots, takes, looks)} == {f"t{nth}" for nth in range(6)}
