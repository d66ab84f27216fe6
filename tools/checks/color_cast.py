"""A colour cast against the references."""

import numpy as np

from agent.findings import Grade
from prompts.references import Dimension
from tools import likeness
from tools.pixels import Plane
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

FLOORS = np.array([2, 2], dtype=np.float32)
"""Of mean a* and b*, in CIELAB units."""

BAND = Band(unsure_past=3.0, seen_past=4.6)
"""90 % and 99 % quantiles of the measure itself, simulated (20 000 draws) for normal references and takes that differ
by dE 4 per axis: 3.3 and 5.1 with 3 references, 2.7 and 4.1 with 5; the middle of both. Not measured on clips."""


def _measure(viewing: Viewing) -> Measure:
    stills = viewing.guiding(Dimension.PALETTE)
    references = np.stack([likeness.cast(still.small) for still in stills])
    frames = [likeness.cast(picture) for picture in viewing.reel.sampled]
    scores = [float(np.linalg.norm(likeness.robust_z(frame, references, floor=FLOORS))) for frame in frames]
    value = float(np.median(scores))
    shown = likeness.nearest_median(scores)
    shift = np.asarray(frames[shown] - np.median(references, axis=0), dtype=np.float32)
    told = (
        f"the mean colour is {_names(shift)} of the references' by dE {np.hypot(*shift):.0f}, "
        f"{value:.1f} of their spreads (seen past {BAND.seen_past:.1f})"
    )
    frame = viewing.reel.frames[shown]
    return measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s, stills=stills)


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
    rates="AUC .90-.99 for a green shift of dE 10.8, .82-.98 for a warm one of 12.6, on 257 base clips, 480p-720p",
    measure=_measure,
    dimensions=(Dimension.PALETTE,),
    needs=Needs(references=3),
)
