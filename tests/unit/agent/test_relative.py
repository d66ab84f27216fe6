"""Edits relative to what the sheet has."""

import pytest

from agent.acting import relative
from agent.acting.shots import merge
from agent.intents import Draft
from prompts.sheet import Camera, Sheet


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("wide shot", "closer", "full shot"),
        ("close-up", "tighter", "extreme close-up"),
        ("extreme close-up", "closer", "extreme close-up"),
        ("", "closer", "medium close-up"),
        ("medium shot", "wider", "medium wide shot"),
        ("wide shot", "close-up", "close-up"),
        ("wide shot", "", "wide shot"),
    ],
)
def test_a_relative_size_becomes_a_size_a_model_can_shoot(before: str, change: str, after: str) -> None:
    assert relative.shot_size(before, change) == after


def test_a_comparative_is_added_to_the_light_there_was() -> None:
    sheet = Sheet(action="Joon lights a match", lighting="single match")

    assert merge(sheet, Draft(lighting="brighter")).lighting == "single match, brighter"
    assert merge(sheet, Draft(lighting="candlelight")).lighting == "candlelight"


def test_what_an_edit_does_not_mention_stays() -> None:
    sheet = Sheet(action="Joon lights a match", camera=Camera(angle="low angle"), negative=("smoke",), seconds=5)

    edited = merge(sheet, Draft(negative=("lens flare",), notes="slower"))

    assert edited.camera.angle == "low angle"
    assert edited.negative == ("smoke", "lens flare")
    assert edited.action == "Joon lights a match; slower"
    assert edited.seconds == 5.0


def test_a_length_gives_one_digest_however_it_is_written() -> None:
    assert repr(Sheet(action="a", seconds=5)) == repr(Sheet(action="a", seconds=5.0))
