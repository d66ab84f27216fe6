"""How far a take is from its references, in units of the references' own spread."""

from collections.abc import Sequence

import numpy as np

from tools import pixels
from tools.pixels import Plane, Rgb

LIGHT_QUANTILES = (0.05, 0.25, 0.50)
"""Shadows, lower middle and middle of CIELAB lightness: what a lifted low-key scene moves most."""


def robust_z(value: Plane, references: Plane, *, floor: Plane) -> Plane:
    """(value - median) / sqrt(sd² + floor²), per column; the floor keeps near-equal references from crying wolf.

    Shapes: value (k,), references (n, k), floor (k,).
    """
    spread = np.sqrt(references.std(axis=0) ** 2 + floor**2)
    return np.asarray((value - np.median(references, axis=0)) / spread, dtype=np.float32)


def lightness(rgb: Rgb) -> Plane:
    """The 5 %, 25 % and 50 % quantiles of CIELAB lightness, 0..100, over a picture or a stack of them."""
    return np.asarray(pixels.quantiles(pixels.lightness(rgb), LIGHT_QUANTILES), dtype=np.float32)


def cast(rgb: Rgb) -> Plane:
    """Mean a* and b* over a picture or a stack of them."""
    flat = pixels.lab(rgb).reshape(-1, 3)
    return np.asarray(np.ones(len(flat), dtype=np.float32) @ flat[:, 1:] / len(flat), dtype=np.float32)


def quarters(small: Rgb, *, most: int = 4) -> tuple[Rgb, ...]:
    """At most ``most`` evenly spaced pictures of each quarter of a clip."""
    length = max(1, len(small) // 4)
    picks = np.unique(np.linspace(0, length - 1, most).round().astype(int))
    return tuple(small[(len(small) - length) * turn // 3 + picks] for turn in range(4))


def nearest_median(values: Sequence[float]) -> int:
    """Position of the value nearest the median: the frame to show for a lasting fault."""
    return int(np.argmin(np.abs(np.asarray(values) - np.median(values))))
