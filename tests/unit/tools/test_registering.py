"""What is said of a light or a colour that changes while the camera moves."""

import numpy as np
import pytest

from tests.support import clips
from tools import pixels, registering
from tools.pixels import Bytes, Rgb


@pytest.fixture(scope="module")
def scene() -> Rgb:
    """A wide view, of which a small picture shows a part."""
    return pixels.shrink_rgb(clips.leaves(3), longest=260)


def seen(scene: Rgb, *, down: int = 0, across: int = 0) -> Bytes:
    """Two small pictures of a part of it."""
    return np.stack([scene[down : down + 90, across : across + 160]] * 2)


def test_a_camera_that_moves_changes_no_light_and_no_colour(scene: Rgb) -> None:
    (parts,) = registering.changes((seen(scene), seen(scene, down=10, across=20)))

    assert parts is not None
    assert np.abs(parts).max() < 1e-3


def test_light_that_changes_under_a_moving_camera_is_measured_on_the_same_things(scene: Rgb) -> None:
    lighter = np.clip(seen(scene, down=7, across=13).astype(int) + 20, 0, 255).astype(np.uint8)

    (parts,) = registering.changes((seen(scene), lighter))

    assert parts is not None
    assert 5 < np.median(parts[:, 0]) < 12


def test_another_view_tells_nothing(scene: Rgb) -> None:
    other = pixels.shrink_rgb(clips.leaves(4), longest=260)

    assert registering.changes((seen(scene), seen(other), seen(scene)))[0] is None


def test_a_picture_without_any_detail_tells_nothing() -> None:
    plain = np.full((2, 90, 160, 3), 90, dtype=np.uint8)

    assert registering.changes((plain, plain)) == (None,)
