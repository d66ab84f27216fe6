"""Arithmetic on pictures: blur, shrink, gradients and CIELAB, with numpy and Pillow alone."""

import io
import math
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

_JPEG_QUALITY: Final = 85


def luma(rgb: Bytes) -> Plane:
    """Luma 0..255 of any stack of sRGB pixels (last axis: colour)."""
    return np.asarray(rgb.astype(np.float32) @ LUMA, dtype=np.float32)


def lab(rgb: Bytes) -> Plane:
    """CIELAB of sRGB pixels, D65: L 0..100, a and b about -128..127, on the last axis."""
    scaled = np.arange(256, dtype=np.float32) / 255
    linear = np.where(scaled <= 0.04045, scaled / 12.92, ((scaled + 0.055) / 1.055) ** 2.4).astype(np.float32)
    xyz = linear[rgb] @ _TO_XYZ_D65.T
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.asarray(np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1), dtype=np.float32)


def blur(plane: Plane, sigma: float) -> Plane:
    """Gaussian blur over the last two axes, edges mirrored; cut at three sigma."""
    radius = max(1, math.ceil(3 * sigma))
    taps = np.exp(-0.5 * (np.arange(radius + 1) / sigma) ** 2)
    taps = (taps / (taps[0] + 2 * taps[1:].sum())).astype(np.float32)
    return _convolve(_convolve(plane.astype(np.float32, copy=False), taps, axis=-2), taps, axis=-1)


def shrink(plane: Plane, *, width: int, height: int) -> Plane:
    """One plane at a smaller size, every pixel the mean of the area it covers."""
    picture = Image.fromarray(np.ascontiguousarray(plane, dtype=np.float32))
    return np.asarray(picture.resize((width, height), Image.Resampling.BOX), dtype=np.float32)


def shrink_rgb(rgb: Rgb, *, longest: int) -> Rgb:
    """A colour picture with its long side at most ``longest`` pixels."""
    height, width = rgb.shape[:2]
    share = min(1.0, longest / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BOX), dtype=np.uint8)


def gradient(plane: Plane) -> tuple[Plane, Plane]:
    """Central differences down and across, per pixel."""
    down = np.zeros_like(plane)
    across = np.zeros_like(plane)
    np.subtract(plane[..., 2:, :], plane[..., :-2, :], out=down[..., 1:-1, :])
    np.subtract(plane[..., :, 2:], plane[..., :, :-2], out=across[..., :, 1:-1])
    down *= 0.5
    across *= 0.5
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


def _convolve(plane: Plane, taps: Plane, *, axis: int) -> Plane:
    """Symmetric one-dimensional convolution; ``taps`` from the middle outwards."""
    radius = len(taps) - 1
    length = plane.shape[axis]
    widths = [(0, 0)] * plane.ndim
    widths[axis] = (radius, radius)
    padded = np.pad(plane, widths, mode="symmetric")

    def shifted(by: int) -> Plane:
        index = [slice(None)] * plane.ndim
        index[axis] = slice(radius + by, radius + by + length)
        return padded[tuple(index)]

    total = shifted(0) * taps[0]
    pair = np.empty_like(total)  # one place for all sums: fresh memory for each costs as much as the sum itself
    for by in range(1, radius + 1):
        np.add(shifted(by), shifted(-by), out=pair)
        pair *= taps[by]
        total += pair
    return np.asarray(total, dtype=np.float32)
