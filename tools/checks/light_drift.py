"""Light that changes inside the clip."""

import numpy as np

from agent.findings import Grade
from tools import likeness, registering
from tools.viewing import Band, Check, Measure, Needs, Viewing, drifted, measured

BAND = Band(unsure_past=1.2, seen_past=2.0)
"""Sound takes of one view stay below, but for a close-up of a leaf in a pan with 1.4; fades by .15 start at 3.8."""

ELSEWHERE = Band(unsure_past=2.01, seen_past=3.15)
"""Where the end shows other things: around 2.4, the 95 % quantile of the change of lightness on 257 fault-free clips,
480p-720p. Past it nothing but a doubt is told."""


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    first, last = likeness.quarters(reel.small)
    parts = registering.changes(first, last)
    end = reel.count - 1
    if parts is None:
        change = float((likeness.lightness(last) - likeness.lightness(first)).mean())
        told = f"lightness moves by {change:+.1f} of 100 from first to last quarter"
        measure = measured(ELSEWHERE, abs(change), told=told, frame=end, at_s=reel.at_s(end))
        return drifted(measure, same_view=abs(change) <= ELSEWHERE.unsure_past)
    change = float(np.median(parts[:, 0]))
    told = f"the same things are lighter by {change:+.1f} of 100 at the end (seen past {BAND.seen_past:.1f})"
    return measured(BAND, abs(change), told=told, frame=end, at_s=reel.at_s(end))


CHECK = Check(
    name="light drift",
    terms=("light drift",),
    grade=Grade.A,
    meaning="change of lightness between first and last quarter in what both show, median over its parts, in CIELAB L*",
    rates="AUC .99 at lift .15, 1.00 at .3 (75, 88 % seen, none absent), 8 takes each; none of 54 sound takes "
    "accused (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(frames=8),
)
