"""Frames that are shown twice, over and over: a picture that moves at a lower rate than its file."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from agent.findings import Grade, Sight
from tools import pixels
from tools.pixels import Plane
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=0.6, seen_past=0.7)
"""Of 42 sound takes that move the largest has .51, the next .22; every fourth frame repeated gives .62 and more."""

PERIODS = range(2, 7)
"""Frames from one repeated frame to the next: 12 in 24 per second give 2, 24 in 30 give 5."""

LEAST_MOTION = 0.3
"""Mean change of luma between different frames below which a clip is too still to tell."""

ON_TWOS_AND_THREES = 3
"""A medium made picture by picture holds each for two or three frames, and means to. What a camera is to have seen does
not, so the style decides: the pictures of both are the same."""


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    change = np.array([np.abs(after - before).mean() for before, after in pairwise(map(pixels.luma, reel.small))])
    moving = float(np.quantile(change, 0.75))
    if moving <= LEAST_MOTION:
        told = f"the shot is nearly still (luma changes by {moving:.2f} a frame)"
        return Measure(sight=Sight.NOT_INSPECTABLE, told=told)
    rhythms = [(period, first) for period in PERIODS for first in range(period)]
    period, first = max(rhythms, key=lambda rhythm: _missing(change, *rhythm))
    value = _missing(change, period, first)
    told = f"{value:.0%} of the usual change is missing at one frame in {period} (seen past {BAND.seen_past:.0%})"
    found = measured(BAND, value, told=told, frame=first + 1, at_s=reel.at_s(first + 1))
    if found.sight is not Sight.SEEN or period > ON_TWOS_AND_THREES or not viewing.handmade:
        return found
    return replace(found, sight=Sight.UNSURE, guard=None, told=f"{told}: as the style's medium may mean it to be")


def _missing(change: Plane, period: int, first: int) -> float:
    """How much less the picture changes at each ``period``-th frame than at any of those between, as a share."""
    turns = len(change) // period
    middle = np.median(change[: turns * period].reshape(turns, period), axis=0)
    others = np.delete(middle, first)
    return float((others.min() - middle[first]) / max(np.median(others), 1e-6))


CHECK = Check(
    name="doubled",
    terms=("low frame rate",),
    grade=Grade.A,
    meaning="share of the usual change from frame to frame that is missing at each second to sixth frame",
    rates="AUC .98 for every fourth frame repeated (88 % seen, 12 % absent) and for frames in pairs (all seen; "
    "unsure where the style is painted, drawn or modelled), 8 takes each; 3 of 46 sound takes accused, whose sources "
    "do repeat frames (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(frames=24, every_frame=True),
)
