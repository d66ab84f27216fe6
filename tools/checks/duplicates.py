"""One figure twice in the same picture: a part that is copied, as it is or mirrored."""

from dataclasses import replace

import numpy as np

from agent.findings import Grade, Sight
from tools import likeness, selfmatch, showing
from tools.selfmatch import Copies
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=26, seen_past=60)
"""Corners that agree. 46 pictures and takes without a copy: 26, 25 (repeated roof tiles), 20, 17, then 15 and less;
four takes with a figure copied gave 69 to 101. Tuning material only. Two drawn people of one design, told apart by
colour and size alone, gave 36 to 70 (the sandbox's), and are no copies: so this is a hint, and the judge decides."""


def _measure(viewing: Viewing) -> Measure:
    count = len(viewing.reel.frames)
    # A third of a second each: two frames find what is there for most of a clip; a passing copy may be missed.
    frames = [viewing.reel.frames[at] for at in sorted({count // 4, 3 * count // 4})]
    found = [selfmatch.find(frame.luma.astype(np.float32)) for frame in frames]
    matches = [_agreed(copies) for copies in found]
    value = float(np.median(matches))
    shown = likeness.nearest_median(matches)
    told = f"{value:.0f} corners of one part are found again at another place (seen past {BAND.seen_past:.0f})"
    frame, places = frames[shown], found[shown].places
    picture = showing.outlined(frame.rgb, *places) if places and value > BAND.unsure_past else ""
    box = places[1] if places else None
    measure = measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s, box=box, picture=picture)
    if measure.sight is not Sight.ABSENT:
        return measure
    return replace(measure, sight=Sight.NOT_INSPECTABLE, told=_other(told))


def _other(told: str) -> str:
    """No copy is no all-clear: the same figure in another pose matches nothing."""
    return f"{told}: no copy; the same figure in another pose cannot be measured"


def _agreed(copies: Copies) -> float:
    """How many corners agree; of what lies side by side, no more than leaves it open."""
    return float(copies.matches if copies.apart else min(copies.matches, BAND.seen_past))


CHECK = Check(
    name="duplicates",
    terms=("duplicate characters",),
    grade=Grade.C,
    meaning="corners of one part of the picture that are found at another place with one and the same shift",
    rates="AUC .96 as it was, 1.00 mirrored, 8 takes each; none of 50 sound takes past the limit; the same figure "
    "in another pose: none (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(lines=240),
)
