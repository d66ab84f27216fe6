"""How sure a share is that was counted: ``k`` of ``n`` with the interval that holds the truth."""

import math
from dataclasses import dataclass

SURE = 0.8
"""Of intervals that hold the true share; so that a few takes say something, and it is said how little."""

_STEPS = 200
"""Of the continued fraction below; 60 are enough for counts up to ten thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many.

    Attributes:
        low: End of the 80 % interval of Beta(k + .5, n - k + .5), as is ``high``.
    """

    count: int
    of: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """The share itself; half where nothing was counted."""
        return self.count / self.of if self.of else 0.5

    def __str__(self) -> str:
        if not self.of:
            return "none counted"
        return f"{self.count} of {self.of} ({self.rate:.0%}, {self.low:.0%} to {self.high:.0%})"


def share(count: int, of: int) -> Share:
    """``count`` of ``of`` with its interval."""
    a, b, tail = count + 0.5, of - count + 0.5, (1 - SURE) / 2
    # Where all or none were counted, the interval reaches the end: the quantile would never.
    low = 0.0 if count == 0 else _quantile(tail, a, b)
    high = 1.0 if count == of else _quantile(1 - tail, a, b)
    return Share(count=count, of=of, low=low, high=high)


def _quantile(chance: float, a: float, b: float) -> float:
    """Where the Beta distribution has that much below it, by halving."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, a, b) < chance else (low, middle)
    return (low + high) / 2


def _below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _below(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(max(x, 1e-300)) + b * math.log1p(-x)
    )
    fraction = 1.0
    for step in range(_STEPS, 0, -1):
        fraction = 1 + _term(step, x, a, b) / fraction
    return front / (a * fraction)


def _term(step: int, x: float, a: float, b: float) -> float:
    half = step // 2
    if step % 2:
        return -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
    return half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
