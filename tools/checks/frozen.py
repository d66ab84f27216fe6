"""A stretch in which the picture stands still although the shot moves."""

from itertools import pairwise

import numpy as np

from agent.findings import Grade, Sight
from tools import pixels
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=5, seen_past=11)
"""Frames at 24 per second. Runs of 6 and more: 3 % false alarms on 257 fault-free clips, 480p-720p; of 12 and more:
1 %. Recall .79. Animation on twos and threes repeats up to 3 frames."""

STILL = 0.12
STILL_SHARE = 0.08
LEAST_MOTION = 0.3
"""Mean change of luma per frame below which a clip is too still to tell a freeze."""

FPS = 24

Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    change = np.array([np.abs(after - before).mean() for before, after in pairwise(map(pixels.luma, reel.small))])
    start, length = _longest(change < max(STILL, STILL_SHARE * float(np.quantile(change, 0.75))))
    elsewhere = np.delete(change, np.s_[start : start + length])
    moving = float(np.median(elsewhere)) if len(elsewhere) else 0.0
    if moving <= LEAST_MOTION:
        return Measure(
            sight=Sight.NOT_INSPECTABLE, told=f"the shot is nearly still (luma changes by {moving:.2f} a frame)"
        )
    value = length * FPS / reel.fps
    told = (
        f"the picture stands still for {length} frames from {reel.at_s(start):.2f} s (seen past {BAND.seen_past:.0f})"
    )
    return measured(BAND, value, told=told, frame=start, at_s=reel.at_s(start))


def _longest(still: Mask) -> tuple[int, int]:
    """Start and length of the longest run of true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], still.astype(np.int8), [0]])))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    if not len(starts):
        return 0, 0
    longest = int(np.argmax(lengths))
    return int(starts[longest]), int(lengths[longest])


CHECK = Check(
    name="frozen",
    terms=("frozen frames",),
    grade=Grade.A,
    meaning="longest run of frames without change, in frames at 24 per second",
    rates="AUC 1.00 for 16 frames held (75 % seen, the rest nearly still), .98 for 8 (all unsure), 8 takes each; "
    "none of 54 sound takes accused (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(frames=24, every_frame=True),
)
