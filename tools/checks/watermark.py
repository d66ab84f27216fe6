"""A mark with letters that stays at one place of the picture from start to end."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from agent.findings import Grade, Sight
from tools import letters, standing
from tools.letters import Line
from tools.media import Frame
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

LEAST_LETTERS = 3
SAME_PLACE = 0.6
"""Share of two boxes that both cover (intersection over union)."""

SHIFT = 0.3
"""Of the line's height, that its middle and one of its ends may move: a reading may lose signs at the other end, a sign
in the scene drifts with it."""

BAND = Band(unsure_past=0.4, seen_past=0.7)
"""Share of the frames that hold the mark. A caption is up for a part of the clip; a mark is read in all frames but
those where the picture behind it is as bright as it is: at 60 % opacity in 3 or 4 of 4, at 30 % in 2 or 3 of 4 (7
takes of tuning material)."""

DRIFT = 0.02
"""Of the picture, over the clip. Readings of a mark differ by less; a large sign under a slow pan moved by .05."""

LEAST_SCORE = 0.5
FRAMES = 4

STANDS_OUT = 0.11
"""How much of a mark stands still while the picture moves under it (`tools.standing`): no sound take passes .10, and
marks have .25 and more."""


def _measure(viewing: Viewing) -> Measure:
    frames = list(viewing.reel.frames[:: max(1, len(viewing.reel.frames) // FRAMES)])
    read = [_lines(frame) for frame in frames]
    if _most(read) > 1:  # something recurs: half a second each for the other frames settles it
        frames = list(viewing.reel.frames)
        read = [_lines(frame) for frame in frames]
    candidates = [line for lines in read for line in lines]
    if not candidates:
        told = f"no letters in {len(frames)} frames"
        return _cleared(measured(BAND, 0.0, told=told, frame=frames[0].index, at_s=frames[0].at_s))
    mark = max(candidates, key=lambda line: (len(_held(line, read)), line.score))
    held = _held(mark, read)
    shown = next(at for at, lines in enumerate(read) if held[0] in lines)
    told = f'"{mark.text[:60]}" stays at one place in {len(held)} of {len(frames)} frames'
    value = len(held) / len(frames)
    found = measured(BAND, value, told=told, frame=frames[shown].index, at_s=frames[shown].at_s, box=mark.box)
    if found.sight is Sight.ABSENT:
        return _cleared(found)
    doubt = _doubt(mark, held, frames) if found.sight is Sight.SEEN else ""
    return replace(found, sight=Sight.UNSURE, told=f"{told}, but {doubt}") if doubt else found


def _cleared(measure: Measure) -> Measure:
    """No letters are no all-clear: a mark may have none."""
    told = f"{measure.told}, and a mark may have none: that is looked for by what stands still"
    return replace(measure, sight=Sight.NOT_INSPECTABLE, told=told)


def _doubt(mark: Line, held: Sequence[Line], frames: Sequence[Frame]) -> str:
    """What else the letters may be; empty where nothing speaks for it."""
    if mark.captions:
        return "where captions stand: perhaps one that is up all the time"
    if _drift(held) > DRIFT:
        return "it drifts a little: perhaps a sign in the scene"
    still = standing.still(frames)
    if still.share > standing.STANDS_STILL or still.most(mark.box)[0] < STANDS_OUT:
        return "the picture around it stands still as well: perhaps a sign in the scene"
    return ""


def _lines(frame: Frame) -> list[Line]:
    return [line for line in letters.read(frame.rgb) if line.letters >= LEAST_LETTERS and line.score >= LEAST_SCORE]


def _most(read: Sequence[Sequence[Line]]) -> int:
    """In how many frames the most lasting line stands."""
    return max((len(_held(line, read)) for lines in read for line in lines), default=0)


def _held(mark: Line, read: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines at the mark's place, at most one a frame."""
    found = [next((line for line in lines if _same(mark.box, line.box)), None) for lines in read]
    return [line for line in found if line]


def _drift(held: Sequence[Line]) -> float:
    """How far the place itself moves from frame to frame, as a share of the picture."""
    boxes = np.array([line.box for line in held])
    ends = min(np.ptp(boxes[:, 0]), np.ptp(boxes[:, 0] + boxes[:, 2]))
    return float(max(ends, np.ptp(boxes[:, 1] + boxes[:, 3] / 2)))


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two boxes lie at one place."""
    slack = SHIFT * one[3]
    level = abs(one[1] + one[3] / 2 - other[1] - other[3] / 2) < slack
    ends = (abs(one[0] - other[0]), abs(one[0] + one[2] - other[0] - other[2]))
    return level and min(ends) < slack and _overlap(one, other) > SAME_PLACE


def _overlap(one: Sequence[float], other: Sequence[float]) -> float:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    both = max(0.0, across) * max(0.0, down)
    return both / max(one[2] * one[3] + other[2] * other[3] - both, 1e-9)


CHECK = Check(
    name="watermark",
    terms=("watermark",),
    grade=Grade.B,
    meaning="share of the frames in which letters stand at one and the same place",
    rates="AUC .99 at 60 % and .98 at 30 % opacity for marks with letters (88, 62 % seen, none absent), 8 takes "
    "each; none of 53 sound takes accused; marks without letters: none (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(lines=240, frames=4, extra=letters.EXTRA),
)
