"""How a take looks, as numbers."""

import numpy as np
import pytest

from agent.learning import LOOK_PARTS
from tests.support import clips, takes
from tools import pixels, stylistics
from tools.pixels import Rgb

LEAVES = clips.leaves(3)


def part(rgb: Rgb, name: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    start = sum(list(LOOK_PARTS.values())[: list(LOOK_PARTS).index(name)])
    return stylistics.describe(rgb)[start : start + LOOK_PARTS[name]]


def moved(one: Rgb, other: Rgb, name: str) -> float:
    return float(np.abs(part(one, name) - part(other, name)).mean())


def test_every_number_has_its_place() -> None:
    assert len(stylistics.describe(LEAVES)) == sum(LOOK_PARTS.values())


def test_a_darker_picture_differs_in_its_light_most() -> None:
    dark = (LEAVES * 0.5).astype(np.uint8)
    assert moved(LEAVES, dark, "light") > 8


def test_a_tinted_picture_differs_in_its_palette_and_hardly_in_its_sharpness() -> None:
    tinted = np.clip(LEAVES + np.array([40, 0, -40]), 0, 255).astype(np.uint8)
    assert moved(LEAVES, tinted, "palette") > 5
    assert moved(LEAVES, tinted, "sharpness") < 0.2


def test_a_soft_picture_differs_in_its_sharpness() -> None:
    soft = np.stack([pixels.blur(LEAVES[..., band].astype(np.float32), 3) for band in range(3)], axis=-1)
    assert moved(LEAVES, soft.astype(np.uint8), "sharpness") > 0.5


@pytest.mark.parametrize(
    "rgb",
    [np.zeros((16, 32, 3), dtype=np.uint8), np.full((90, 160, 3), 255, dtype=np.uint8), LEAVES[:, :40]],
    ids=["tiny and black", "white", "narrow"],
)
def test_any_picture_has_numbers(rgb: Rgb) -> None:
    assert np.isfinite(stylistics.describe(rgb)).all()


def test_a_clip_has_the_look_of_its_frames() -> None:
    look = stylistics.look(takes.reel(clips.film(LEAVES, frames=12)))
    assert np.abs(np.array(look) - stylistics.describe(LEAVES))[:6].max() < 6
