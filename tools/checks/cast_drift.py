"""A colour cast that comes or goes inside the clip."""

import numpy as np

from agent.findings import Grade, Sight
from tools import likeness
from tools.viewing import Band, Check, Measure, Needs, Viewing, drifted, measured

BAND = Band(unsure_past=2.72, seen_past=3.84)
"""Around 3.1, the 95 % quantile on 257 fault-free clips, 480p-720p (AUC .98 at dE 6). 90 % and 99 % follow from it by a
Rayleigh distribution; they were not measured."""


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    first, last = likeness.quarters(reel.small)
    change = float(np.hypot(*(likeness.cast(last) - likeness.cast(first))))
    told = f"the mean colour moves by dE {change:.1f} from first to last quarter (seen past {BAND.seen_past:.1f})"
    end = reel.count - 1
    measure = measured(BAND, change, told=told, frame=end, at_s=reel.at_s(end))
    return measure if measure.sight is not Sight.SEEN else drifted(measure, same_view=likeness.same_view(first, last))


CHECK = Check(
    name="cast drift",
    terms=("palette drift",),
    grade=Grade.A,
    meaning="distance between the mean a*b* of the first and of the last quarter, in CIELAB units",
    rates="AUC .98 at dE 6, false alarms 5 % at 3.1, on 257 base clips, 480p-720p",
    measure=_measure,
    needs=Needs(frames=8),
)
