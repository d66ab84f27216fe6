"""Places of a picture that look like other places of the same picture, upright or mirrored: copies of a thing.

Corners on three scales, described by gradient histograms (Lowe 2004, 4 x 4 cells of 8 directions, upright), matched
against the other corners of the picture, and kept where many agree on one shift.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from tools import pixels
from tools.pixels import Plane

Box = tuple[float, float, float, float]

LINES = 360
SCALES = (1.0, 0.71, 0.5)
MOST_CORNERS = 350
"""Per scale; the strongest, spread over the picture by the window below."""

APART = 5
PATCH = 16
CELLS, DIRECTIONS = 4, 8
LEAST_SHIFT = 0.08
"""Of the height: nearer matches are the same thing again."""

RATIO = 0.8
LEAST_LIKENESS = 0.75
"""Of two descriptors, as a cosine; and how much nearer than the next best (Lowe's ratio, on the distance)."""

BIN = 0.05
"""Of the height: shifts that differ by less agree."""

RIVAL = 0.5
"""Largest group with another shift, per match that agrees: bricks and windows agree on many shifts, a copy on one."""

GAP = 0.3
"""Of a place's size: how far apart two places lie that are no halves of a symmetric thing, nor rows of one pattern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The largest group of matches that agree.

    Attributes:
        matches: How many corners take part.
        places: The two boxes, as shares of the picture.
        apart: Whether the places lie apart; what is symmetric, or a pattern, matches itself side by side.
    """

    matches: int
    places: tuple[Box, Box] | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _Corners:
    """Places (n, 2) down and across, as shares of the height; descriptors (n, 128), plain and mirrored."""

    at: Plane
    plain: Plane
    mirrored: Plane


def find(luma: Plane) -> Copies:
    """The largest copy of a part of the picture inside it."""
    height, width = luma.shape
    corners = _corners(pixels.shrink(luma, width=round(width * LINES / height), height=LINES))
    if len(corners.at) < 2 * CELLS:
        return Copies(matches=0)
    groups = [
        _copies(corners.at, pairs, aspect=width / height)
        for pairs in (_agreeing(corners, corners.plain, flip=False), _agreeing(corners, corners.mirrored, flip=True))
    ]
    return max(groups, key=lambda group: (group.apart, group.matches))


def _copies(at: Plane, pairs: np.ndarray, *, aspect: float) -> Copies:
    if not len(pairs):
        return Copies(matches=0)
    one, other = (_box(at[side], aspect) for side in pairs.T)
    return Copies(matches=len(pairs), places=(one, other), apart=_apart(one, other))


def _apart(one: Box, other: Box) -> bool:
    across = max(one[0], other[0]) - min(one[0] + one[2], other[0] + other[2])
    down = max(one[1], other[1]) - min(one[1] + one[3], other[1] + other[3])
    return across > GAP * min(one[2], other[2]) or down > GAP * min(one[3], other[3])


def _corners(plane: Plane) -> _Corners:
    found = [_on_scale(plane, scale) for scale in SCALES]
    return _Corners(*(np.concatenate(part) for part in zip(*found, strict=True)))


def _on_scale(plane: Plane, scale: float) -> tuple[Plane, Plane, Plane]:
    height, width = (round(side * scale) for side in plane.shape)
    small = pixels.blur(pixels.shrink(plane, width=width, height=height), 0.8)
    down, across = pixels.gradient(small)
    rows, columns = _strongest(_cornerness(down, across))
    histograms = _histograms(down, across, rows, columns)
    at = np.asarray(np.stack([rows, columns], axis=1) / height, dtype=np.float32)
    return at, _normal(histograms), _normal(_flipped(histograms))


def _cornerness(down: Plane, across: Plane) -> Plane:
    """The smaller eigenvalue of the structure tensor (Shi and Tomasi 1994)."""
    vertical, horizontal, mixed = (pixels.blur(part, 1.5) for part in (down**2, across**2, down * across))
    half = np.hypot((vertical - horizontal) / 2, mixed)
    return np.asarray((vertical + horizontal) / 2 - half, dtype=np.float32)


def _strongest(strength: Plane) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the strongest local maxima that a whole patch fits around."""
    reach = APART // 2
    windows = sliding_window_view(strength, (APART, APART)).max(axis=(2, 3))
    inner = strength[reach:-reach, reach:-reach]
    peaks = np.where((inner == windows) & (inner > 4.0), inner, 0)
    edge = PATCH // 2
    peaks[: edge - reach], peaks[-edge:], peaks[:, : edge - reach], peaks[:, -edge:] = 0, 0, 0, 0
    best = np.argsort(peaks, axis=None)[::-1][:MOST_CORNERS]
    best = best[peaks.ravel()[best] > 0]
    rows, columns = np.unravel_index(best, peaks.shape)
    return rows + reach, columns + reach


def _histograms(down: Plane, across: Plane, rows: np.ndarray, columns: np.ndarray) -> Plane:
    """Gradient histograms: (n, 4, 4, 8), the first direction towards the right, turning downwards."""
    offsets = np.arange(PATCH) - PATCH // 2
    where = (rows[:, None, None] + offsets[:, None], columns[:, None, None] + offsets)
    down, across = down[where], across[where]
    strength = np.hypot(down, across)
    turn = np.arctan2(down, across) / (2 * np.pi) * DIRECTIONS
    nearest = np.floor(turn)
    share = turn - nearest
    one = np.zeros((*turn.shape, DIRECTIONS), dtype=np.float32)
    first = nearest.astype(int) % DIRECTIONS
    np.put_along_axis(one, first[..., None], (strength * (1 - share))[..., None], axis=-1)
    np.put_along_axis(one, ((first + 1) % DIRECTIONS)[..., None], (strength * share)[..., None], axis=-1)
    side = PATCH // CELLS
    cells = one.reshape(len(rows), CELLS, side, CELLS, side, DIRECTIONS).sum(axis=(2, 4))
    return np.asarray(cells, dtype=np.float32)


def _flipped(histograms: Plane) -> Plane:
    """Those of the mirrored picture: cells from right to left, and every direction turned about the vertical."""
    turned = (DIRECTIONS // 2 - np.arange(DIRECTIONS)) % DIRECTIONS
    return histograms[:, :, ::-1][..., turned]


def _normal(histograms: Plane) -> Plane:
    """Length 1, no single direction above .2 (as Lowe does against uneven light)."""
    flat = histograms.reshape(len(histograms), CELLS * CELLS * DIRECTIONS)
    flat = np.minimum(flat / (np.linalg.norm(flat, axis=1, keepdims=True) + 1e-6), 0.2)
    return np.asarray(flat / (np.linalg.norm(flat, axis=1, keepdims=True) + 1e-6), dtype=np.float32)


def _agreeing(corners: _Corners, others: Plane, *, flip: bool) -> np.ndarray:
    """Pairs (n, 2) of corners whose shifts agree; mirrored, the sum of the columns stays instead of the difference."""
    alike = corners.plain @ others.T
    far = np.abs(corners.at[:, None] - corners.at[None]).max(axis=2) >= LEAST_SHIFT
    alike = np.where(far, alike, -1.0)
    best = alike.argmax(axis=1)
    here = np.arange(len(best))
    nearest = alike[here, best]
    rivals = np.where(np.abs(corners.at[None] - corners.at[best][:, None]).max(axis=2) < 0.03, -1.0, alike)
    second = rivals.max(axis=1)
    distinct = (1 - nearest) < RATIO**2 * (1 - second)
    onward = (not flip) | (corners.at[best, 1] > corners.at[:, 1])  # a mirrored pair is found from both ends
    kept = here[(nearest > LEAST_LIKENESS) & distinct & onward]
    pairs = np.stack([kept, best[kept]], axis=1)
    return _largest_group(corners.at, pairs, flip=flip)


def _largest_group(at: Plane, pairs: np.ndarray, *, flip: bool) -> np.ndarray:
    """The pairs within one bin of the shift that most others share; none where shifts are as many as in a pattern."""
    if not len(pairs):
        return pairs
    first, second = at[pairs[:, 0]], at[pairs[:, 1]]
    shift = second - first
    if flip:
        shift[:, 1] = second[:, 1] + first[:, 1]
    near = np.abs(shift[:, None] - shift[None]).max(axis=2) < BIN
    group = near[near.sum(axis=1).argmax()]
    back = np.zeros_like(group) if flip else np.abs(shift + shift[group].mean(axis=0)).max(axis=1) < BIN
    rest = ~(group | back)
    rival = int(near[rest][:, rest].sum(axis=1).max(initial=0))
    return np.asarray(pairs[group]) if rival <= RIVAL * int(group.sum()) else pairs[:0]


def _box(at: Plane, aspect: float) -> Box:
    top, left = at.min(axis=0)
    bottom, right = at.max(axis=0)
    return (float(left) / aspect, float(top), float(right - left) / aspect, float(bottom - top))
