"""What a vision judge is shown of a clip: whole frames, and some of them in enlarged quarters."""

from itertools import pairwise

import numpy as np

from agent.findings import Picture
from tools import pixels, sampling
from tools.media import Frame, Reel

WHOLE_FRAMES = 6
"""The two sharpest, the two with most change, and evenly spaced ones: each image costs a judge a thousand tokens."""

TILED_FRAMES = 2
"""Hands and faces of a whole frame are too small to judge; without a detector the sharpest frames are cut in four."""

COMPARED_FRAMES = 3
"""For what changes over time: of the start, the middle and the end the sharpest each."""

CROP_SHORTEST_PX = 512


def whole(reel: Reel) -> tuple[Picture, ...]:
    """Whole frames in order of time, long side at most 1280 pixels."""
    chosen = {frame.index: frame for frame in sharpest(reel, count=TILED_FRAMES)}
    chosen |= {frame.index: frame for frame in reel.moments}
    spaced = np.linspace(0, len(reel.frames) - 1, WHOLE_FRAMES - TILED_FRAMES - sampling.MOMENTS).round().astype(int)
    chosen |= {reel.frames[at].index: reel.frames[at] for at in spaced}
    return tuple(_picture(chosen[index]) for index in sorted(chosen))


def quarters(reel: Reel, *, over_time: bool) -> tuple[Picture, ...]:
    """The two sharpest frames in four parts each, enlarged to 512 pixels; ``over_time`` three from start to end."""
    return tuple(
        _crop(frame, box=(left, top, 0.5, 0.5))
        for frame in (_apart(reel) if over_time else sharpest(reel, count=TILED_FRAMES))
        for top in (0.0, 0.5)
        for left in (0.0, 0.5)
    )


def sharpest(reel: Reel, *, count: int) -> tuple[Frame, ...]:
    """The sampled frames with the steepest edges, sharpest first."""
    return tuple(sorted(reel.frames, key=_steepness, reverse=True)[:count])


def _apart(reel: Reel) -> tuple[Frame, ...]:
    edges = [len(reel.frames) * part // COMPARED_FRAMES for part in range(COMPARED_FRAMES + 1)]
    parts = (reel.frames[first:last] for first, last in pairwise(edges))
    return tuple(max(part, key=_steepness) for part in parts if part)


def _steepness(frame: Frame) -> float:
    plane = frame.luma.astype(np.float32)
    return float(np.abs(np.diff(plane, axis=0)).mean() + np.abs(np.diff(plane, axis=1)).mean())


def _picture(frame: Frame) -> Picture:
    return Picture(frame=frame.index, at_s=frame.at_s, jpeg=pixels.jpeg(frame.rgb))


def _crop(frame: Frame, *, box: tuple[float, float, float, float]) -> Picture:
    """A part of a frame; ``box`` is left, top, width, height as shares of it."""
    height, width = frame.rgb.shape[:2]
    left, top = round(box[0] * width), round(box[1] * height)
    part = frame.rgb[top : top + round(box[3] * height), left : left + round(box[2] * width)]
    jpeg = pixels.jpeg(pixels.enlarge(part, shortest=CROP_SHORTEST_PX))
    return Picture(frame=frame.index, at_s=frame.at_s, jpeg=jpeg, crop=box)
