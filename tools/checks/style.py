"""The look of surfaces against the references: a hint that the medium is another, never more."""

from itertools import pairwise

import numpy as np

from agent.findings import Grade
from prompts.references import Dimension
from tools import likeness, pixels
from tools.pixels import Plane, Rgb
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=1.5, seen_past=2.2)

LONGEST_PX = 480
FLOORS = np.array([0.25, 0.25, 0.25, 0.08, 0.08, 0.35, 4.0, 0.15], dtype=np.float32)
"""Of the eight numbers in `_texture`, so that near-equal references do not make every take look foreign."""

FRAMES = 4


def _measure(viewing: Viewing) -> Measure:
    stills = viewing.guiding(Dimension.TEXTURE)
    references = np.stack([_texture(still.rgb) for still in stills])
    own = [_distance(row, np.delete(references, i, axis=0)) for i, row in enumerate(references)]
    frames = viewing.reel.frames[:: max(1, len(viewing.reel.frames) // FRAMES)]
    per_frame = [_distance(_texture(frame.rgb), references) / (float(np.mean(own)) + 0.5) for frame in frames]
    value = float(np.median(per_frame))
    frame = frames[likeness.nearest_median(per_frame)]
    told = f"its surfaces are {value:.1f} times as far from the references as they are from each other"
    return measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s, stills=stills)


def _distance(row: Plane, references: Plane) -> float:
    """Root mean square of the robust z of each number."""
    return float(np.sqrt((likeness.robust_z(row, references, floor=FLOORS) ** 2).mean()))


def _texture(rgb: Rgb) -> Plane:
    """Eight numbers on how surfaces are drawn: band ratios, flatness, edges, direction, grain and colour."""
    small = pixels.shrink_rgb(rgb, longest=LONGEST_PX)
    plane = pixels.luma(small)
    levels = [plane, *(pixels.blur(plane, sigma) for sigma in (1.0, 2.0, 4.0))]
    bands = [float(((one - other) ** 2).mean()) + 0.05 for one, other in pairwise(levels)]
    down, across = pixels.gradient(plane)
    steepness = np.sqrt(down * down + across * across)  # a tenth of what `hypot` takes, which fears no overflow
    tensor = [pixels.blur(part, 2.0) for part in (down**2, across**2, down * across)]
    coherence = np.sqrt((tensor[0] - tensor[1]) ** 2 + 4 * tensor[2] ** 2) / (tensor[0] + tensor[1] + 1)
    middle, steepest = pixels.quantiles(steepness, (0.5, 0.99))
    (grain,) = pixels.quantiles(np.abs(levels[0] - levels[1]), (0.5,))
    chroma = np.hypot(*np.moveaxis(pixels.lab(small[::4, ::4])[..., 1:], -1, 0))
    return np.array(
        [
            np.log(bands[0] / bands[1]),
            np.log(bands[1] / bands[2]),
            np.log(bands[2] / (plane.var() + 0.05)),
            (steepness < 1).mean(),
            coherence.mean(),
            np.log((steepest + 1) / (middle + 1)),
            chroma.mean(),
            np.log(grain + 0.3),
        ],
        dtype=np.float32,
    )


CHECK = Check(
    name="style",
    terms=("style drift", "photorealistic", "3d render", "live action", "photo", "cartoon", "2d animation"),
    grade=Grade.C,
    meaning="distance of surface statistics from the references over the references' own distance from each other",
    rates="distances of this kind: AUC .54-.94, mean .76, recall .08-.81 at 10 % false alarms, on 257 base clips",
    measure=_measure,
    dimensions=(Dimension.TEXTURE,),
    needs=Needs(references=3),
    always=True,
)
