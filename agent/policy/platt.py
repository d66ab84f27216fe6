"""The chance that a value is the fault, from values of sound and faulty takes (Platt 1999, with his soft targets)."""

import math
from collections.abc import Sequence

_STEPS = 50
_RIDGE = 1e-3
"""Keeps the slope finite where the two kinds do not overlap."""


def fit(sound: Sequence[float], faulty: Sequence[float], *, sign: int = 1) -> tuple[float, float] | None:
    """Slope and offset of the log odds; ``None`` where all values are one. Values are given turned by ``sign``."""
    values = (*sound, *faulty)
    centre = sum(values) / len(values)
    spread = math.sqrt(sum((value - centre) ** 2 for value in values) / len(values))
    if not (sound and spread):
        return None
    # Short of 0 and 1, as if each kind had one take more: a few labels are no certainty.
    targets = [1 / (len(sound) + 2)] * len(sound) + [(len(faulty) + 1) / (len(faulty) + 2)] * len(faulty)
    slope, offset = _newton([(value - centre) / spread for value in values], targets)
    return sign * slope / spread, offset - slope * centre / spread


def chance(line: tuple[float, float], value: float) -> float:
    """The chance that a value is the fault, 0..1."""
    return _logistic(line[0] * value + line[1])


def _newton(values: Sequence[float], targets: Sequence[float]) -> tuple[float, float]:
    slope = offset = 0.0
    for _ in range(_STEPS):
        chances = [_logistic(slope * value + offset) for value in values]
        weights = [max(each * (1 - each), 1e-9) for each in chances]
        errors = [target - each for target, each in zip(targets, chances, strict=True)]
        down = sum(error * value for error, value in zip(errors, values, strict=True)) - _RIDGE * slope
        curve = sum(weight * value * value for weight, value in zip(weights, values, strict=True)) + _RIDGE
        cross = sum(weight * value for weight, value in zip(weights, values, strict=True))
        size = curve * sum(weights) - cross * cross
        slope += (down * sum(weights) - cross * sum(errors)) / size
        offset += (curve * sum(errors) - cross * down) / size
    return slope, offset


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, odds))))
