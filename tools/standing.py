"""Edges that stand still while the picture moves under them: what is laid over a clip, and not in its scene."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tools import pixels
from tools.media import Frame
from tools.pixels import Plane

STANDS_STILL = 0.15
"""Share of the picture's edges that stand still from which a mark cannot be told from the scene. A standing camera gave
.17 and more; a camera that moves .11 and less, mark included."""

LINES = 180
STEEP = 3.0
"""Size that edges are looked for at, and how steep they are, in levels a pixel."""

STEADY = 0.6
"""How far an edge may stray in all frames but one, as a share of its own steepness."""

REACH = 3.5
PLACE = 10
"""Pixels: how far the edges of one mark lie apart, and how large a place is looked at for itself."""

CORE = 6
NOISE = 0.25
"""How far around a place changes are explained by a move, in pixels, and what an encoder changes anyhow, in levels
squared."""

PLACES = 4
"""The point a camera moves to crowds as well, and so does each long edge: some places are looked at."""

EDGE_OF_BOX = 0.3

Box = tuple[float, float, float, float]
"""Left, top, width, height as shares of the picture."""

Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The edges of some frames, by whether they stand still.

    Attributes:
        slopes: Middle of the slopes down and across: (2, height, width).
        change: How the later frames differ from the earlier ones.
        share: Of all edges those that are steady.
        crowd: How many steady edges of all directions lie around each place, 0..1.
    """

    steady: Mask
    slopes: Plane
    change: Plane
    share: float
    crowd: Plane

    def most(self, within: Box = (0.0, 0.0, 1.0, 1.0)) -> tuple[float, Box]:
        """How much stands still, 0..1, where most does inside a box, and the place of it."""
        found = [(self._stands(*place), place) for place in self._places(within)]
        value, (down, across) = max(found)
        return value, self._box(down, across)

    def _places(self, within: Box) -> Iterator[tuple[int, int]]:
        """Where most crowds, one after the other."""
        height, width = self.crowd.shape
        left, top = (min(int(start * size), size - 1) for start, size in zip(within[:2], (width, height), strict=True))
        right, bottom = left + max(1, int(within[2] * width)), top + max(1, int(within[3] * height))
        part = self.crowd[top:bottom, left:right].copy()
        for _ in range(PLACES):
            down, across = (int(at) for at in np.unravel_index(np.argmax(part), part.shape))
            yield top + down, left + across
            part[max(0, down - PLACE) : down + PLACE, max(0, across - PLACE) : across + PLACE] = 0

    def _stands(self, down: int, across: int) -> float:
        """What crowds around a place, less what moves a little: about the point a camera moves to all edges do.

        What shifts, turns or grows changes by its own slopes times how far; what the scene does under a mark does not.
        """
        rows, columns = (slice(max(0, at - CORE), at + CORE + 1) for at in (down, across))
        steady = self.steady[rows, columns]
        offsets = np.argwhere(steady) - (down - rows.start, across - columns.start)
        slopes = self.slopes[:, rows, columns][:, steady]
        change = self.change[rows, columns][steady]
        growing = (slopes * offsets.T).sum(axis=0)
        turning = slopes[1] * offsets[:, 0] - slopes[0] * offsets[:, 1]
        moves = np.stack([*slopes, growing, turning, np.ones_like(change)], axis=1)
        left = change - moves @ np.linalg.lstsq(moves, change, rcond=None)[0]
        unexplained = (left.var() + NOISE) / (change.var() + NOISE) if len(change) else 0.0
        return float(self.crowd[down, across] * unexplained)

    def _box(self, down: int, across: int) -> Box:
        """The place of what crowds around a point."""
        crowded = self.crowd > EDGE_OF_BOX * self.crowd[down, across]
        top, bottom = _run(crowded[:, max(0, across - PLACE) : across + PLACE].any(axis=1), down)
        left, right = _run(crowded[top:bottom].any(axis=0), across)
        height, width = self.crowd.shape
        return left / width, top / height, (right - left) / width, (bottom - top) / height


def still(frames: Sequence[Frame]) -> Standing:
    """What the frames have in common: the middle of their slopes, and how far they stray from it.

    Edges along which the camera moves stand still too, but all in one direction; a mark has edges of several.
    """
    planes = np.stack([_small(frame) for frame in frames])
    slopes = np.stack(pixels.gradient(planes))
    middle = np.median(slopes, axis=1)
    steepness = (middle**2).sum(axis=0)
    strayed = np.sort(((slopes - middle[:, None]) ** 2).sum(axis=0), axis=0)
    steady = (steepness > STEEP**2) & (strayed[-2] < STEADY**2 * steepness)
    turned = np.stack([middle[1] ** 2 - middle[0] ** 2, 2 * middle[0] * middle[1]]) / np.maximum(steepness, 1e-6)
    one_way = np.hypot(*pixels.blur(np.asarray(turned * steady, dtype=np.float32), REACH))
    often = ((slopes**2).sum(axis=0) > STEEP**2).mean(dtype=np.float32)
    half = len(planes) // 2
    return Standing(
        steady=steady,
        slopes=np.asarray(middle, dtype=np.float32),
        change=np.asarray(planes[half:].mean(axis=0) - planes[:half].mean(axis=0), dtype=np.float32),
        share=float(steady.mean() / max(often, 1e-4)),
        crowd=np.asarray(pixels.blur(steady.astype(np.float32), REACH) - one_way, dtype=np.float32),
    )


def _small(frame: Frame) -> Plane:
    height, width = frame.luma.shape
    share = LINES / min(height, width)
    return pixels.shrink(frame.luma, width=round(width * share), height=round(height * share))


def _run(held: Mask, at: int) -> tuple[int, int]:
    """From where to where values around a place are true."""
    gaps = np.flatnonzero(~held)
    before, after = gaps[gaps < at], gaps[gaps > at]
    return int(before[-1]) + 1 if len(before) else 0, int(after[0]) if len(after) else len(held)
