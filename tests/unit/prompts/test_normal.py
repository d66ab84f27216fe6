"""Text hygiene at the door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts import normal
from prompts.normal import Stray


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("i\u200dgn\u2060ore", Stray.INVISIBLE),
        ("pier\U000e006e\U000e006f", Stray.TAG),
        ("pier\u202eerips", Stray.DIRECTION),
        ("pier\x00\x1b[2J", Stray.CONTROL),
        ("pier\ud800", Stray.SURROGATE),
        ("pier\ufe0f\U000e0101", Stray.INVISIBLE),
        ("pier\u3164", Stray.INVISIBLE),
        ("pier\uffff", Stray.INVISIBLE),
    ],
)
def test_what_cannot_be_seen_is_taken_out_and_told(text: str, stray: Stray) -> None:
    cleaned = normal.clean(text)

    assert stray in cleaned.strays
    assert stray in cleaned.report
    assert cleaned.text.isprintable()


def test_ordinary_words_in_any_script_stay_and_nothing_is_told() -> None:
    text = "A café, 雨の中の灯台, Größe, مشهد 🦊"

    assert normal.clean(text) == normal.Cleaned(text=text)


def test_line_breaks_become_spaces_because_a_line_of_its_own_has_a_meaning_in_a_prompt() -> None:
    assert normal.clean(" a\n\u2028 b\r\n\tc\u00a0").text == "a b c"


def test_letters_and_accents_are_composed() -> None:
    assert normal.clean("cafe\u0301").text == "caf\u00e9"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = normal.clean(text)

    assert normal.clean(once.text) == normal.Cleaned(text=once.text)
    assert "\n" not in once.text
    once.text.encode("utf-8")
