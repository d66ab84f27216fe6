"""A composition or background copied from a reference that was told to leave it out."""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from agent.findings import Grade
from prompts.references import Dimension
from tools import likeness, pixels
from tools.pixels import Plane, Rgb
from tools.viewing import Band, Check, Measure, ReferenceStill, Viewing, measured

BAND = Band(unsure_past=0.43, seen_past=0.50)
"""Of 52 pairs with a stranger 45 stay below .43 and one passes .50, two drawings of one hand; 50 of 52 copies, also
recoloured, mirrored and cropped to 80 %, have .55 and more, the others come from a camera that moved on. Copies cropped
to 65 % have .51 and more."""

IGNORED = (Dimension.COMPOSITION, Dimension.BACKGROUND)
COLUMNS, ROWS = 48, 27
SCALES = (1.0, 0.88, 0.76, 0.66)
SLACK = 2
"""Columns and rows cut off the inner map on each side, so that a shifted copy is found."""

FRAMES = 3


def _measure(viewing: Viewing) -> Measure:
    return max((_compare(viewing, still) for still in viewing.ignoring(IGNORED)), key=lambda found: found.value or 0.0)


def _compare(viewing: Viewing, still: ReferenceStill) -> Measure:
    frames = viewing.reel.frames[:: max(1, len(viewing.reel.frames) // FRAMES)][:FRAMES]
    reference = _cropped(still.rgb, ratio=viewing.reel.width / viewing.reel.height)
    per_frame = [_likeness(pixels.luma(frame.rgb), reference) for frame in frames]
    value = float(np.median(per_frame))
    frame = frames[likeness.nearest_median(per_frame)]
    told = f"its layout is like reference {still.reference.label} by {value:.2f} of 1 (seen past {BAND.seen_past:.2f})"
    return measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s, stills=(still,))


def _cropped(rgb: Rgb, *, ratio: float) -> Plane:
    """Luma of the middle of a reference, in the clip's ratio, as a model fits it."""
    height, width = rgb.shape[:2]
    kept = (min(height, round(width / ratio)), min(width, round(height * ratio)))
    top, left = (height - kept[0]) // 2, (width - kept[1]) // 2
    return pixels.luma(rgb[top : top + kept[0], left : left + kept[1]])


def _structure(luma: Plane, *, scale: float = 1.0) -> Plane:
    """Small map of what stands out from its surroundings, free of light and palette."""
    across, down = (COLUMNS, ROWS) if luma.shape[1] >= luma.shape[0] else (ROWS, COLUMNS)
    small = pixels.shrink(luma, width=round(across * scale), height=round(down * scale))
    raised = small - pixels.blur(small, 4)
    return np.asarray(raised / (np.sqrt(pixels.blur(raised**2, 4)) + 4), dtype=np.float32)


def _likeness(luma: Plane, reference: Plane) -> float:
    """Best correlation of the two layouts; either may show more than the other."""
    return max(_fitted(luma, reference, SCALES), _fitted(reference, luma, SCALES[1:]))


def _fitted(inner: Plane, outer: Plane, scales: Sequence[float]) -> float:
    """Best normalised cross-correlation over mirror, scale and place of a picture inside another one."""
    whole = _structure(outer)
    parts = [_structure(inner, scale=scale)[SLACK:-SLACK, SLACK:-SLACK] for scale in scales]
    return max(_correlate(whole, each) for part in parts for each in (part, part[:, ::-1]))


def _correlate(whole: Plane, part: Plane) -> float:
    """Best correlation of a part with every place of the whole that it fits in."""
    windows = sliding_window_view(whole, part.shape)
    flat = windows.reshape(windows.shape[0] * windows.shape[1], -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    own = (part - part.mean()).ravel()
    return float((flat @ own / (np.linalg.norm(flat, axis=1) * np.linalg.norm(own) + 1e-6)).max())


CHECK = Check(
    name="composition",
    terms=("copied background",),
    grade=Grade.A,
    meaning="best correlation of the layout with a reference, over mirror, scale and place; 1 is the same picture",
    rates="AUC 1.00 for recoloured, mirrored and cropped copies (93-100 % seen, none absent), 54 pairs; 3 of 54 "
    "strangers accused, two of them drawings of one hand (set: docs/benchmarks.md)",
    measure=_measure,
    bleeding=IGNORED,
    always=True,
)
