"""A colour cast against the references."""

import numpy as np

from agent.findings import Grade
from prompts.references import Dimension
from tools import likeness
from tools.pixels import Plane
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

FLOORS = np.array([2, 2], dtype=np.float32)
"""Of mean a* and b*, in CIELAB units."""

TIGHT = Band(unsure_past=2.0, seen_past=3.6)
LOOSE = Band(unsure_past=2.0, seen_past=5.1)
"""Of 52 sound takes 48 stay below 2.0 and the largest had 3.5, in a loose project. The 99 % follow from a simulation
(20 000 draws) with 3 normal references and takes that differ by dE 2 (tight) and dE 4 (loose) per axis."""

TIGHT_SPREAD = 2.5
"""Spread of the references' mean a* and b*, root mean square."""


def _measure(viewing: Viewing) -> Measure:
    stills = viewing.guiding(Dimension.PALETTE)
    references = np.stack([likeness.cast(still.small) for still in stills])
    frames = [likeness.cast(picture) for picture in viewing.reel.sampled]
    band = TIGHT if float(np.sqrt((references.std(axis=0) ** 2).mean())) <= TIGHT_SPREAD else LOOSE
    per_frame = [float(np.linalg.norm(likeness.robust_z(frame, references, floor=FLOORS))) for frame in frames]
    value = float(np.median(per_frame))
    shown = likeness.nearest_median(per_frame)
    shift = np.asarray(frames[shown] - np.median(references, axis=0), dtype=np.float32)
    told = (
        f"the mean colour is {_names(shift)} of the references' by dE {np.hypot(*shift):.0f}, "
        f"{value:.1f} of their spreads (seen past {band.seen_past:.1f})"
    )
    frame = viewing.reel.frames[shown]
    return measured(band, value, told=told, frame=frame.index, at_s=frame.at_s, stills=stills)


def _names(shift: Plane) -> str:
    """The direction of a shift in a*b*, in words."""
    red_green = "on the magenta side" if shift[0] > 0 else "on the green side"
    yellow_blue = "on the yellow side" if shift[1] > 0 else "on the blue side"
    return red_green if abs(shift[0]) > abs(shift[1]) else yellow_blue


CHECK = Check(
    name="color cast",
    terms=("color cast",),
    grade=Grade.B,
    meaning="length of the robust z of mean a*b* against the references",
    rates="AUC .97 for a green or warm cast, .90 for half of the green (88, 62, 25 % seen; 0, 0, 12 % absent), 8 "
    "takes each; 3 of 54 sound takes accused (set: docs/benchmarks.md)",
    measure=_measure,
    dimensions=(Dimension.PALETTE,),
    needs=Needs(references=3),
)
