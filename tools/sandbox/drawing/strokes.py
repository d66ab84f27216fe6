"""A tileable atlas of brush strokes: where each pixel takes its colour from, and how thick the paint lies there."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from tools.sandbox.drawing.canvas import noise
from tools.sandbox.drawing.colour import Bytes, Floats

Doubles = npt.NDArray[np.float64]

TILE = 512
_BRISTLES = 97  # profiles of bristles to choose from


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """One size of brush, repeating every `TILE` pixels both ways.

    Attributes:
        down, right: From a pixel to the middle of the stroke that covers it, whole pixels.
        relief: Paint thickness, about -1..1: bristle streaks and a tint per stroke.
    """

    down: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    relief: Floats


@lru_cache(maxsize=8)
def atlas(length: float, width: float) -> Atlas:
    """Strokes of a given length and width, in pixels, following a slowly turning direction."""
    chance = np.random.default_rng([round(length * 10), round(width * 10)])
    count = int(3.2 * TILE * TILE / (length * width))
    middles = chance.uniform(0, TILE, (count, 2))
    turn = noise(TILE, TILE, cell=190, seed=5, octaves=1)
    angles = -0.5 + 1.1 * turn[middles[:, 1].astype(int), middles[:, 0].astype(int)] + chance.normal(0, 0.16, count)
    owner = np.asarray(_painted(middles, angles, length=length, width=width))
    y, x = np.mgrid[0:TILE, 0:TILE]
    right = _wrapped(middles[owner, 0] - x)
    down = _wrapped(middles[owner, 1] - y)
    across = right * np.sin(angles[owner]) - down * np.cos(angles[owner])
    bristles = chance.normal(0, 1, (_BRISTLES, 64))
    streaks = bristles[owner % _BRISTLES, np.clip(across * 1.3 + 32, 0, 63).astype(int)]
    tint = chance.normal(0, 1, count)[owner]
    relief = np.clip(0.42 * streaks + 0.38 * tint - 0.5 * (np.abs(across) > width * 0.44), -1.4, 1.4)
    return Atlas(down=_whole(down), right=_whole(right), relief=relief.astype(np.float32))


def painted(rgba: Bytes, brush: Atlas) -> Bytes:
    """The picture laid down in strokes: every stroke has the one colour found under its middle."""
    height, width = rgba.shape[:2]
    packed = np.ascontiguousarray(rgba).view(np.uint32)[..., 0]
    rows = np.arange(height, dtype=np.int32)[:, None] + _repeated(brush.down, height, width)
    columns = np.arange(width, dtype=np.int32)[None, :] + _repeated(brush.right, height, width)
    np.clip(rows, 0, height - 1, out=rows)
    np.clip(columns, 0, width - 1, out=columns)
    rows *= width
    rows += columns
    taken = np.asarray(packed.ravel()[rows], dtype=np.uint32)
    return taken.view(np.uint8).reshape(height, width, 4)


def relief(brush: Atlas, height: int, width: int) -> Floats:
    """The paint's thickness over a whole picture."""
    return _repeated(brush.relief, height, width)


@lru_cache(maxsize=4)
def weave(height: int, width: int) -> Floats:
    """A canvas's threads, -1..1, three pixels to a thread."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    uneven = noise(width, height, cell=9, seed=3, octaves=2) * 0.9
    threads = np.sin(x * 2.1 + uneven) * np.cos(y * 0.35) + np.sin(y * 2.1 + uneven) * np.cos(x * 0.35)
    return np.asarray(threads * 0.5, dtype=np.float32)


def _painted(middles: Doubles, angles: Doubles, *, length: float, width: float) -> Image.Image:
    """Each stroke's number on the pixels it covers, later strokes over earlier ones."""
    owners = Image.new("I", (TILE, TILE), 0)
    draw = ImageDraw.Draw(owners)
    reach = np.stack([np.cos(angles), np.sin(angles)], axis=1) * length / 2
    for number, (middle, half) in enumerate(zip(middles, reach, strict=True)):
        for shift in _shifts(middle, length):
            x, y = middle + shift
            draw.line([x - half[0], y - half[1], x + half[0], y + half[1]], fill=number, width=round(width))
    return owners


def _shifts(middle: Doubles, length: float) -> list[tuple[int, int]]:
    """Where a stroke has to be drawn again so that it goes on over the tile's edge."""
    across = [0, *([TILE] if middle[0] < length else []), *([-TILE] if middle[0] > TILE - length else [])]
    down = [0, *([TILE] if middle[1] < length else []), *([-TILE] if middle[1] > TILE - length else [])]
    return [(x, y) for x in across for y in down]


def _wrapped(distance: Doubles) -> Doubles:
    return (distance + TILE / 2) % TILE - TILE / 2


def _whole(values: Doubles) -> npt.NDArray[np.int16]:
    return np.rint(values).astype(np.int16)


def _repeated(tile: npt.NDArray[Any], height: int, width: int) -> npt.NDArray[Any]:
    times = (-(-height // TILE), -(-width // TILE))
    return np.tile(tile, times)[:height, :width]
