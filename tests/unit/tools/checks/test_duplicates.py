"""Copies of a part of the picture, pasted by Pillow into textures."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from agent.findings import Sight
from tests.support import clips, takes
from tools.checks import duplicates
from tools.pixels import Rgb

SIZE = (clips.WIDTH, clips.HEIGHT)


def _with_a_copy(picture: Rgb, *, mirrored: bool = False, darker: float = 1.0) -> Rgb:
    """An ellipse of half the height, once more 320 pixels to the right."""
    whole = Image.fromarray(picture).crop((0, 0, *SIZE))
    part = whole.crop((60, 120, 220, 360))
    if mirrored:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    part = part.point([round(level * darker) for level in range(256)] * 3)
    mask = Image.new("L", part.size)
    ImageDraw.Draw(mask).ellipse((0, 0, *part.size), fill=255)
    whole.paste(part, (380, 130), mask)
    return np.asarray(whole, dtype=np.uint8)


def _sight(picture: Rgb) -> Sight:
    still = np.asarray(Image.fromarray(picture).crop((0, 0, *SIZE)), dtype=np.uint8)
    return duplicates.CHECK.look(takes.viewing(still[None])).sight


@pytest.mark.parametrize("source", [clips.leaves, clips.strokes, clips.shapes], ids=lambda source: source.__name__)
def test_a_picture_without_a_copy_is_not_cleared_of_other_poses(source: clips.Source) -> None:
    assert _sight(source(6)) is Sight.NOT_INSPECTABLE


@pytest.mark.parametrize("mirrored", [False, True], ids=["as it is", "mirrored"])
def test_a_copy_is_seen(*, mirrored: bool) -> None:
    assert _sight(_with_a_copy(clips.leaves(6), mirrored=mirrored)) is Sight.SEEN


def test_a_copy_in_other_light_is_seen_or_left_to_the_judge() -> None:
    assert _sight(_with_a_copy(clips.leaves(6), darker=0.8)) in (Sight.SEEN, Sight.UNSURE)


def test_both_places_of_the_copy_are_shown() -> None:
    picture = _with_a_copy(clips.leaves(6))
    evidence = duplicates.CHECK.look(takes.viewing(picture[None])).evidence[0]

    assert evidence.picture
    assert evidence.box is not None
    middle = evidence.box[0] + evidence.box[2] / 2
    assert min(abs(middle - 140 / 640), abs(middle - 460 / 640)) < 0.06


def test_one_thing_that_is_symmetric_is_not_accused() -> None:
    half = clips.leaves(8)[: clips.HEIGHT, : clips.WIDTH // 2]

    assert _sight(np.concatenate([half, half[:, ::-1]], axis=1)) is not Sight.SEEN


def test_a_pattern_that_repeats_is_not_accused() -> None:
    tile = clips.leaves(9)[:60, :80]

    assert _sight(np.tile(tile, (8, 8, 1))) is not Sight.SEEN
