"""Rain, snow and dust: two sheets of specks that pass before the picture, one far and one near."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tools.sandbox.drawing.canvas import SUPERSAMPLE

Speed = tuple[float, float]

_SPEEDS: dict[str, tuple[Speed, Speed]] = {
    "rain": ((-2.0, 15.0), (-3.0, 23.0)),
    "snow": ((-0.8, 1.9), (-1.4, 3.1)),
    "dust": ((0.9, -0.4), (1.6, -0.7)),
}  # pixels per frame at 480 lines, right and down


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """What falls or drifts.

    Attributes:
        sheets: Opacity masks of twice the frame's size, repeating.
        speeds: Of each sheet, pixels per frame.
        level: Luma the specks have, video levels.
    """

    sheets: tuple[Image.Image, ...]
    speeds: tuple[Speed, ...]
    level: int

    def fall(self, planes: list[Image.Image], moment: int) -> None:
        """Draw the specks of one moment into the luma plane."""
        width, height = planes[0].size
        for sheet, (right, down) in zip(self.sheets, self.speeds, strict=True):
            x, y = round(-moment * right) % width, round(-moment * down) % height
            planes[0].paste(self.level, (0, 0, width, height), sheet.crop((x, y, x + width, y + height)))


def weather(kind: str, *, width: int, height: int, level: int, seed: int, softness: float = 0.0) -> Weather:
    """The weather of a scene; ``softness`` is the blur of a picture out of focus, in pixels."""
    unit = height / 480
    chance = np.random.default_rng([seed % 2**63, 300])
    draw = _streaks if kind == "rain" else _specks
    sheets = tuple(
        _repeated(draw(width, height, chance, near=near, kind=kind).filter(ImageFilter.GaussianBlur(softness)))
        for near in (False, True)
    )
    speeds = tuple((right * unit, down * unit) for right, down in _SPEEDS[kind])
    return Weather(sheets=sheets, speeds=speeds, level=level)


def _streaks(width: int, height: int, chance: np.random.Generator, *, near: bool, kind: str) -> Image.Image:
    s, unit = SUPERSAMPLE, height / 480
    mask = Image.new("L", (width * s, height * s), 0)
    pen = ImageDraw.Draw(mask)
    for _ in range(round((90 if near else 170) * width / height)):
        x, y = chance.uniform(0, width), chance.uniform(0, height)
        long = unit * chance.uniform(16, 34) * (1.5 if near else 0.8)
        for up in (0, -height):
            start = (x * s, (y + up) * s)
            pen.line(
                [start, (start[0] - long * 0.13 * s, start[1] + long * s)],
                fill=70 if near else 46,
                width=s if near else 1,
            )
    return mask.reduce(s)


def _specks(width: int, height: int, chance: np.random.Generator, *, near: bool, kind: str) -> Image.Image:
    s, unit = SUPERSAMPLE, height / 480
    mask = Image.new("L", (width * s, height * s), 0)
    pen = ImageDraw.Draw(mask)
    many = 120 if kind == "snow" else 46
    for _ in range(round(many * (0.6 if near else 1.0) * width / height)):
        size = s * unit * chance.uniform(0.8, 1.9) * (1.7 if near else 1.0)
        x, y = chance.uniform(size, width * s - size), chance.uniform(size, height * s - size)
        pen.ellipse([x - size, y - size, x + size, y + size], fill=int(chance.uniform(60, 150)))
    return mask.filter(ImageFilter.GaussianBlur(1.4 * s * unit * (1.3 if near else 0.7))).reduce(s)


def _repeated(tile: Image.Image) -> Image.Image:
    whole = Image.new("L", (tile.width * 2, tile.height * 2))
    for x in (0, tile.width):
        for y in (0, tile.height):
            whole.paste(tile, (x, y))
    return whole
