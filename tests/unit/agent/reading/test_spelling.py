"""Mistyped cue words, and words that must stay as they were typed."""

import pytest

from agent.reading.spelling import mended
from tests.support import cases

VBENCH = (cases.DATA / "vbench" / "all_dimension.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("clsoe up of a hand, 5 secnds", "close up of a hand, 5 seconds"),
        ("Extrem wide, handeld, withut people", "Extreme wide, handheld, without people"),
        ("flourescent lites in teh garage", "fluorescent lights in the garage"),
    ],
)
def test_a_slip_of_the_fingers_is_put_right(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "text", ["a second later", "the pallet and the plate", "then Camra waits", "with Veo lite", "lose the hat"]
)
def test_right_words_and_names_stay(text: str) -> None:
    assert mended(text) == text


def test_nothing_in_public_prompts_is_taken_for_a_slip() -> None:
    assert mended(VBENCH) == VBENCH
