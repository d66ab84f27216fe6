"""How often a job is looked at, and how late its clip is noticed, in virtual time.

Run as ``python -m benchmarks.polling [JOBS]``. Waits are drawn from log-normal curves around a median of 100 s, narrow
and wide, since no vendor publishes the spread of its waits; the looks are those of `agent.policy.polling`. Lateness is
the time from a clip's being done to the look that finds it, as a share of all the time waited.
"""

import json
import math
import random
import sys
from dataclasses import dataclass

from agent.policy import polling
from agent.profiles import Profile
from tests.unit.agent.policy.builders import profile

JOBS = 20_000
MEDIAN_S = 100.0
SPREADS = {"narrow": 0.25, "usual": 0.4, "wide": 0.6}
"""Standard deviations of the logarithm. *usual* is the one whose quickest tenth is done at the first look."""

JUDGED = "usual"
BARS = {"polls": 12.0, "late_share": 0.035}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What looking in came to.

    Attributes:
        polls: Looks per clip.
        late_share: Time a clip lay unnoticed over the time waited for it.
        latest_s: The longest that one lay, in seconds.
    """

    polls: float
    late_share: float
    latest_s: float


def looked(its: Profile, *, spread: float, jobs: int, seed: int = 1) -> Looked:
    """What looking in on that many jobs comes to."""
    waits = random.Random(seed)
    polls, late_s, waited_s, latest_s = 0, 0.0, 0.0, 0.0
    for _ in range(jobs):
        done_s = MEDIAN_S * math.exp(waits.gauss(0, spread))
        looks, found_s = _until_found(its, done_s)
        polls += looks
        waited_s += done_s
        late_s += found_s - done_s
        latest_s = max(latest_s, found_s - done_s)
    return Looked(polls=polls / jobs, late_share=late_s / waited_s, latest_s=latest_s)


def main() -> None:
    """Measure and print."""
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else JOBS
    usual = profile("usual", usual_wait_s=MEDIAN_S)
    found = {name: looked(usual, spread=spread, jobs=jobs) for name, spread in SPREADS.items()}
    print(f"{f'{jobs} jobs of median {MEDIAN_S:.0f} s':28}{'polls':>8}{'late':>8}{'latest':>10}")
    for name, each in found.items():
        print(f"{name + ' spread':28}{each.polls:8.1f}{each.late_share:8.1%}{each.latest_s:8.0f} s")
    judged = found[JUDGED]
    figures = {"polls": round(judged.polls, 2), "late_share": round(judged.late_share, 4)}
    missed = [name for name, figure in figures.items() if figure > BARS[name]]
    print(json.dumps({"benchmark": "polling", "jobs": jobs, "figures": figures, "bars": BARS, "missed": missed}))


def _until_found(its: Profile, done_s: float) -> tuple[int, float]:
    """Looks until the clip is noticed, and when that is, in seconds after it was sent."""
    at_us, looks = polling.first_us(its, sent_us=0), 1
    while at_us < done_s * 1e6:
        at_us = polling.next_us(its, sent_us=0, now_us=at_us)
        looks += 1
    return looks, at_us / 1e6


if __name__ == "__main__":
    main()
