"""The four looks: how a plate's flat colours become paint, a photograph, a computer render or cel colours."""

from functools import lru_cache
from typing import assert_never

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from tools.sandbox.drawing import strokes
from tools.sandbox.drawing.canvas import blurred, noise
from tools.sandbox.drawing.colour import Bytes, Floats
from tools.sandbox.scene import Look

AnyFloats = npt.NDArray[np.float32] | npt.NDArray[np.float64]


def finish(rgba: Bytes, look: Look, *, lines: int, fine: bool = False) -> Bytes:
    """A plate in a look.

    Args:
        lines: Picture height; brushes, grain and shading are sized by it.
        fine: Keep small shapes (faces, hands): only the finest tools.
    """
    match look:
        case Look.PAINTERLY:
            return _paint(rgba, scale=lines / 480, fine=fine)
        case Look.PHOTOREAL:
            return _photograph(rgba, scale=lines / 480, fine=fine)
        case Look.RENDER_3D:
            return _render(rgba, scale=lines / 480, fine=fine)
        case Look.FLAT:
            return _cel(rgba, fine=fine)
        case _:
            assert_never(look)


def _paint(rgba: Bytes, *, scale: float, fine: bool) -> Bytes:
    """Broad strokes where little happens, finer ones over every shape that a broad one would lose."""
    small = strokes.atlas(*_brush(9, 3, scale))
    result = strokes.painted(rgba, small)
    thickness = strokes.relief(small, *rgba.shape[:2])
    drawn = _lost(rgba, result, by=14 if fine else 34)
    result = np.where(drawn[..., None], rgba, result)
    if not fine:
        for length, width in ((17, 6), (34, 11)):
            brush = strokes.atlas(*_brush(length, width, scale))
            broad = strokes.painted(rgba, brush)
            keep = ~_lost(result, broad, by=9)
            result = np.where(keep[..., None], broad, result)
            thickness = np.where(keep, strokes.relief(brush, *rgba.shape[:2]), thickness)
    height, width = rgba.shape[:2]
    strength = 0.05 if fine else 0.10
    return _lit(result, 1 + strength * thickness + 0.035 * strokes.weave(height, width), lift=2.2 * thickness)


def _photograph(rgba: Bytes, *, scale: float, fine: bool) -> Bytes:
    """Surface grain at every size, light that falls off towards the corners, highlights that bleed."""
    height, width = rgba.shape[:2]
    strength = 0.05 if fine else 0.13
    grain = strength * _surface_detail(height, width)
    falloff = 0.0 if fine else _corners(height, width)
    return _bloomed(_lit(rgba, 1 + grain - falloff, lift=5.0 * grain), radius=11 * scale)


def _render(rgba: Bytes, *, scale: float, fine: bool) -> Bytes:
    """Clean inflated shapes: light from the upper left, hard occlusion at the lower right, plastic highlights."""
    smooth = blurred(rgba, 0.45 * scale)
    light = np.asarray(smooth[..., :3], np.float32).mean(axis=2)
    height = (
        _soft(light, 5 * scale) * 0.6
        + _soft(light, 14 * scale)
        + 0.8 * _soft(smooth[..., 3].astype(np.float32), 10 * scale)
    )
    down, right = (np.asarray(fall, dtype=np.float32) for fall in np.gradient(height))
    slope = np.clip((-down - 0.7 * right) * (0.022 if fine else 0.045) / max(scale, 0.2), -0.55, 0.55)
    shine = np.asarray(np.clip(slope - 0.16, 0, 0.3), dtype=np.float32)
    return _lit(smooth, np.asarray(1 + slope, dtype=np.float32), lift=150 * shine)


def _cel(rgba: Bytes, *, fine: bool) -> Bytes:
    """Few, even tones with hard steps between them, as in cel painting."""
    step = 12 if fine else 20
    levels = np.clip((np.arange(256) + step / 2) // step * step, 0, 255).astype(np.uint8)
    return np.concatenate([levels[rgba[..., :3]], rgba[..., 3:]], axis=2)


def _brush(length: float, width: float, scale: float) -> tuple[float, float]:
    return max(4.0, round(length * scale)), max(2.0, round(width * scale))


def _lost(fine: Bytes, broad: Bytes, *, by: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where the broad version differs from the finer one by more than a viewer would overlook."""
    apart = np.abs(fine.astype(np.int16) - broad) > by
    return np.asarray(apart[..., 0] | apart[..., 1] | apart[..., 2] | apart[..., 3])


def _lit(rgba: Bytes, factor: AnyFloats, *, lift: AnyFloats) -> Bytes:
    colour = rgba[..., :3] * factor[..., None] + lift[..., None]
    return np.concatenate([np.clip(colour, 0, 255).astype(np.uint8), rgba[..., 3:]], axis=2)


@lru_cache(maxsize=4)
def _surface_detail(height: int, width: int) -> Floats:
    """Noise at every size from a pixel to a wall: what a lens sees on any real surface."""
    pixels = np.random.default_rng([height, width]).normal(0, 0.55, (height, width)).astype(np.float32)
    total = (
        0.35 * noise(width, height, cell=120, seed=11, octaves=2)
        + 0.5 * noise(width, height, cell=9, seed=12, octaves=2)
        + pixels
    )
    return np.asarray(total, dtype=np.float32)


@lru_cache(maxsize=4)
def _corners(height: int, width: int) -> Floats:
    """How much light a lens loses towards the edge of the picture: 0 in the middle, a third in the corners."""
    down, right = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return np.asarray(0.16 * (down**2 + right**2), dtype=np.float32)


def _bloomed(rgba: Bytes, *, radius: float) -> Bytes:
    """Bright places spill over their edges, as in a lens."""
    small = Image.fromarray(rgba[..., :3]).reduce(4)
    spill = small.point([round(max(0, level - 150) * 0.55) for level in range(256)] * 3).filter(
        ImageFilter.GaussianBlur(radius / 4)
    )
    light = np.asarray(spill.resize((rgba.shape[1], rgba.shape[0]), Image.Resampling.BILINEAR), np.float32)
    colour = np.clip(rgba[..., :3] + light, 0, 255).astype(np.uint8)
    return np.concatenate([colour, rgba[..., 3:]], axis=2)


def _soft(values: Floats, sigma: float) -> Floats:
    """A wide blur without steps: averaged down to cells of about ``sigma`` and drawn out again."""
    height, width = values.shape
    grid = (max(4, round(width / sigma)), max(4, round(height / sigma)))
    cells = Image.fromarray(values).resize(grid, Image.Resampling.BOX)
    return np.asarray(cells.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32)
