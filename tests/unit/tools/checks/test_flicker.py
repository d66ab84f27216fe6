"""Brightness that jumps: an encoder's own rhythm, a lamp without any, and drawings that are held."""

from dataclasses import replace

import numpy as np
import pytest

from agent.findings import Sight
from tests.support import clips, takes
from tools.checks import flicker

RHYTHM = "I" + "".join("BBBP" if turn % 6 else "BBP" for turn in range(13))
"""Of an encoder that leaves a frame out of its rhythm now and then."""

SHOT = clips.film(takes.halved(clips.clouds(3)), frames=len(RHYTHM))


@pytest.mark.parametrize(("kinds", "sight"), [(RHYTHM, Sight.ABSENT), ("P" * len(RHYTHM), Sight.SEEN)])
def test_jumps_are_an_encoder_s_where_its_frames_explain_them(kinds: str, sight: Sight) -> None:
    lift = np.array([letter != "B" for letter in RHYTHM], dtype=np.uint8)[:, None, None, None]
    take = takes.viewing(SHOT)

    reel = replace(take.reel, small=SHOT[:, :180:2, ::2] // 2 + lift, kinds=kinds)

    assert flicker.CHECK.look(replace(take, reel=reel)).sight is sight


def test_parts_that_flicker_are_seen_and_pictures_that_are_held_are_not() -> None:
    rng = np.random.default_rng(5)
    gains = (1 + rng.uniform(-0.06, 0.06, (len(SHOT), 6, 8))).repeat(40, axis=1).repeat(40, axis=2)[..., None]
    parts = np.clip(SHOT * gains[:, : SHOT.shape[1], : SHOT.shape[2]], 0, 255).astype(np.uint8)
    held = SHOT[::2].repeat(2, axis=0)

    assert flicker.CHECK.look(takes.viewing(parts)).sight is Sight.SEEN
    assert flicker.CHECK.look(takes.viewing(held)).sight is not Sight.SEEN
