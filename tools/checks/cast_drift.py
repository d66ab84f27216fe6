"""A colour cast that comes or goes inside the clip."""

import numpy as np

from agent.findings import Grade
from tools import likeness, registering
from tools.viewing import Band, Check, Measure, Needs, Viewing, drifted, measured

BAND = Band(unsure_past=1.2, seen_past=1.9)
"""Of 52 sound takes all of one view stay below, the largest at 1.8 and 1.2; casts of dE 5 and more that come start at
2.1."""

ELSEWHERE = Band(unsure_past=2.72, seen_past=3.84)
"""Where the end shows other things: around 3.1, the 95 % quantile of the change of the mean colour on 257 fault-free
clips, 480p-720p. Past it nothing but a doubt is told."""


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    first, last = likeness.quarters(reel.small)
    parts = registering.changes(first, last)
    end = reel.count - 1
    if parts is None:
        change = float(np.hypot(*(likeness.cast(last) - likeness.cast(first))))
        told = f"the mean colour moves by dE {change:.1f} from first to last quarter"
        measure = measured(ELSEWHERE, change, told=told, frame=end, at_s=reel.at_s(end))
        return drifted(measure, same_view=change <= ELSEWHERE.unsure_past)
    change = float(np.hypot(*np.median(parts[:, 1:], axis=0)))
    told = f"the same things have moved in colour by dE {change:.1f} at the end (seen past {BAND.seen_past:.1f})"
    return measured(BAND, change, told=told, frame=end, at_s=reel.at_s(end))


CHECK = Check(
    name="cast drift",
    terms=("palette drift",),
    grade=Grade.A,
    meaning="change of a*b* between first and last quarter in what both show, median over its parts, in CIELAB units",
    rates="AUC .99 for a green cast that comes (75 % seen, 12 % absent), 8 takes; none of 54 sound takes accused "
    "(set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(frames=8),
)
