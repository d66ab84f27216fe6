"""Light against the references: a low-key look lifted to bright, even light."""

import numpy as np

from agent.findings import Grade
from prompts.references import Dimension
from tools import likeness
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

FLOORS = np.array([3, 4, 5], dtype=np.float32)
"""Of L5, L25 and L50, in CIELAB lightness."""

BAND = Band(unsure_past=1.05, seen_past=1.91)
"""Around 1.35, the 95 % quantile on 257 fault-free clips, 480p-720p (false alarms 5-7 %; recall .59 / .94 / 1.00 at
gamma lifts of .25 / .5 / 1). 90 % and 99 % follow from it by a normal of median 0; they were not measured."""


def _measure(viewing: Viewing) -> Measure:
    stills = viewing.guiding(Dimension.LIGHTING)
    references = np.stack([likeness.lightness(still.small) for still in stills])
    frames = [likeness.lightness(picture) for picture in viewing.reel.sampled]
    per_frame = [float(likeness.robust_z(frame, references, floor=FLOORS).mean()) for frame in frames]
    value = float(np.median(per_frame))
    shown = likeness.nearest_median(per_frame)
    middle = references[:, 2]
    told = (
        f"median lightness {frames[shown][2]:.0f}, references {middle.min():.0f}-{middle.max():.0f}: "
        f"{value:+.1f} spreads brighter (seen past {BAND.seen_past:+.1f})"
    )
    frame = viewing.reel.frames[shown]
    return measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s, stills=stills)


CHECK = Check(
    name="light",
    terms=("studio lighting",),
    grade=Grade.A,
    meaning="mean robust z of the 5 %, 25 % and 50 % lightness quantiles against the references; above 0 is brighter",
    rates="AUC 1.00 at gamma lift .5, .99 at .25 (100, 50 % seen, none absent), 8 takes each, 4 references; 1 of 54"
    " sound takes accused (set: docs/benchmarks.md)",
    measure=_measure,
    dimensions=(Dimension.LIGHTING,),
    needs=Needs(references=3),
)
