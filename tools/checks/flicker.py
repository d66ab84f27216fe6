"""Brightness that jumps from frame to frame, of the whole picture or of its parts."""

from collections.abc import Iterator

import numpy as np

from agent.findings import Grade
from tools import pixels
from tools.pixels import Plane, Rgb
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=0.24, seen_past=1.0)
"""Levels of luma, 0..255. Of 52 sound takes 48 stay below .24; a bird at arm's length had .8, woods in a push .7, a
street with fine lettering 1.0. Flicker of 4 % gives 1.1 and more, of 2 % .4 and more, of patches by 4 % .27 and more,
of 1 % mostly less."""

COLUMNS, ROWS = 16, 9
THIN = 3
"""Of so many pixels of a part one is looked at by itself; each is the mean of many."""

LIT = 24.0
"""Mean luma from which a part counts: flicker in the dark is neither seen nor kept by an encoder."""

FEWEST_PARTS = 10

PERIOD = 4
ROUNDING = 1.2
ENOUGH_GROUPS = 6
"""An H.264 encoder rounds each kind of frame in a way of its own, so that a still picture jumps by up to a level, the
same in every group of four. That much is taken off where it comes back in so many groups; a lamp that pulses does more.
It brought the sound takes from .6 to 1.0 levels down to less than .2."""


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    both = [_without_rounding(jumps) for jumps in _jumps(reel.small)]
    together = min((np.abs(np.median(jumps, axis=1)) for jumps in both), key=np.median)
    whole = float(np.median(together))
    local = float(np.quantile(np.minimum(*(np.median(np.abs(jumps), axis=0) for jumps in both)), 0.25))
    value, where = max((whole, "whole picture"), (local, "parts of the picture"))
    worst = int(np.argmax(together)) + 1
    told = f"brightness of the {where} jumps by {value:.2f} levels of 255 (seen past {BAND.seen_past:.2f})"
    return measured(BAND, value, told=told, frame=worst, at_s=reel.at_s(worst))


def _jumps(small: Rgb) -> tuple[Plane, Plane]:
    """Second difference in time of every lit part, by its mean and by most of its pixels: (n - 2, parts) each.

    A passing edge moves the mean of a part and leaves most pixels; fine texture under a moving camera bends every pixel
    and leaves the mean. Flicker does both, so the smaller of the two counts.
    """
    strips = [_parts(strip) for strip in _strips(small)]
    means, middles = (np.concatenate(each, axis=1) for each in zip(*strips, strict=True))
    lit = means.mean(axis=0) > LIT
    lit = lit if lit.sum() >= FEWEST_PARTS else np.ones_like(lit)
    return _bend(means[:, lit]), middles[:, lit]


def _strips(small: Rgb) -> Iterator[Rgb]:
    """The picture from top to bottom, a row of parts at a time: the luma of all of a long clip would take 40 MB."""
    height = small.shape[1] // ROWS
    return (small[:, top : top + height] for top in range(0, height * ROWS, height))


def _parts(strip: Rgb) -> tuple[Plane, Plane]:
    """Of each part of a strip its mean, (n, parts), and how most of its pixels bend, (n - 2, parts)."""
    count, height, width = len(strip), strip.shape[1], strip.shape[2] // COLUMNS
    cut = pixels.luma(strip[:, :, : width * COLUMNS]).reshape(count, height, COLUMNS, width)
    parts = np.asarray(cut.transpose(0, 2, 1, 3).reshape(count, COLUMNS, -1), dtype=np.float32)
    return parts.mean(axis=2), _middle(_bend(parts[..., ::THIN]))


def _bend(series: Plane) -> Plane:
    return np.asarray(series[2:] - 2 * series[1:-1] + series[:-2], dtype=np.float32)


def _middle(values: Plane) -> Plane:
    """Mean of the middle half, along the last axis."""
    ordered = np.sort(values, axis=-1)
    quarter = ordered.shape[-1] // 4
    return np.asarray(ordered[..., quarter : ordered.shape[-1] - quarter].mean(axis=-1), dtype=np.float32)


def _without_rounding(jumps: Plane) -> Plane:
    """The jumps without what an encoder's groups of pictures repeat."""
    if len(jumps) < ENOUGH_GROUPS * PERIOD:
        return jumps
    repeated = [np.clip(np.median(jumps[at::PERIOD], axis=0), -ROUNDING, ROUNDING) for at in range(PERIOD)]
    return np.stack([jump - repeated[at % PERIOD] for at, jump in enumerate(jumps)])


CHECK = Check(
    name="flicker",
    terms=("flicker",),
    grade=Grade.A,
    meaning="typical jump of brightness against the frames around, of the whole or of parts, in levels of 255",
    rates="whole picture: AUC 1.00 at 4 %, .99 at 2 % (100, 50 % seen, none absent); parts: .98 at 4 %, .96 "
    "at 2 % (57, 12 % seen; 14, 38 % absent), 7 or 8 takes each; none of 44 sound takes accused, "
    "240-720 lines (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(frames=12, every_frame=True),
)
