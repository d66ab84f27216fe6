"""Light against the references: a low-key look lifted to bright, even light."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from agent.findings import Grade, Sight
from prompts.references import Dimension
from tools import likeness, pixels
from tools.pixels import Rgb
from tools.viewing import Band, Check, Measure, Needs, ReferenceStill, Viewing, measured

FLOORS = np.array([3, 4, 5], dtype=np.float32)
"""Of L5, L25 and L50, in CIELAB lightness."""

BAND = Band(unsure_past=1.05, seen_past=2.1)
"""Around 1.35, the 95 % quantile on 257 fault-free clips, 480p-720p. Of 52 sound takes 50 stay below 1.05, the largest
has 1.8; gamma lifts of .5 gave 1.7 and more, of 1 2.7 and more."""

FLAT = -1.7
"""Spread of lightness against the references', in theirs: 51 of 52 sound takes are above; of the same with three fifths
of their contrast two thirds are below."""

LEAST_SPREAD = 2.0


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
    found = measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s, stills=stills)
    flatness = _flatness(viewing.reel.sampled, stills)
    if found.sight is not Sight.ABSENT or flatness > FLAT:
        return found
    told = f"{told}; no brighter, but flatter by {flatness:+.1f} spreads: even light is a studio's as well"
    return replace(found, sight=Sight.UNSURE, guard=None, told=told)


def _flatness(sampled: Sequence[Rgb], stills: Sequence[ReferenceStill]) -> float:
    """How the spread of lightness stands to the references', in theirs; below 0 is flatter."""
    own, theirs = (
        [float(pixels.lightness(rgb).std()) for rgb in group] for group in (sampled, [each.small for each in stills])
    )
    return float((np.median(own) - np.median(theirs)) / np.hypot(np.std(theirs), LEAST_SPREAD))


CHECK = Check(
    name="light",
    terms=("studio lighting",),
    grade=Grade.A,
    meaning="mean robust z of the 5 %, 25 % and 50 % lightness quantiles against the references; above 0 is brighter",
    rates="AUC 1.00 at gamma lifts of 1 and .5 (all seen), .99 at .25 (half seen, none absent), 8 takes each, 4 "
    "references; 1 of 54 sound takes accused (set: docs/benchmarks.md)",
    measure=_measure,
    dimensions=(Dimension.LIGHTING,),
    needs=Needs(references=3),
)
