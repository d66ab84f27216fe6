"""Brightness that jumps from frame to frame, of the whole picture or of its parts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

import numpy as np

from agent.findings import Grade
from tools import pixels
from tools.pixels import Plane, Rgb
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=0.45, seen_past=1.0)
WHOLE = 0.36
PARTS = 0.32
"""How much of each is flicker for certain: levels of luma of 255 that the whole picture jumps by, and the share of what
changes in a part that is its brightness. Of 52 sound takes 50 have up to .13 of the one and of the other, two of a bird
at arm's length .21 and .16. The whole by 2 % gives .31 to 3.0, parts by 4 % .17 to .98."""

LEAST = 0.25
"""Levels that three quarters of the parts must jump by: little else changes in a picture that is held. Drawings held
for two frames have .1, parts that flicker by 4 % .26 and more."""

COLUMNS, ROWS = 16, 9
THIN = 3
"""Of so many pixels of a part one is looked at by itself; each is the mean of many."""

LIT = 24.0
"""Mean luma from which a part counts: flicker in the dark is neither seen nor kept by an encoder."""

FEWEST_PARTS = 10

NOISE = 0.3
"""Levels by which pixels change from frame to frame without anything moving."""

ROUNDING = 1.2
ENOUGH_ALIKE = 6
"""An encoder rounds each kind of frame in a way of its own, so that a still picture jumps by up to a level, the same at
every frame that stands alike between the others. That much is taken off where so many do; a lamp that pulses does more.
It brought sound takes from as much as .96 levels down to .13."""

Place = tuple[int, int]
"""Of a frame: how many frames ago the last one stood that is no ``B``, and how many on the next one will."""


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    seen = _Parts.of(reel.small)
    both = [_without_rounding(jumps, reel.kinds) for jumps in (seen.jumps, seen.pixel_jumps)]
    together = min((np.abs(np.median(jumps, axis=1)) for jumps in both), key=np.median)
    typical = np.minimum(*(np.median(np.abs(jumps), axis=0) for jumps in both))
    worst = int(np.argmax(together)) + 1
    level, share = float(np.median(together)), float(np.median(typical / (seen.change + NOISE)))
    whole, parts = level / WHOLE, min(share / PARTS, float(np.quantile(typical, 0.25)) / LEAST)
    if whole >= parts:
        told = f"brightness of the whole picture jumps by {level:.2f} levels of 255 (seen past {WHOLE})"
    else:
        told = f"{share:.0%} of what changes in the parts of the picture is their brightness (seen past {PARTS:.0%})"
    return measured(BAND, max(whole, parts), told=told, frame=worst, at_s=reel.at_s(worst))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The lit parts of the picture in time.

    A passing edge moves the mean of a part and leaves most pixels; fine texture under a moving camera bends every pixel
    and leaves the mean. Flicker does both, so the smaller of the two counts.

    Attributes:
        jumps: Second difference of each part's mean: (n - 2, parts).
        pixel_jumps: Of most of its pixels.
        change: How much its pixels change from frame to frame: (parts,).
    """

    jumps: Plane
    pixel_jumps: Plane
    change: Plane

    @classmethod
    def of(cls, small: Rgb) -> Self:
        """The parts of small pictures."""
        strips = [_parts(strip) for strip in _strips(small)]
        means, middles, changes = (np.concatenate(each, axis=-1) for each in zip(*strips, strict=True))
        lit = means.mean(axis=0) > LIT
        lit = lit if lit.sum() >= FEWEST_PARTS else np.ones_like(lit)
        return cls(jumps=_bend(means[:, lit]), pixel_jumps=middles[:, lit], change=changes[lit])


def _strips(small: Rgb) -> Iterator[Rgb]:
    """The picture from top to bottom, a row of parts at a time: the luma of all of a long clip would take 40 MB."""
    height = small.shape[1] // ROWS
    return (small[:, top : top + height] for top in range(0, height * ROWS, height))


def _parts(strip: Rgb) -> tuple[Plane, Plane, Plane]:
    """Of each part of a strip its mean, how most of its pixels bend, and how much they change."""
    count, height, width = len(strip), strip.shape[1], strip.shape[2] // COLUMNS
    cut = pixels.luma(strip[:, :, : width * COLUMNS]).reshape(count, height, COLUMNS, width)
    parts = np.asarray(cut.transpose(0, 2, 1, 3).reshape(count, COLUMNS, -1), dtype=np.float32)
    thin = parts[..., ::THIN]
    change = np.asarray(np.abs(np.diff(thin, axis=0)).mean(axis=(0, 2)), dtype=np.float32)
    return parts.mean(axis=2), _middle(_bend(thin)), change


def _bend(series: Plane) -> Plane:
    return np.asarray(series[2:] - 2 * series[1:-1] + series[:-2], dtype=np.float32)


def _middle(values: Plane) -> Plane:
    """Mean of the middle half, along the last axis."""
    ordered = np.sort(values, axis=-1)
    quarter = ordered.shape[-1] // 4
    return np.asarray(ordered[..., quarter : ordered.shape[-1] - quarter].mean(axis=-1), dtype=np.float32)


def _without_rounding(jumps: Plane, kinds: str) -> Plane:
    """The jumps without what is the same at all frames that stand alike."""
    places = _places(kinds)
    alike: defaultdict[tuple[Place, ...], list[int]] = defaultdict(list)
    for at in range(len(jumps)):
        alike[places[at : at + 3]].append(at)
    cleaned = jumps.copy()
    for group in alike.values():
        if len(group) >= ENOUGH_ALIKE:
            cleaned[group] -= np.clip(np.median(jumps[group], axis=0), -ROUNDING, ROUNDING)
    return cleaned


def _places(kinds: str) -> tuple[Place, ...]:
    """Where each frame stands between those that are no ``B``."""
    return tuple(zip(_run(kinds), reversed(_run(kinds[::-1])), strict=True))


def _run(kinds: str) -> list[int]:
    """Of each frame how many ``B`` have come in a row, itself included."""
    counts = accumulate(kinds, lambda count, kind: (count + 1) * (kind == "B"), initial=0)
    return list(counts)[1:]


CHECK = Check(
    name="flicker",
    terms=("flicker",),
    grade=Grade.A,
    meaning="typical jump of brightness against the frames around, of the whole or of parts; 1 is flicker",
    rates="whole picture: AUC 1.00 at 4 and 2 %, .94 at 1 % (100, 75, 62 % seen; 0, 0, 25 % absent); parts: 1.00 at "
    "4 %, .92 at 2 % (88, 25 % seen; 12, 38 % absent), 8 takes each; none of 54 sound takes accused, 240-720 lines "
    "(set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(frames=12, every_frame=True),
)
