"""A supersampled sheet of celluloid to draw on, and the plate it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tools.sandbox.drawing.colour import RGB, Bytes, Floats

SUPERSAMPLE = 2

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """One layer of the picture, larger than the frame where the camera needs room.

    Attributes:
        rgba: ``(height, width, 4)``, uint8, straight alpha.
        depth: How fast it passes the camera: 0 stays, 1 is as near as the figures.
    """

    rgba: Bytes
    depth: float


class Cel:
    """A transparent sheet with anti-aliased drawing; coordinates are picture pixels."""

    def __init__(self, width: int, height: int, *, fill: RGB | None = None) -> None:
        self.width, self.height = width, height
        size = (width * SUPERSAMPLE, height * SUPERSAMPLE)
        self._image = Image.new("RGBA", size, (*fill, 255) if fill else (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: Sequence[Point], colour: RGB, *, ink: RGB | None = None, ink_px: float = 1.5) -> None:
        """A filled shape, with a contour where ``ink`` is given."""
        scaled = _scaled(points)
        self._draw.polygon(scaled, fill=(*colour, 255))
        if ink:
            self._draw.line([*scaled, scaled[0], scaled[1]], fill=(*ink, 255), width=_width(ink_px), joint="curve")

    def ellipse(self, centre: Point, radii: Point, colour: RGB, *, ink: RGB | None = None, ink_px: float = 1.5) -> None:
        """A filled ellipse, with a contour where ``ink`` is given."""
        (x, y), (rx, ry) = centre, radii
        box = [SUPERSAMPLE * v for v in (x - rx, y - ry, x + rx, y + ry)]
        self._draw.ellipse(box, fill=(*colour, 255))
        if ink:
            self._draw.ellipse(box, outline=(*ink, 255), width=_width(ink_px))

    def line(self, points: Sequence[Point], colour: RGB, *, px: float) -> None:
        """A stroke with round joints and ends."""
        scaled = _scaled(points)
        width = _width(px)
        self._draw.line(scaled, fill=(*colour, 255), width=width, joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            self._draw.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], fill=(*colour, 255))

    def shade(self, points: Sequence[Point], colour: RGB, *, strength: float, angle: float = 90.0) -> None:
        """Tint a shape by a linear fade: nothing at its start, ``strength`` at its end in the direction ``angle``."""
        scaled = _scaled(points)
        box = _bounds(scaled, self._image.size)
        if box is None:
            return
        left, top, right, bottom = box
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in scaled], fill=255)
        self._tint(colour, ImageChops.multiply(mask, _fade(mask.size, angle=angle, strength=strength)), at=(left, top))

    def glow(self, centre: Point, radius: float, colour: RGB, *, strength: float) -> None:
        """A round light that fades to nothing at ``radius``; only brightens what is drawn already."""
        side = max(2, round(2 * radius * SUPERSAMPLE))
        disc = ImageChops.invert(Image.radial_gradient("L")).point(_squared_fall(strength))
        at = (round(centre[0] * SUPERSAMPLE - side / 2), round(centre[1] * SUPERSAMPLE - side / 2))
        self._tint(colour, disc.resize((side, side), Image.Resampling.BILINEAR), at=at)

    def paste(self, rgba: Image.Image, *, at: Point) -> None:
        """Lay a picture of supersampled pixels over what is there."""
        self._image.alpha_composite(rgba, (max(0, round(at[0] * SUPERSAMPLE)), max(0, round(at[1] * SUPERSAMPLE))))

    def plate(self, *, depth: float) -> Plate:
        """What has been drawn, at picture size."""
        weighted = self._image.convert("RGBa").resize((self.width, self.height), Image.Resampling.BOX)
        return Plate(rgba=np.asarray(weighted.convert("RGBA")), depth=depth)

    def _tint(self, colour: RGB, mask: Image.Image, *, at: tuple[int, int]) -> None:
        """Mix a colour in without touching what is transparent."""
        box = (at[0], at[1], at[0] + mask.width, at[1] + mask.height)
        under = self._image.crop(box)
        tinted = under.copy()
        tinted.paste((*colour, 255), (0, 0), mask)
        tinted.putalpha(under.getchannel("A"))
        self._image.paste(tinted, at)


def _squared_fall(strength: float) -> list[int]:
    """The table that makes a plain radial gradient fall off with the square; 74 is its level at the disc's rim."""
    return [round(max(0, level - 74) ** 2 * strength / 128.5) for level in range(256)]


def noise(width: int, height: int, *, cell: float, seed: int, octaves: int = 3, stretch: float = 1.0) -> Floats:
    """Smooth noise in -1..1, ``(height, width)``; ``cell`` is the size of its largest spots, in pixels.

    Args:
        stretch: How much longer than high the spots are.
    """
    chance = np.random.default_rng([seed % 2**63, width, height])
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        size = cell / 2**octave
        grid = (max(2, round(width / size / stretch)) + 1, max(2, round(height / size)) + 1)
        spots = chance.uniform(-1, 1, grid[::-1]).astype(np.float32)
        scaled = Image.fromarray(spots).resize((width, height), Image.Resampling.BICUBIC)
        total += np.asarray(scaled) * 0.55**octave
    return np.asarray(np.clip(total / 1.6, -1, 1), dtype=np.float32)


def blurred(rgba: Bytes, sigma: float) -> Bytes:
    """A Gaussian blur that does not let what is transparent bleed in."""
    alpha = rgba[..., 3:].astype(np.float32) / 255
    weighted = np.concatenate([rgba[..., :3] * alpha, rgba[..., 3:]], axis=2)
    soft = np.asarray(Image.fromarray(np.rint(weighted).astype(np.uint8)).filter(ImageFilter.GaussianBlur(sigma)))
    share = np.maximum(soft[..., 3:].astype(np.float32), 1) / 255
    rgb = np.clip(soft[..., :3] / share, 0, 255)
    return np.concatenate([rgb, soft[..., 3:]], axis=2).astype(np.uint8)


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SUPERSAMPLE, y * SUPERSAMPLE) for x, y in points]


def _width(px: float) -> int:
    return max(1, round(px * SUPERSAMPLE))


def _bounds(points: Sequence[Point], size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The whole pixels a shape covers inside the sheet; ``None`` when it lies outside."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = max(0, int(min(xs))), max(0, int(min(ys)))
    right, bottom = min(size[0], int(max(xs)) + 1), min(size[1], int(max(ys)) + 1)
    return (left, top, right, bottom) if right > left and bottom > top else None


@lru_cache(maxsize=16)
def _slope(angle: float) -> Image.Image:
    """A small square that rises from 0 to 255 in the direction of ``angle`` (0 right, 90 down)."""
    radians = np.deg2rad(angle)
    down, right = np.mgrid[-1:1:64j, -1:1:64j]
    rise = right * np.cos(radians) + down * np.sin(radians)
    return Image.fromarray(np.clip((rise + 1) * 127.5, 0, 255).astype(np.uint8))


def _fade(size: tuple[int, int], *, angle: float, strength: float) -> Image.Image:
    return _slope(angle).resize(size, Image.Resampling.BILINEAR).point(lambda v: v * strength)
