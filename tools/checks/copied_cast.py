"""A colour cast that came over from a reference that was told to leave it out."""

from dataclasses import replace

import numpy as np

from agent.findings import Grade, Sight
from prompts.references import Dimension
from tools import likeness
from tools.pixels import Plane
from tools.viewing import Band, Check, Measure, ReferenceStill, Viewing, guides, measured

IGNORED = (Dimension.COLOR_CAST,)

HALF_WAY = 0.5
"""Share of the way from the film's mean colour to the reference's that a take must have gone."""

SPREADS = 3.0
"""Of the film's own references, that this way must be as well; their pictures differ without any cast."""

BAND = Band(unsure_past=0.7, seen_past=1.0)
"""Of the smaller of the two, as a share of its limit. On drawn textures of 16 palettes with casts of dE 12-16: without
a cast .19 at most in 95 %, and none of 48 seen; half of the cast .28-1.09 (11 seen, 30 unsure), three quarters 41 of
48 seen."""

FLOOR = 2.0
LEAST_CAST = 6.0
"""CIELAB units of a* and b*: how alike references count as, and the smallest cast worth speaking of. A pure shift of
dE 5.4 was told from none with AUC .72-.84 only."""

FEWEST = 2


def _measure(viewing: Viewing) -> Measure:
    found = [_compare(viewing, still) for still in viewing.ignoring(IGNORED)]
    return max(found, key=lambda measure: -1.0 if measure.value is None else measure.value)


def _compare(viewing: Viewing, still: ReferenceStill) -> Measure:
    others = [each for each in viewing.stills if each is not still and guides(each.reference, Dimension.PALETTE)]
    if len(others) < FEWEST:
        told = f"needs {FEWEST} other references for the palette to tell the film's colours, there are {len(others)}"
        return Measure(sight=Sight.NOT_INSPECTABLE, told=told)
    film = np.stack([likeness.cast(each.small) for each in others])
    middle = np.asarray(film.mean(axis=0), dtype=np.float32)
    cast = likeness.cast(still.small) - middle
    size = float(np.hypot(*cast))
    if size < LEAST_CAST:
        told = f"reference {still.reference.label} is within dE {size:.0f} of the film's mean colour: no cast to copy"
        return Measure(sight=Sight.NOT_INSPECTABLE, told=told)
    return _judged(viewing, still, middle=middle, way=cast / size, size=size, spread=_spread(film, cast / size))


def _spread(film: Plane, way: Plane) -> float:
    """How far the film's references lie apart in the direction of the cast."""
    return float(np.hypot((film @ way).std(ddof=1), FLOOR))


def _judged(
    viewing: Viewing, still: ReferenceStill, *, middle: Plane, way: Plane, size: float, spread: float
) -> Measure:
    gone = [float((likeness.cast(picture) - middle) @ way) for picture in viewing.reel.sampled]
    step = float(np.median(gone))
    value = min(step / size / HALF_WAY, step / spread / SPREADS)
    frame = viewing.reel.frames[likeness.nearest_median(gone)]
    told = (
        f"its mean colour has gone {step / size:.0%} of the way from the film's to that of reference "
        f"{still.reference.label} (dE {size:.0f}), {step / spread:.1f} of the film's own spreads"
    )
    found = measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s, stills=(still,))
    return found if found.sight is not Sight.ABSENT else replace(found, sight=Sight.NOT_INSPECTABLE, told=_other(told))


def _other(told: str) -> str:
    """No copy is no all-clear: there are casts that no reference has."""
    return f"{told}: not that cast; others are measured against the references as a whole"


CHECK = Check(
    name="copied cast",
    terms=("color cast",),
    grade=Grade.B,
    meaning="way of the mean a*b* towards the reference's, as a share of what counts as a copy; past 1 is one",
    rates="AUC 1.00 for the whole cast, .99 for half of it, 0 of 48 false alarms, on drawn textures, dE 12-16",
    measure=_measure,
    bleeding=IGNORED,
    always=True,
)
