"""Skin-coloured surfaces with and without their texture."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from agent.findings import Sight
from tests.support import clips, takes
from tools.checks import skin
from tools.pixels import Bytes, Rgb
from tools.viewing import ReferenceStill

RNG = np.random.default_rng(2)
FACE = np.clip(np.array([205, 150, 125]) + RNG.normal(0, 5, (clips.HEIGHT, clips.WIDTH, 1)), 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def stills() -> list[ReferenceStill]:
    return [takes.still(FACE)]


def _sight(picture: Rgb, stills: list[ReferenceStill]) -> Sight:
    frames: Bytes = np.repeat(picture[None], 2, axis=0)
    return skin.CHECK.look(takes.viewing(frames, stills)).sight


def test_skin_that_lost_its_texture_is_a_hint(stills: list[ReferenceStill]) -> None:
    smooth = np.asarray(Image.fromarray(FACE).filter(ImageFilter.GaussianBlur(4)), dtype=np.uint8)

    assert _sight(smooth, stills) is Sight.SEEN


def test_skin_as_the_references_have_it_clears_nothing(stills: list[ReferenceStill]) -> None:
    assert _sight(FACE, stills) is Sight.NOT_INSPECTABLE


def test_a_take_without_skin_is_not_inspectable(stills: list[ReferenceStill]) -> None:
    reading = skin.CHECK.look(takes.viewing(np.repeat(FACE[None, ..., ::-1], 2, axis=0), stills))

    assert reading.sight is Sight.NOT_INSPECTABLE
    assert "in the take" in reading.reason
