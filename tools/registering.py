"""What two stretches of a clip both show, laid over each other, and how each part of it changed."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from tools import pixels
from tools.pixels import Plane, Rgb

SAME_VIEW = 0.58
"""Best correlation of the first quarter with another: .62 to .99 in pans over one photograph, in drawings and before a
standing camera; .14 to .60 where people or the camera went elsewhere."""

COARSE = tuple(product(range(-12, 13, 3), range(-24, 25, 3)))
FINE = tuple(product(range(-2, 3), repeat=2))
"""Shifts that are tried, in pixels of 160x90: by up to a seventh of the picture, then around the best."""

DETAIL = 8.0
COLUMNS, ROWS = 8, 5

Shift = tuple[int, int]


def changes(stretches: Sequence[Rgb]) -> tuple[Plane | None, ...]:
    """Of each later stretch the change since the first, in mean CIELAB, of each part of what both show: (parts, 3).

    Where the camera moved, the picture's own light and colours move with it: they are no change of what is shown.
    Where it goes from one thing to another, what changed is what is shown, and nothing can be told: ``None``.
    """
    first, *later = (np.asarray(pixels.lab(part).mean(axis=0), dtype=np.float32) for part in stretches)
    return tuple(_change(first, other) for other in later)


def _change(one: Plane, other: Plane) -> Plane | None:
    shift, alike = _best_shift(_raised(one[..., 0]), _raised(other[..., 0]))
    return _parts(_shared(other, shift)) - _parts(_shared(one, (-shift[0], -shift[1]))) if alike >= SAME_VIEW else None


def _best_shift(one: Plane, other: Plane) -> tuple[Shift, float]:
    """How far things moved down and to the right, and how alike the stretches then are."""

    def alike(shift: Shift) -> float:
        return float((np.roll(one, shift, axis=(0, 1)) * other).sum())

    coarse = max(COARSE, key=alike)
    best = max(((coarse[0] + down, coarse[1] + across) for down, across in FINE), key=alike)
    return best, alike(best)


def _raised(lightness: Plane) -> Plane:
    """What stands out from its surroundings, of length 1."""
    raised = lightness - pixels.blur(lightness, DETAIL)
    return np.asarray(raised / (np.linalg.norm(raised) + 1e-6), dtype=np.float32)


def _shared(picture: Plane, shift: Shift) -> Plane:
    """The part of a picture that is still there before a move by so much back."""
    (top, bottom), (left, right) = ((max(0, by), min(0, by)) for by in shift)
    return picture[top : bottom or None, left : right or None]


def _parts(picture: Plane) -> Plane:
    """Mean of every part: (parts, 3)."""
    height, width = picture.shape[0] // ROWS, picture.shape[1] // COLUMNS
    cut = picture[: height * ROWS, : width * COLUMNS].reshape(ROWS, height, COLUMNS, width, 3)
    return np.asarray(cut.mean(axis=(1, 3)).reshape(-1, 3), dtype=np.float32)
