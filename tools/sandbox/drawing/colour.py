"""Colours: a palette as a ramp from dark to light, lightness, and the tone curve that gives a key of light."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tools.sandbox.scene import Key

RGB = tuple[int, int, int]
Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

_TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], dtype=np.float32
)  # sRGB, IEC 61966-2-1
_WHITE = np.array([0.9505, 1.0, 1.089], dtype=np.float32)  # D65

MEDIAN_LIGHTNESS = {Key.LOW: 28.0, Key.MID: 48.0, Key.HIGH: 69.0}


def lab(rgb: npt.ArrayLike) -> Floats:
    """CIELAB (D65) of sRGB bytes; any leading shape."""
    values = np.asarray(rgb, dtype=np.float32) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    xyz = linear.astype(np.float32) @ _TO_XYZ.T / _WHITE
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    light = 116 * root[..., 1] - 16
    return np.stack([light, 500 * (root[..., 0] - root[..., 1]), 200 * (root[..., 1] - root[..., 2])], axis=-1).astype(
        np.float32
    )


def rgb(values: npt.ArrayLike) -> Bytes:
    """The sRGB bytes of CIELAB values, cut to what a screen can show."""
    array = np.asarray(values, dtype=np.float32)
    y = (array[..., 0] + 16) / 116
    root = np.stack([y + array[..., 1] / 500, y, y - array[..., 2] / 200], axis=-1)
    xyz = np.where(root > 0.2069, root**3, (root - 16 / 116) / 7.787) * _WHITE
    linear = np.clip(xyz @ np.linalg.inv(_TO_XYZ).T, 0, 1)
    coded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(coded * 255), dtype=np.uint8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """A palette laid out from its darkest to its lightest colour.

    Attributes:
        stops: ``(n, 3)`` CIELAB, rising in lightness; black and white ends carry a trace of the palette.
    """

    stops: Floats

    def at(self, tone: float, *, chroma: float = 1.0) -> RGB:
        """The palette's colour for a tone from 0 (darkest) to 1 (lightest), its chroma scaled."""
        light = 6 + 88 * float(np.clip(tone, 0, 1))
        a, b = (float(np.interp(light, self.stops[:, 0], self.stops[:, i])) * chroma for i in (1, 2))
        return as_rgb(rgb([light, a, b]))

    def accent(self, *, light: float) -> RGB:
        """The palette's most colourful hue at a given lightness: lamps, windows, signs."""
        strongest = self.stops[int(np.argmax(np.hypot(self.stops[:, 1], self.stops[:, 2])))]
        return as_rgb(rgb([light, strongest[1] * 0.9, strongest[2] * 0.9]))

    def table(self) -> Bytes:
        """``(256, 3)``: the colour for every grey value, for repainting a picture in this palette."""
        return np.array([self.at(i / 255) for i in range(256)], dtype=np.uint8)


def ramp(palette: Sequence[RGB]) -> Ramp:
    """The ramp of two to five sRGB colours."""
    points = lab(np.array(palette, dtype=np.uint8))
    points = points[np.argsort(points[:, 0])]
    dark, bright = points[0] * [0, 0.5, 0.5], points[-1] * [0, 0.35, 0.35]
    dark[0], bright[0] = min(2.0, points[0, 0]), max(98.0, points[-1, 0])
    return Ramp(stops=np.vstack([dark, points, bright]).astype(np.float32))


def as_rgb(values: npt.ArrayLike) -> RGB:
    """Three plain integers."""
    r, g, b = (int(v) for v in np.asarray(values))
    return r, g, b


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """A colour between two: all of the first at 0, all of the other at 1."""
    return as_rgb([round(a + (b - a) * share) for a, b in zip(one, other, strict=True)])


def key_gamma(ground: Floats, *, fixed: Floats, key: Key) -> float:
    """The exponent on sRGB values that brings the picture's median lightness to its key.

    Args:
        ground: ``(n, 3)`` sRGB values, 0..255, of what the curve will be put on.
        fixed: ``(m,)`` lightness of what it will not be put on (figures).
    """
    low, high = 0.25, 4.0
    for _ in range(14):
        middle = (low * high) ** 0.5
        lights = np.concatenate([lab(255 * (ground / 255) ** middle)[:, 0], fixed])
        if float(np.median(lights)) > MEDIAN_LIGHTNESS[key]:
            low = middle
        else:
            high = middle
    return float((low * high) ** 0.5)
