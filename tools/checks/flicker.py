"""Brightness that jumps from frame to frame, of the whole picture or of its parts."""

import numpy as np

from agent.findings import Grade
from tools.pixels import Plane
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

DARK = 16
"""Added to luma before its logarithm is taken: below it a jump is as many levels, and no viewer sees a tenth of one."""

WHOLE = 0.0061
LOCAL = 0.0085
"""Second differences of log brightness. Of 23 sound takes (films, photographs, drawings) the largest had .0079 (whole)
and .0113 (local), but for stars on black with .024; whole flicker of 2 % starts at .0075, local of 4 % at .0091."""

BAND = Band(unsure_past=0.8, seen_past=1.4)
"""In units of the two limits above; wide, since fast motion in films looks like local flicker of 2 %."""

COLUMNS, ROWS = 16, 9


def _measure(viewing: Viewing) -> Measure:
    reel = viewing.reel
    jumps = _jumps(reel.luma)
    together = np.abs(np.median(jumps, axis=1))
    whole = float(np.median(together)) / WHOLE
    local = float(np.quantile(np.median(np.abs(jumps), axis=0), 0.25)) / LOCAL
    value = max(whole, local)
    worst = int(np.argmax(together)) + 1
    where = "whole picture" if whole >= local else "parts of the picture"
    told = f"brightness of the {where} jumps at {value:.2f} of the limit (seen past {BAND.seen_past:.2f})"
    return measured(BAND, value, told=told, frame=worst, at_s=reel.at_s(worst))


def _jumps(luma: Plane) -> Plane:
    """Second difference in time of the log brightness of 16x9 blocks: (n - 2, blocks)."""
    height, width = luma.shape[1] // ROWS * ROWS, luma.shape[2] // COLUMNS * COLUMNS
    blocks = luma[:, :height, :width].reshape(len(luma), ROWS, height // ROWS, COLUMNS, width // COLUMNS)
    level = np.log(blocks.mean(axis=(2, 4)).reshape(len(luma), -1) + DARK)
    return np.asarray(level[2:] - 2 * level[1:-1] + level[:-2], dtype=np.float32)


CHECK = Check(
    name="flicker",
    terms=("flicker",),
    grade=Grade.A,
    meaning="typical frame-to-frame jump of log brightness, in units of the limit with 5 % false alarms",
    rates="whole picture: AUC .95 at 2 %, .64 at 1 %; local: .95 at 4 %, .68 at 2 %, on 23 sound takes, 240p-720p",
    measure=_measure,
    needs=Needs(frames=12, every_frame=True),
)
