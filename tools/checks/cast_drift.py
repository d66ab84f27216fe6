"""A colour cast that comes or goes inside the clip."""

from collections.abc import Sequence

import numpy as np

from agent.findings import Grade, Sight
from tools import likeness, registering
from tools.media import Reel
from tools.pixels import Plane, Rgb
from tools.viewing import Band, Check, Measure, Needs, Viewing, drifted, measured

BAND = Band(unsure_past=1.2, seen_past=2.0)
"""Of 52 sound takes all of one view stay below, the largest at 1.9 and 1.3; casts of dE 5 and more that come start at
2.1."""

ELSEWHERE = Band(unsure_past=2.72, seen_past=3.84)
"""Where the end shows other things: around 3.1, the 95 % quantile of the change of the mean colour on 257 fault-free
clips, 480p-720p. Past it nothing but a doubt is told."""


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    quarters = likeness.quarters(reel.small)
    parts = registering.changes(quarters)
    same = [(_shift(each), turn) for turn, each in enumerate(parts, start=2) if each is not None]
    change, turn = max(same, default=(0.0, 4))
    frame = reel.count * turn // 4 - 1
    told = f"the same things have moved in colour by dE {change:.1f} in quarter {turn} (seen past {BAND.seen_past:.1f})"
    found = measured(BAND, change, told=told, frame=frame, at_s=reel.at_s(frame))
    return found if parts[-1] is not None or found.sight is not Sight.ABSENT else _elsewhere(reel, quarters)


def _shift(parts: Plane) -> float:
    return float(np.hypot(*np.median(parts[:, 1:], axis=0)))


def _elsewhere(reel: Reel, quarters: Sequence[Rgb]) -> Measure:
    """From the start to an end that shows other things."""
    end = reel.count - 1
    change = float(np.hypot(*(likeness.cast(quarters[-1]) - likeness.cast(quarters[0]))))
    told = f"the mean colour moves by dE {change:.1f} from first to last quarter"
    measure = measured(ELSEWHERE, change, told=told, frame=end, at_s=reel.at_s(end))
    return drifted(measure, same_view=change <= ELSEWHERE.unsure_past)


CHECK = Check(
    name="cast drift",
    terms=("palette drift",),
    grade=Grade.A,
    meaning="largest change of a*b* since the first quarter in what both show, median over its parts, in CIELAB units",
    rates="AUC .99 for a green cast that comes (88 % seen, 12 % absent), 8 takes; 1 of 54 sound takes accused (set: "
    "docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(frames=8),
)
