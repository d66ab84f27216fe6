"""Which of the house's four looks a picture is drawn in, from its texture."""

import numpy as np
from PIL import Image, ImageFilter

from tools.sandbox.scene import Look
from tools.sandbox.sights.view import Floats, View

# Read off 160 frames in all four looks, JPEG 85, also sharpened, lifted and out of focus. Textured looks have at most
# .01 of clean blocks, the others at least .07. Painted ones score 7.5 to 8.5, photographs 4.3 to 6.9. Cel drawings
# score 1.72 to 2.5 in edges and evenness, renders 1.0 to 1.43. Edges out of focus are below .45, others above .66.
CLEAN_SHARE = 0.05
PAINTED_SCORE = 7.25
DRAWN_SCORE = 1.58
FOCUSED_EDGE = 0.52
DARK = 30  # luma; below it compression leaves no paint to be seen

SMALLEST_LINES = 300

_BLOCK = 16


def look(view: View) -> Look | None:
    """The look; ``None`` where texture cannot be told: a crop of unknown scale, a small picture, one out of focus."""
    if not view.whole or min(view.image.size) < SMALLEST_LINES:
        return None
    luma = view.image.convert("L")
    fine = _plane(luma) - _softened(luma, 1.5)
    rough = np.sqrt(_power(fine))
    edge = _edge(luma, rough)
    if edge < FOCUSED_EDGE:
        return None
    lit = _blocks(_plane(luma)).mean(axis=1) > DARK
    if lit.any() and float((rough[lit] < 1).mean()) > CLEAN_SHARE:
        return Look.FLAT if edge + 2 * _evenness(luma) > DRAWN_SCORE else Look.RENDER_3D
    quiet = (rough > np.percentile(rough, 10)) & (rough < np.percentile(rough, 60))
    painted = 10 * float(np.median(_direction(luma)[quiet])) + _peakedness(_blocks(fine)[quiet])
    return Look.PAINTERLY if painted > PAINTED_SCORE else Look.PHOTOREAL


def _plane(luma: Image.Image) -> Floats:
    return np.asarray(luma, dtype=np.float32)


def _softened(luma: Image.Image, sigma: float) -> Floats:
    return _plane(luma.filter(ImageFilter.GaussianBlur(sigma)))


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
    down, right = (np.asarray(slope, np.float32) for slope in np.gradient(_softened(luma, 0.8)))
    xx, yy, xy = (_blocks(product).mean(axis=1) for product in (right * right, down * down, right * down))
    return np.asarray(np.sqrt((xx - yy) ** 2 + 4 * xy**2) / (xx + yy + 0.5), dtype=np.float32)


def _edge(luma: Image.Image, rough: Floats) -> float:
    """How abrupt the strongest edges are: detail below one pixel over detail between one and two."""
    near = _softened(luma, 1.0)
    abrupt = np.sqrt(_power(_plane(luma) - near) / (_power(near - _softened(luma, 2.0)) + 0.05))
    return float(np.median(abrupt[rough >= np.percentile(rough, 70)]))


def _evenness(luma: Image.Image) -> float:
    """Share of dead even blocks among those without contours: cel tones have no gradient, a render has little else."""
    spread = _blocks(_plane(luma)).std(axis=1)
    return float((spread[spread < 6] < 0.45).mean()) if (spread < 6).any() else 0.0


def _power(plane: Floats) -> Floats:
    """Mean square of each block."""
    return np.asarray(_blocks(plane**2).mean(axis=1), dtype=np.float32)
