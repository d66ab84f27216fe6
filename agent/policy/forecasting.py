"""What many takes come to in money and time, before they are made and while they are: with how unsure that is.

Each shot is taken until a take passes, or its takes are used up: how often follows from the chance that routing gives.
Each vendor's line works off its share at its slots; a re-route is counted on the line of the take before it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

NINE_IN_TEN = 1.2816
"""Standard deviations above the mean that a sum of many shots stays below nine times in ten."""

ROUGHLY = 1.5
"""How much longer a render may take than a wait that is only declared and was not measured here; a guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One shot that is still to be made.

    Attributes:
        line: Whose slots its takes need.
        wait_s: From sending a take to its clip.
        chance: That a take passes, 0..1.
        most_takes: After so many the person is asked.
        gone_s: How long its present take is at the vendor already.
    """

    line: str
    slots: int
    wait_s: float
    chance: float
    cost_micro_usd: int
    most_takes: int
    gone_s: float = 0.0

    @property
    def takes(self) -> tuple[float, float]:
        """How many takes it will need: mean and variance."""
        miss, last = 1 - self.chance, max(self.most_takes, 1)
        shares = [(nth, self.chance * miss ** (nth - 1)) for nth in range(1, last)]
        shares.append((last, miss ** (last - 1)))
        mean = sum(nth * share for nth, share in shares)
        return mean, sum(nth * nth * share for nth, share in shares) - mean * mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What it comes to.

    Attributes:
        least_micro_usd: If every first take passes.
        likely_micro_usd: With the re-routes to be expected.
        most_micro_usd: Not more than this nine times in ten.
        likely_s: Until the last is done, and ``most_s`` alike.
    """

    least_micro_usd: int
    likely_micro_usd: int
    most_micro_usd: int
    likely_s: float
    most_s: float


def forecast(works: Sequence[Work], *, looking_s: float, looks_at_once: int, measured: bool) -> Forecast:
    """What these come to.

    Args:
        works: The shots.
        looking_s: How long one take is inspected.
        looks_at_once: How many takes are inspected side by side.
        measured: Whether the waits were measured here; where they are only declared, time may be much longer.
    """
    needed = [(work, *work.takes) for work in works]
    likely = sum(work.cost_micro_usd * mean for work, mean, _ in needed)
    spread = math.sqrt(sum(work.cost_micro_usd**2 * variance for work, _, variance in needed))
    likely_s = _time_s(works, looking_s=looking_s, looks_at_once=looks_at_once, deviations=0.0)
    most_s = _time_s(works, looking_s=looking_s, looks_at_once=looks_at_once, deviations=NINE_IN_TEN)
    return Forecast(
        least_micro_usd=sum(work.cost_micro_usd for work in works),
        likely_micro_usd=round(likely),
        most_micro_usd=round(likely + NINE_IN_TEN * spread),
        likely_s=likely_s,
        most_s=most_s * (1.0 if measured else ROUGHLY),
    )


def _time_s(works: Sequence[Work], *, looking_s: float, looks_at_once: int, deviations: float) -> float:
    """Until the slowest line is through, or the inspection, whichever is later."""
    by_line = groupby(sorted(works, key=lambda work: work.line), key=lambda work: work.line)
    lines_s = [_line_s(tuple(of_line), deviations=deviations) for _, of_line in by_line]
    looks = sum(work.takes[0] for work in works)
    return max([*lines_s, looks * looking_s / looks_at_once], default=0.0) + (looking_s if works else 0.0)


def _line_s(works: Sequence[Work], *, deviations: float) -> float:
    """All takes over all slots, and at the end the slots that have nothing left while the last clips are made."""
    slots = max(1, min(works[0].slots, len(works)))
    total_s = sum(work.wait_s * work.takes[0] - work.gone_s for work in works)
    unsure_s = deviations * math.sqrt(sum(work.wait_s**2 * work.takes[1] for work in works))
    idle_s = _mean(work.wait_s for work in works) * (slots - 1) / (2 * slots)
    longest_s = max(work.wait_s - work.gone_s for work in works)
    return max((total_s + unsure_s) / slots + idle_s, longest_s, 0.0)


def _mean(values: Iterable[float]) -> float:
    found = tuple(values)
    return sum(found) / len(found)
