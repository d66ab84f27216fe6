"""Light that changes inside the clip."""

from collections.abc import Sequence

import numpy as np

from agent.findings import Grade, Sight
from tools import likeness, registering
from tools.media import Reel
from tools.pixels import Rgb
from tools.viewing import Band, Check, Measure, Needs, Viewing, drifted, measured

BAND = Band(unsure_past=1.2, seen_past=2.0)
"""Sound takes of one view stay below, but for a close-up of a leaf in a pan with 1.4; fades by .15 start at 3.8."""

ELSEWHERE = Band(unsure_past=2.01, seen_past=3.15)
"""Where the end shows other things: around 2.4, the 95 % quantile of the change of lightness on 257 fault-free clips,
480p-720p. Past it nothing but a doubt is told."""


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    quarters = likeness.quarters(reel.small)
    parts = registering.changes(quarters)
    same = [(float(np.median(each[:, 0])), turn) for turn, each in enumerate(parts, start=2) if each is not None]
    change, turn = max(same, key=lambda found: abs(found[0]), default=(0.0, 4))
    frame = reel.count * turn // 4 - 1
    told = f"the same things are lighter by {change:+.1f} of 100 in quarter {turn} (seen past {BAND.seen_past:.1f})"
    found = measured(BAND, abs(change), told=told, frame=frame, at_s=reel.at_s(frame))
    return found if parts[-1] is not None or found.sight is not Sight.ABSENT else _elsewhere(reel, quarters)


def _elsewhere(reel: Reel, quarters: Sequence[Rgb]) -> Measure:
    """From the start to an end that shows other things."""
    end = reel.count - 1
    change = float((likeness.lightness(quarters[-1]) - likeness.lightness(quarters[0])).mean())
    told = f"lightness moves by {change:+.1f} of 100 from first to last quarter"
    measure = measured(ELSEWHERE, abs(change), told=told, frame=end, at_s=reel.at_s(end))
    return drifted(measure, same_view=abs(change) <= ELSEWHERE.unsure_past)


CHECK = Check(
    name="light drift",
    terms=("light drift",),
    grade=Grade.A,
    meaning="largest change of L* since the first quarter in what both show, median over its parts",
    rates="AUC 1.00 at lifts of .3 and .15 (100, 75 % seen, none absent), 8 takes each; none of 54 sound takes "
    "accused (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(frames=8),
)
