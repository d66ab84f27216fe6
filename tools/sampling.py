"""Which frames of a clip are kept, and how: small ones for time, whole ones for detail. Bounded for any length."""

import math

import numpy as np

from tools.pixels import Bytes

MOST_SMALL = 720
"""30 s at 24 frames per second, 24 s at 30: longer than any vendor's clip. Takes 31 MB at 160x90."""

MOMENTS = 2
"""Frames kept for what passes quickly: evenly spaced ones are sure to meet only what lasts an eighth of the clip."""

APART = 6
"""Frames between two moments: neighbours show the same."""


def spaced(expected: int, *, samples: int) -> frozenset[int]:
    """Evenly spaced frames: the middle of each of so many equal parts of the clip."""
    return frozenset(int((at + 0.5) * expected / samples) for at in range(samples))


def step(expected: int) -> int:
    """Of how many frames one is kept small, so that no more are kept than can be held."""
    return math.ceil(expected / MOST_SMALL)


class Moments:
    """The frames with most change before them, found in one pass: the fastest motion, and where another shot begins."""

    def __init__(self, most: int = MOMENTS) -> None:
        self._most = most
        self._changes: dict[int, float] = {}
        self._last: Bytes | None = None

    @property
    def indices(self) -> tuple[int, ...]:
        """The frames chosen up to now, in order."""
        return tuple(sorted(self._changes))

    def meet(self, index: int, small: Bytes) -> bool:
        """Whether the next frame is one of them, as far as is known now; it may put an earlier one out."""
        if not self._most:
            return False
        thin = np.ascontiguousarray(small[::3, ::3])
        last, self._last = self._last, thin
        if last is None:
            return False
        change = np.maximum(thin, last) - np.minimum(thin, last)  # of bytes, which would wrap around below 0
        return self._enter(index, float(change.mean(dtype=np.float32)))

    def _enter(self, index: int, change: float) -> bool:
        near = [other for other in self._changes if index - other < APART]
        rivals = near or (list(self._changes) if len(self._changes) == self._most else [])
        weakest = min(rivals, key=self._changes.__getitem__, default=None)
        if weakest is not None:
            if change <= self._changes[weakest]:
                return False
            del self._changes[weakest]
        self._changes[index] = change
        return True
