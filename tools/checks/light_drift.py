"""Light that changes inside the clip."""

from agent.findings import Grade, Sight
from tools import likeness
from tools.viewing import Band, Check, Measure, Needs, Viewing, drifted, measured

BAND = Band(unsure_past=2.01, seen_past=3.15)
"""Around 2.4, the 95 % quantile on 257 fault-free clips, 480p-720p (AUC .93 at a gamma lift of .15, .99 at .3). 90 %
and 99 % follow from it by a half-normal; they were not measured."""


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    first, last = likeness.quarters(reel.small)
    change = float((likeness.lightness(last) - likeness.lightness(first)).mean())
    told = f"lightness moves by {change:+.1f} of 100 from first to last quarter (seen past {BAND.seen_past:.1f})"
    end = reel.count - 1
    measure = measured(BAND, abs(change), told=told, frame=end, at_s=reel.at_s(end))
    return measure if measure.sight is not Sight.SEEN else drifted(measure, same_view=likeness.same_view(first, last))


CHECK = Check(
    name="light drift",
    terms=("light drift",),
    grade=Grade.A,
    meaning="change of the 5 %, 25 % and 50 % lightness quantiles between first and last quarter, in CIELAB lightness",
    rates="AUC .93 at lift .15, .99 at .3, false alarms 5 % at 2.4, on 257 base clips, 480p-720p",
    measure=_measure,
    needs=Needs(frames=8),
)
