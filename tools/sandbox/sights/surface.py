"""Which of the house's four looks a picture is drawn in, from its texture."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from tools.sandbox.scene import Look
from tools.sandbox.sights.view import Floats, View

# Read off 90 frames of eight scenes in all four looks, JPEG 85, also sharpened and lifted. Textured looks have at most
# .01 of clean blocks, the others at least .07; painted ones score 7.5 to 8.5, photographs 4.3 to 6.9. A cel drawing has
# .63 and more of dead even pixels inside its clean blocks, and many thin dark lines; a render up to .62, and few.
CLEAN_SHARE = 0.05
PAINTED_SCORE = 7.1
EVEN_SHARE = 0.60

_BLOCK = 16
_LINES = 480


def look(view: View) -> Look | None:
    """The look; ``None`` for a crop, whose scale is unknown, and for a picture too small to show texture."""
    if not view.whole or min(view.image.size) < 240:
        return None
    size = (round(view.image.width * _LINES / view.image.height), _LINES)
    luma = view.image.convert("L").resize(size, Image.Resampling.LANCZOS)
    fine = np.asarray(luma, np.float32) - np.asarray(luma.filter(ImageFilter.GaussianBlur(1.5)), np.float32)
    rough = np.sqrt(_blocks(fine**2).mean(axis=1))
    clean = rough < 1
    if float(clean.mean()) > CLEAN_SHARE:
        return Look.FLAT if _even(luma, clean) > EVEN_SHARE else Look.RENDER_3D
    quiet = (rough > np.percentile(rough, 10)) & (rough < np.percentile(rough, 60))
    painted = 10 * float(np.median(_direction(luma)[quiet])) + _peakedness(_blocks(fine)[quiet])
    return Look.PAINTERLY if painted > PAINTED_SCORE else Look.PHOTOREAL


def _blocks(plane: Floats) -> Floats:
    """``(n, 256)``: the plane cut into squares of 16 pixels."""
    rows, columns = plane.shape[0] // _BLOCK, plane.shape[1] // _BLOCK
    cut = plane[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    return np.asarray(cut.swapaxes(1, 2).reshape(rows * columns, -1), dtype=np.float32)


def _peakedness(blocks: Floats) -> float:
    """Kurtosis of fine detail: 3 for grain, more for strokes, most for lines on even ground."""
    centred = blocks - blocks.mean(axis=1, keepdims=True)
    variance = (centred**2).mean(axis=1) + 0.01
    return float(np.median((centred**4).mean(axis=1) / variance**2))


def _direction(luma: Image.Image) -> Floats:
    """How much one direction rules in each block: 0 for grain, towards 1 under a brush."""
    soft = np.asarray(luma.filter(ImageFilter.GaussianBlur(0.8)), np.float32)
    down, right = np.gradient(soft)
    xx, yy, xy = (_blocks(product).mean(axis=1) for product in (right * right, down * down, right * down))
    return np.asarray(np.sqrt((xx - yy) ** 2 + 4 * xy**2) / (xx + yy + 0.5), dtype=np.float32)


def _even(luma: Image.Image, clean: npt.NDArray[np.bool_]) -> float:
    """Share of pixels exactly like their neighbours, in the typical clean block that is not blown out."""
    plane = np.asarray(luma, np.float32)
    down, right = np.gradient(plane)
    seen = clean & (_blocks(plane).mean(axis=1) < 235)
    if not seen.any():
        return 0.0
    return float(np.median((_blocks(np.asarray(np.abs(down) + np.abs(right), np.float32))[seen] == 0).mean(axis=1)))
