"""Skin without its fine texture, beside the references': a hint that it looks like plastic, never more."""

from dataclasses import replace

import numpy as np

from agent.findings import Grade, Sight
from prompts.references import Dimension
from tools import likeness, pixels
from tools.pixels import Plane, Rgb
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=0.3, seen_past=0.35)
"""Natural logarithm. Four takes with skin colours came out at -.1 to .1 beside references of their own film, the same
through a median of 7 pixels at .4 to .5; beside pictures with more grain sound ones reach 1.7, so it is a hint."""

LEAST_SKIN = 0.02
"""Share of the picture that has to be skin-coloured and smooth; less tells of noise."""

LINES = 720
FINE, COARSE = 1.5, 4.0
"""Radii in pixels of 720 lines: what is finer than the first is texture, what stands out between them an edge."""

EDGE = 4.0
FRAMES = 3


def _measure(viewing: Viewing) -> Measure:
    stills = viewing.guiding(Dimension.TEXTURE)
    own = [texture for texture in (_texture(still.rgb) for still in stills) if texture is not None]
    frames = viewing.reel.frames[:: max(1, len(viewing.reel.frames) // FRAMES)] if own else ()
    found = [(texture, frame) for frame in frames if (texture := _texture(frame.rgb)) is not None]
    if not own or not found:
        where = "the take" if own else "the references"
        return Measure(sight=Sight.NOT_INSPECTABLE, told=f"hardly anything skin-coloured in {where}")
    lost = [float(np.median(own)) - texture for texture, _ in found]
    value, frame = float(np.median(lost)), found[likeness.nearest_median(lost)][1]
    told = f"what is skin-coloured has {1 - np.exp(-value):.0%} less fine texture than in the references"
    measure = measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s, stills=stills)
    if measure.sight is Sight.SEEN:
        return measure
    return replace(
        measure, sight=Sight.NOT_INSPECTABLE, told="no sign of it, which clears nothing: wax has texture too"
    )


def _texture(rgb: Rgb) -> float | None:
    """Logarithm of the typical fine contrast of smooth skin; ``None`` with hardly any skin."""
    scale = max(min(rgb.shape[:2]) / LINES, 0.4)
    luma = pixels.luma(rgb)
    skin = _skin(rgb, luma)
    if skin.mean() < LEAST_SKIN:
        return None
    soft = pixels.blur(luma, FINE * scale)
    smooth = skin & (np.abs(soft - pixels.blur(soft, COARSE * scale)) < EDGE)
    if smooth.mean() < LEAST_SKIN:
        return None
    return float(np.log(np.median(np.abs(luma - soft)[smooth]) + 0.1))


def _skin(rgb: Rgb, luma: Plane) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where a pixel has the chroma of skin of any shade (Chai and Ngan 1999: Cb 77-127, Cr 133-173)."""
    blue, red = 128 + 0.564 * (rgb[..., 2] - luma), 128 + 0.713 * (rgb[..., 0] - luma)
    lit = (luma > 50) & (luma < 235)
    return np.asarray((blue > 77) & (blue < 127) & (red > 133) & (red < 173) & lit, dtype=np.bool_)


CHECK = Check(
    name="skin",
    terms=("plasticky skin",),
    grade=Grade.C,
    meaning="natural logarithm of how much fainter fine texture is in skin colours than in the references'",
    rates="skin texture against the same person's stills: AUC .76 on live action, .68 on all of 257 base clips; wood "
    "and cups have the colour of skin too",
    measure=_measure,
    dimensions=(Dimension.TEXTURE,),
    needs=Needs(references=1, lines=480),
)
