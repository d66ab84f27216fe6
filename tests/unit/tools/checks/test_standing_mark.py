"""Marks that Pillow laid over takes whose camera moves, or does not."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from agent.findings import Sight
from tests.support import clips, overlays, takes
from tools.checks import standing_mark
from tools.pixels import Bytes

PICTURE = clips.leaves(3)


def _panned(picture: Bytes = PICTURE) -> Bytes:
    return np.stack([picture[40 : 40 + clips.HEIGHT, 10 * at : 10 * at + clips.WIDTH] for at in range(8)])


def _pushed(picture: Bytes = PICTURE) -> Bytes:
    """A camera that moves towards a point: there nothing moves."""
    size = (clips.WIDTH, clips.HEIGHT)
    boxes = [(4 * at, 3 * at, clips.WIDTH - 4 * at, clips.HEIGHT - 3 * at) for at in range(8)]
    return np.stack([np.asarray(Image.fromarray(picture).resize(size, box=box)) for box in boxes])


def _marked(frames: Bytes, *, by: int = 0) -> Bytes:
    """A ring around a cross at the upper right, moved from frame to frame."""

    def draw(drawing: ImageDraw.ImageDraw, index: int) -> None:
        across, down = int(frames.shape[2] * 0.85) - by * index, int(frames.shape[1] * 0.15)
        drawing.ellipse((across - 30, down - 30, across + 30, down + 30), outline=170, width=5)
        drawing.line((across - 14, down - 14, across + 14, down + 14), fill=170, width=5)
        drawing.line((across - 14, down + 14, across + 14, down - 14), fill=170, width=5)

    return overlays.laid_over(frames, draw)


def _sight(frames: Bytes) -> Sight:
    return standing_mark.CHECK.look(takes.viewing(frames)).sight


def test_a_mark_without_letters_is_doubted_with_its_place_while_the_camera_moves() -> None:
    reading = standing_mark.CHECK.look(takes.viewing(_marked(_panned())))

    assert reading.sight is Sight.UNSURE
    assert "something far away" in reading.reason
    box = reading.evidence[0].box
    assert box is not None
    assert (box[0] < 0.85 < box[0] + box[2], box[1] < 0.15 < box[1] + box[3]) == (True, True)
    assert box[2] < 0.3


@pytest.mark.parametrize("move", [_panned, _pushed])
def test_a_moving_picture_without_a_mark_is_not_accused(move: Callable[[], Bytes]) -> None:
    assert _sight(move()) is not Sight.SEEN


def test_a_pan_without_a_mark_is_cleared() -> None:
    assert _sight(_panned()) is Sight.ABSENT


def test_what_moves_with_the_scene_is_no_mark() -> None:
    assert _sight(_marked(_panned(), by=10)) is Sight.ABSENT


def test_before_a_standing_camera_nothing_is_claimed() -> None:
    reading = standing_mark.CHECK.look(takes.viewing(_marked(_panned()[:1].repeat(8, axis=0))))

    assert reading.sight is Sight.NOT_INSPECTABLE
    assert "cannot be told from the scene" in reading.reason


def test_a_caption_that_is_up_all_the_time_is_told_as_one() -> None:
    reading = standing_mark.CHECK.look(takes.viewing(overlays.lettered(_panned(), "Never back.", at=(0.5, 0.88))))

    assert reading.sight is Sight.UNSURE
    assert "a caption that is up all the time" in reading.reason
