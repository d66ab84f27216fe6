"""Vendors' words made fit to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.tidying import LONGEST_MESSAGE, tidy


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("see https://cdn.example/a.mp4?sig=abc&e=1 now", "see https://cdn.example/a.mp4?... now"),
        ('"https://cdn.example/a.mp4?_jwt=x"', '"https://cdn.example/a.mp4?..."'),
        ("gs://film/a.mp4?X-Goog-Signature=1", "gs://film/a.mp4?..."),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln was refused", "token [token] was refused"),
        ("Authorization: Bearer abcdefghijklmnop1234", "Authorization: [key] [key]"),
        ("Bearer abcdefghijklmnop1234 expired", "Bearer [key] expired"),
        ("two\nlines\x1b[31m and\ttabs", "two lines [31m and tabs"),
        ("风险", "\\u98ce\\u9669"),
        ("half \ud83d", "half \\ud83d"),
        ("postgresql://ada:sesame@db.example/film", "postgresql://[key]@db.example/film"),
        ("Incorrect API key provided: sk-proj-abcdefgh12345678", "Incorrect API key provided: [key]"),
        ("xoxb-1234567890-abc and AIzaSyA1234567890abcdefghij", "[key] and [key]"),
        ("AKIAIOSFODNN7EXAMPLE, ya29.a0AfH6SMBx", "[key], [key]"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- done", "[key] done"),
        ('{"api_key": "sesame"}', '{"api_key": [key]'),
        ("plain", "plain"),
    ],
)
def test_a_message_is_plain_and_holds_nothing_that_opens_a_door(said: str, shown: str) -> None:
    assert tidy(said) == shown


def test_a_key_is_taken_out_wherever_it_stands() -> None:
    assert tidy("xSESAMEx", secrets=["SESAME"]) == "x[key]x"
    assert tidy("an empty secret changes nothing", secrets=["", "an"]) == "an empty secret changes nothing"


def test_a_key_at_the_cut_is_taken_out_first() -> None:
    said = "a" * (LONGEST_MESSAGE - 4) + "SESAME-OPEN"
    assert "SES" not in tidy(said, secrets=["SESAME-OPEN"])


@given(st.text(max_size=600))
def test_every_message_is_short_printable_ascii_on_one_line(said: str) -> None:
    shown = tidy(said)
    assert len(shown) <= LONGEST_MESSAGE
    assert shown.isascii()
    assert shown.isprintable()
