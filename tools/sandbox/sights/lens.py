"""What lies before and over the picture: burnt-in lettering, lens flare, and light that leaves no shadow."""

from functools import lru_cache

import numpy as np
from PIL import Image

from tools.sandbox.drawing import lettering
from tools.sandbox.drawing.conventions import CAPTIONS, STREAK_HALF_HEIGHT, WATERMARKS
from tools.sandbox.sights.view import Floats, View

CAPTION_MATCH = 0.45  # correlation with the lettering's own shape
WATERMARK_MATCH = 0.45
NO_BLACK = 40.0  # luma of the darkest hundredth; 16-23 in scenes lit by their key, 53-70 under light from all sides
STREAK_RISE = 14.0  # luma and blue together, over just above and below, in four fifths of the width


def caption(view: View) -> bool | None:
    """Whether a subtitle is burnt in; ``None`` for a crop."""
    if not view.whole:
        return None
    width, height = view.image.size
    return any(_match(view, _caption(text, width, height)) > CAPTION_MATCH for text in CAPTIONS)


def watermark(view: View) -> bool | None:
    """Whether a maker's mark stands in a corner; ``None`` for a crop."""
    if not view.whole:
        return None
    width, height = view.image.size
    shapes = (_watermark(text, left, width, height) for text in WATERMARKS for left in (False, True))
    return any(_match(view, shape) > WATERMARK_MATCH for shape in shapes)


def evenly_lit(view: View) -> bool | None:
    """Whether light from all sides has left nothing dark; ``None`` for a crop, which may lie in a lamp's pool."""
    return bool(np.percentile(view.luma, 1) > NO_BLACK) if view.whole else None


def flare(view: View) -> bool | None:
    """Whether a streak of lamp-blue light crosses the picture; ``None`` for a crop."""
    if not view.whole:
        return None
    step = max(2, round(view.image.height * STREAK_HALF_HEIGHT * 3.5))
    cold = view.luma + view.rgb[..., 2] - view.rgb[..., 0]
    return bool(np.percentile(_above_sides(cold, step), 20, axis=1).max() > STREAK_RISE)


def _above_sides(plane: Floats, step: int) -> Floats:
    """How far each row lies above the higher of the rows ``step`` above and below it."""
    middle = plane[step:-step]
    return np.asarray(middle - np.maximum(plane[: -2 * step], plane[2 * step :]), dtype=np.float32)


@lru_cache(maxsize=64)
def _caption(text: str, width: int, height: int) -> Image.Image:
    return lettering.caption(text, width=width, height=height)


@lru_cache(maxsize=64)
def _watermark(text: str, left: bool, width: int, height: int) -> Image.Image:
    return lettering.watermark(text, left=left, width=width, height=height)


def _match(view: View, shape: Image.Image) -> float:
    """Best correlation of the lettering with the picture, over a shift of one pixel each way."""
    left, top, right, bottom = shape.getbbox() or (0, 0, 1, 1)
    drawn = np.asarray(shape.crop((left, top, right, bottom)), np.float32)
    wanted = _detail(drawn[..., :3].mean(axis=2) * (drawn[..., 3] > 0))
    best = -1.0
    for x in (-1, 0, 1):
        for y in (-1, 0, 1):
            there = view.luma[top + y : bottom + y, left + x : right + x]
            if there.shape == wanted.shape:
                best = max(best, float(np.corrcoef(_detail(there).ravel(), wanted.ravel())[0, 1]))
    return best


def _detail(plane: Floats) -> Floats:
    """A plane without its broad light and shade."""
    high, wide = plane.shape
    size = (max(1, wide // 14), max(1, high // 14))
    broad = Image.fromarray(plane).resize(size, Image.Resampling.BOX).resize((wide, high), Image.Resampling.BICUBIC)
    return np.asarray(plane - np.asarray(broad), dtype=np.float32)
