"""How many people a shot asks for: a number where the words leave no doubt, and none anywhere else."""

import pytest

from agent.reading import headcount
from prompts.sheet import Sheet


@pytest.mark.parametrize(
    ("action", "people"),
    [
        ("an old fisherman mends a net", 1),
        ("A courier cycles home in the rain", 1),
        ("a man pets his dog", 1),
        ("a woman dressed as a nurse", 1),
        ("a boy soldier runs", 1),
        ("the woman walks along the pier; the woman stops", 1),
        ("A woman walks through Paris at night", 1),
        ("a man and a woman argue at a table", 2),
        ("two women sit at a kitchen table, facing each other", 2),
        ("a couple of men lift a piano", 2),
        ("a couple dances", 2),
        ("a girl and her brother", 2),
        ("one of the two women leaves", 2),
        ("a man sits beside another man", 2),
        ("Three soldiers and a nurse wait by the road", 4),
    ],
)
def test_people_who_are_named_are_counted(action: str, people: int) -> None:
    assert headcount.asked(Sheet(action=action)) == people


@pytest.mark.parametrize(
    "action",
    [
        "a lighthouse at dusk",
        "women talk",
        "a crowd gathers around a man",
        "a woman before a mirror",
        "portrait of a man",
        "a bride's mother weeps",
        "Maria talks to a waiter",
        "a waiter pours wine for Maria",
        "a man looks at her",
        "he looks at a woman",
        "a woman in red spins; the dancer stops",
        "two cups on a table",
        "half a dozen men",
        "a man leaves, then a woman comes in",
        "twenty soldiers march",
    ],
)
def test_where_the_words_leave_the_number_open_there_is_none(action: str) -> None:
    assert headcount.asked(Sheet(action=action)) is None


def test_people_in_another_part_of_the_sheet_leave_the_number_open() -> None:
    assert headcount.asked(Sheet(action="a man waits", composition="framed by pedestrians")) is None
