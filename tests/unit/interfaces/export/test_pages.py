"""The contact sheet page by page."""

import re

import pytest

from interfaces.contact.gathering import Film, ShotCard
from interfaces.contact.poster import WIDTH_PX
from interfaces.export import pages
from tests.unit.interfaces.test_contact import film, take


def of(shots: int, *, takes: int = 1) -> Film:
    one = film(*(take(nth) for nth in range(1, takes + 1)))
    card: ShotCard = one.shots[0]
    return Film(
        name=one.name, style=one.style, negatives=one.negatives, facts=one.facts, sandbox=True, shots=(card,) * shots
    )


@pytest.mark.parametrize(("shots", "count"), [(0, 1), (1, 1), (30, 3)])
def test_a_film_has_as_many_pages_as_its_shots_fill(shots: int, count: int) -> None:
    drawn = pages.pages(of(shots))

    assert len(drawn) == count
    assert {page.size for page in drawn} == {(WIDTH_PX, pages.PAGE_PX)}
    assert len(re.findall(rb"/Type /Page\b(?!s)", pages.pdf(of(shots)))) == count


def test_a_shot_with_more_takes_than_a_page_holds_is_not_cut_in_two() -> None:
    heights = [page.height for page in pages.pages(of(2, takes=40))]

    assert len(heights) == 2
    assert min(heights) > pages.PAGE_PX
