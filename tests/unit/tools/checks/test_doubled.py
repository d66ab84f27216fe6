"""Frames that are repeated in a rhythm, in takes whose camera moves."""

from dataclasses import replace

import numpy as np
import pytest

from agent.findings import Sight
from prompts import terms
from tests.support import clips, takes
from tools.checks import doubled
from tools.pixels import Bytes

SHOT = clips.film(takes.halved(clips.leaves(3)), frames=48)


def _repeated(every: int, *, frames: Bytes = SHOT) -> Bytes:
    return np.stack([frames[at - (at % every == every - 1)] for at in range(len(frames))])


def test_frames_that_all_differ_are_cleared() -> None:
    assert doubled.CHECK.look(takes.viewing(SHOT)).sight is Sight.ABSENT


def test_every_fourth_frame_repeated_is_seen() -> None:
    reading = doubled.CHECK.look(takes.viewing(_repeated(4)))

    assert reading.sight is Sight.SEEN
    assert "one frame in 4" in reading.reason


@pytest.mark.parametrize(("style", "sight"), [("35mm film, tungsten light", Sight.SEEN), ("gouache", Sight.UNSURE)])
def test_frames_in_pairs_are_seen_unless_the_medium_may_mean_them(style: str, sight: Sight) -> None:
    take = replace(takes.viewing(_repeated(2)), handmade=terms.handmade(style))

    assert doubled.CHECK.look(take).sight is sight


def test_one_stretch_that_is_held_is_no_rhythm() -> None:
    held = np.concatenate([SHOT[:20], SHOT[20:21].repeat(8, axis=0), SHOT[28:]])

    assert doubled.CHECK.look(takes.viewing(held)).sight is Sight.ABSENT


def test_in_a_picture_that_hardly_moves_nothing_is_claimed() -> None:
    assert doubled.CHECK.look(takes.viewing(SHOT[:1].repeat(48, axis=0))).sight is Sight.NOT_INSPECTABLE
