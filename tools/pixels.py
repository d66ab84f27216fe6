"""Arithmetic on pictures: blur, shrink, gradients and CIELAB, with numpy and Pillow alone."""

import io
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from PIL import Image

Bytes = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
"""Any stack of 8-bit samples."""

Rgb = Bytes
"""(height, width, 3), sRGB, 0..255."""

Plane = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
"""(height, width), or (n, height, width) where a function says so."""

LUMA: Final = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""ITU-R BT.601, the luma JPEG and untagged SD clips use."""

_TO_XYZ_D65: Final = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], dtype=np.float32
) / np.array([[0.9505], [1.0], [1.089]], dtype=np.float32)
"""Linear sRGB to XYZ relative to D65 white (IEC 61966-2-1)."""

_TO_LAB: Final = np.array([[0, 116, 0], [500, -500, 0], [0, 200, -200]], dtype=np.float32)
"""Roots of XYZ to L* + 16, a* and b* (CIE 15)."""

_JPEG_QUALITY: Final = 85

_AT_ONCE: Final = 1 << 15
"""Pixels that are worked on together, so that they stay near the processor."""

_BLOCK: Final = 16
"""Rows or columns that are made at once, as one matrix product: half the time of adding shifted pictures. More at once
multiply more zeros, fewer call more often."""


def luma(rgb: Bytes) -> Plane:
    """Luma 0..255 of any stack of sRGB pixels (last axis: colour)."""
    flat = rgb.reshape(-1, 3)
    total = np.empty(len(flat), dtype=np.float32)
    for start in range(0, len(flat), _AT_ONCE):  # a whole clip as floats would take as much again as all else
        part = slice(start, start + _AT_ONCE)
        np.matmul(flat[part].astype(np.float32), LUMA, out=total[part])
    return total.reshape(rgb.shape[:-1])


def lab(rgb: Bytes) -> Plane:
    """CIELAB of sRGB pixels, D65: L 0..100, a and b about -128..127, on the last axis."""
    xyz = np.asarray(_linear(rgb) @ _TO_XYZ_D65.T, dtype=np.float32)
    made = np.asarray(_root(xyz) @ _TO_LAB.T, dtype=np.float32)
    made[..., 0] -= 16
    return made


def lightness(rgb: Bytes) -> Plane:
    """CIELAB lightness alone, 0..100, in a third of the time."""
    relative = np.asarray(_linear(rgb) @ _TO_XYZ_D65[1], dtype=np.float32)
    return np.asarray(116 * _root(relative) - 16, dtype=np.float32)


def blur(plane: Plane, sigma: float) -> Plane:
    """Gaussian blur over the last two axes, edges mirrored; cut at three sigma."""
    band = _gaussian(sigma)
    return _spread(_spread(plane, band, axis=-2), band, axis=-1)


def shrink(plane: Bytes | Plane, *, width: int, height: int) -> Plane:
    """One plane at a smaller size, every pixel the mean of those that it covers the middle of."""
    return _gathered(_gathered(plane, height, axis=-2), width, axis=-1)


def quantiles(plane: Plane, shares: Sequence[float]) -> tuple[float, ...]:
    """Of all samples, between neighbours as `numpy.quantile` has them, which takes five times as long."""
    ordered = np.sort(plane, axis=None)
    places = np.asarray(shares) * (ordered.size - 1)
    below, above = ordered[np.floor(places).astype(int)], ordered[np.ceil(places).astype(int)]
    return tuple((below + (above - below) * (places % 1)).tolist())


def shrink_rgb(rgb: Rgb, *, longest: int) -> Rgb:
    """A colour picture with its long side at most ``longest`` pixels."""
    height, width = rgb.shape[:2]
    share = min(1.0, longest / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BOX), dtype=np.uint8)


def gradient(plane: Plane) -> tuple[Plane, Plane]:
    """Central differences down and across, per pixel; 0 on the edges."""
    half = plane * np.float32(0.5)
    down, across = np.empty_like(half), np.empty_like(half)
    down[..., (0, -1), :] = 0
    across[..., (0, -1)] = 0
    np.subtract(half[..., 2:, :], half[..., :-2, :], out=down[..., 1:-1, :])
    np.subtract(half[..., :, 2:], half[..., :, :-2], out=across[..., :, 1:-1])
    return down, across


def jpeg(rgb: Rgb) -> bytes:
    """JPEG at quality 85."""
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, format="JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def enlarge(rgb: Rgb, *, shortest: int) -> Rgb:
    """A crop with its short side at least ``shortest`` pixels, so that small things can be made out."""
    height, width = rgb.shape[:2]
    factor = max(1.0, shortest / min(height, width))
    size = (round(width * factor), round(height * factor))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BICUBIC), dtype=np.uint8)


def _linear(rgb: Bytes) -> Plane:
    """Light instead of signal, 0..1 (IEC 61966-2-1)."""
    scaled = np.arange(256, dtype=np.float32) / 255
    linear = np.where(scaled <= 0.04045, scaled / 12.92, ((scaled + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32).take(rgb)


def _root(xyz: Plane) -> Plane:
    """The cube root, near black a straight line."""
    return np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)


def _spread(plane: Plane, band: Plane, *, axis: int) -> Plane:
    """Every row (axis -2) or column (axis -1) as the weighted sum of those around it."""
    radius, length = (band.shape[1] - len(band)) // 2, plane.shape[axis]
    total = np.empty(plane.shape, dtype=np.float32)
    for start in range(0, length, len(band)):
        count = min(len(band), length - start)
        part = _around(plane, start - radius, start + count + radius, axis=axis)
        _weigh(part, band[:count, : count + 2 * radius], total, axis=axis, place=start)
    return total


def _around(plane: Bytes | Plane, start: int, end: int, *, axis: int) -> Plane:
    """Rows or columns from one to another; past the edges those inside, mirrored."""
    length = plane.shape[axis]
    if start >= 0 and end <= length:
        part = plane[..., start:end, :] if axis == -2 else plane[..., start:end]
    else:
        turn = np.arange(start, end) % (2 * length)
        part = plane.take(np.minimum(turn, 2 * length - 1 - turn), axis=axis)
    return part.astype(np.float32, copy=False)


def _gathered(plane: Bytes | Plane, length: int, *, axis: int) -> Plane:
    """So many rows (axis -2) or columns (axis -1), each the mean of those that it covers."""
    shape = list(plane.shape)
    shape[axis] = length
    total = np.empty(shape, dtype=np.float32)
    for block, (first, weights) in enumerate(_boxes(plane.shape[axis], length)):
        part = _around(plane, first, first + weights.shape[1], axis=axis)
        _weigh(part, weights, total, axis=axis, place=block * _BLOCK)
    return total


def _weigh(part: Plane, weights: Plane, total: Plane, *, axis: int, place: int) -> None:
    """Some rows or columns of ``total``, from ``place`` on, as weighted sums of those in ``part``."""
    made = slice(place, place + len(weights))
    if axis == -2:
        np.matmul(weights, part, out=total[..., made, :])
    else:
        np.matmul(part, weights.T, out=total[..., made])


@lru_cache(maxsize=32)
def _gaussian(sigma: float) -> Plane:
    """The weights of a block of neighbours: (block, block + 2 * radius), zero off the slanting band."""
    radius = max(1, math.ceil(3 * sigma))
    taps = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    band = np.zeros((_BLOCK, _BLOCK + 2 * radius), dtype=np.float32)
    for at, row in enumerate(band):
        row[at : at + len(taps)] = taps / taps.sum()
    return band


@lru_cache(maxsize=32)
def _boxes(before: int, after: int) -> tuple[tuple[int, Plane], ...]:
    """Where each block of means begins, and its weights; as Pillow's box filter has them."""
    middles = (np.arange(after) + 0.5) * before / after
    reach = max(before / after, 1.0) / 2
    return tuple(_box(middles[start : start + _BLOCK], reach, before) for start in range(0, after, _BLOCK))


def _box(middles: np.ndarray, reach: float, length: int) -> tuple[int, Plane]:
    first, end = max(0, int(middles[0] - reach)), min(length, int(middles[-1] + reach) + 1)
    offsets = np.arange(first, end) + 0.5 - middles[:, None]
    covered = ((offsets > -reach) & (offsets <= reach)).astype(np.float32)
    return first, covered / covered.sum(axis=1, keepdims=True)
