"""Blur and missing detail, from the balance of the two finest bands."""

import math
from dataclasses import replace

import numpy as np

from agent.findings import Grade, Sight
from prompts.references import Dimension
from tools import likeness, pixels
from tools.pixels import Bytes, Plane
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=-0.40, seen_past=-0.72)
"""Of 36 sound takes with 480 lines or more 26 stay above -.4 and 34 above -.72; the two others are close-ups with a
shallow focus, and so are their references. Blurs of 2 px gave -.45 to -1.2, threefold enlargements -.6 to -1.3."""

LINES = 720
"""Picture height that blur sizes are given for. On others the bands scale with it: a viewer sees the whole picture."""

TILE_PX = 48

IN_FOCUS = 0.1
"""Share of the tiles that count as in focus."""

LEAST_DETAIL = 0.5
"""Energy, in luma squared, below which the ratio measures the encoder's noise: textures blurred by 8 px and more keep
.02-.35 and would come out as sharp as they were; blurred by 4 px they keep .45-2.4."""

FRAMES = 4

ENOUGH_REFERENCES = 3
SOFTER = 0.6
"""How much softer than its references a take is that counts as softer: of 36 sound takes 34 came out within .58,
close-ups with a shallow focus at .4 and .5; all enlarged twice at .61 and more, most with a blur of 1.2 px at .8 and
more."""

FAR = 6.0
FLOOR = 0.15
"""Of the references' own spreads, with a floor, from which a soft take is softer than anything of their kind. Of the
sound takes past the guard the farthest lies 4.8 away, drawings blurred by 2 px or enlarged three times 7 and more."""

SHARP = 0.1
"""Past this nothing came out that was blurred, enlarged or smeared, so that the references need not be looked at."""


def _measure(viewing: Viewing) -> Measure:
    frames = viewing.reel.frames[:: max(1, len(viewing.reel.frames) // FRAMES)]
    per_frame = [_balance(frame.luma) for frame in frames]
    value = float(np.median(per_frame))
    if math.isnan(value):
        return Measure(sight=Sight.UNSURE, told="hardly any fine detail at all: the picture is plain, or very soft")
    frame = frames[likeness.nearest_median(per_frame)]
    told = f"finest against next finest detail {value:+.2f} (soft below {BAND.seen_past:+.2f})"
    found = measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s)
    return found if value > SHARP else _beside(found, value, viewing)


def _beside(found: Measure, value: float, viewing: Viewing) -> Measure:
    """The measure beside the references: as soft as they is no blur, softer is not sharp, and far softer is blur."""
    lumas = [pixels.luma(still.rgb).astype(np.uint8) for still in viewing.guiding(Dimension.TEXTURE)]
    own = [balance for balance in map(_balance, lumas) if not math.isnan(balance)]
    if len(own) < ENOUGH_REFERENCES:
        return found
    behind = float(np.median(own)) - value
    softer, far = behind > SOFTER, behind > FAR * float(np.hypot(np.std(own), FLOOR))
    sight = _beside_references(found.sight, softer=softer, far=far)
    told = f"{found.told}; the references are {'sharper' if softer else 'about as soft'} ({np.median(own):+.2f})"
    return found if sight is found.sight else replace(found, sight=sight, guard=None, told=told)


def _beside_references(sight: Sight, *, softer: bool, far: bool) -> Sight:
    if sight is Sight.UNSURE:
        return Sight.SEEN if far else sight
    return sight if softer is (sight is Sight.SEEN) else Sight.UNSURE


def _balance(luma: Bytes) -> float:
    """Median of ln((E1 + .05) / (E2 + .05)) over the tiles in focus; not a number without fine detail.

    Ratios of neighbouring bands beat variances: content cancels out. Behind a subject in focus most of a picture
    may be soft on purpose, so only the tiles with most detail tell how sharp it is.
    """
    plane, scale = _at_most_720_lines(luma)
    soft1 = pixels.blur(plane, scale)
    soft2 = pixels.blur(soft1, scale * math.sqrt(3))  # sigmas add in squares: 1 and √3 make 2
    tile = round(TILE_PX * scale)
    finest, finer = (_energies(one - other, tile) for one, other in ((plane, soft1), (soft1, soft2)))
    in_focus = finer >= max(float(np.quantile(finer, 1 - IN_FOCUS)), LEAST_DETAIL)
    if not in_focus.any():
        return math.nan
    return float(np.median(np.log((finest[in_focus] + 0.05) / (finer[in_focus] + 0.05))))


def _at_most_720_lines(luma: Bytes) -> tuple[Plane, float]:
    """The plane to measure and the size of a 720-line pixel in it."""
    lines = min(luma.shape)
    if lines <= LINES:
        return luma.astype(np.float32), lines / LINES
    height, width = (round(side * LINES / lines) for side in luma.shape)
    return pixels.shrink(luma, width=width, height=height), 1.0


def _energies(band: Plane, tile: int) -> Plane:
    """Mean square of every whole tile."""
    rows, columns = band.shape[0] // tile, band.shape[1] // tile
    tiles = band[: rows * tile, : columns * tile].reshape(rows, tile, columns, tile)
    return np.asarray(np.einsum("rick,rick->rc", tiles, tiles) / tile**2, dtype=np.float32)


CHECK = Check(
    name="blur",
    terms=("blurry", "soft focus", "low detail", "low resolution"),
    grade=Grade.A,
    meaning="log ratio of the energy in the finest band to the next, median over the tiles in focus; low is soft",
    rates="AUC .96 at a blur of sigma 2 px and for a threefold enlargement (88 % seen, none absent), .79 at 1.2 px "
    "(none absent), .76 twofold and .71 smeared (12 % absent), 8 takes each; 1 of 54 sound takes accused; 480-720 "
    "lines (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(lines=480),
)
