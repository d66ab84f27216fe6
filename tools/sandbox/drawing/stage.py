"""What every place is built from: the size of the plates, the colours, the hour and the tools all places share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tools.sandbox.drawing.canvas import SUPERSAMPLE, Cel, Plate, Point, noise
from tools.sandbox.drawing.colour import RGB, Bytes, Ramp, mix
from tools.sandbox.scene import Key, Look

_SKY_TONES = {Key.LOW: (0.07, 0.40), Key.MID: (0.40, 0.80), Key.HIGH: (0.66, 0.97)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One scene's means.

    Attributes:
        room: Pixels a near plate is wider than the frame, for the camera to travel.
    """

    width: int
    height: int
    room: int
    ramp: Ramp
    key: Key
    look: Look
    seed: int
    lettering: str = ""

    @property
    def unit(self) -> float:
        """One hundredth of the picture's height, in pixels."""
        return self.height / 100

    @property
    def span(self) -> int:
        """Width of a near plate."""
        return self.width + self.room

    @property
    def night(self) -> bool:
        """Whether lamps are lit."""
        return self.key is Key.LOW

    @property
    def ink(self) -> RGB | None:
        """Colour of contours; photographs and renders have none."""
        return self.ramp.at(0.03) if self.look in (Look.PAINTERLY, Look.FLAT) else None

    def chance(self, purpose: int) -> np.random.Generator:
        """Chance for one purpose, the same for the same seed."""
        return np.random.default_rng([self.seed % 2**63, purpose])

    def cel(self, *, fill: RGB | None = None) -> Cel:
        """An empty sheet for a near plate."""
        return Cel(self.span, self.height, fill=fill)

    def lamp(self, *, light: float = 88) -> RGB:
        """Colour of artificial light: the palette's strongest hue, warmed."""
        return mix(self.ramp.accent(light=light), (255, 214, 150), 0.45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place to stand in: plates from far to near, and what falls or drifts through the air."""

    plates: tuple[Plate, ...]
    weather: str


def sky(stage: Stage, *, clouds: float = 0.13, depth: float = 0.0) -> Plate:
    """A graded sky with drifting cloud."""
    top, bottom = _SKY_TONES[stage.key]
    rise = np.linspace(top, bottom, stage.height, dtype=np.float32)[:, None]
    billow = noise(stage.span, stage.height, cell=stage.unit * 34, seed=stage.seed + 1, octaves=4, stretch=3.0)
    tones = np.clip(rise + clouds * np.maximum(billow, -0.2), 0, 1)
    colours = stage.ramp.table()[np.rint(tones * 255).astype(np.uint8)]
    alpha = np.full((*tones.shape, 1), 255, np.uint8)
    return Plate(rgba=np.concatenate([colours, alpha], axis=2), depth=depth)


def disc(stage: Stage, plate: Plate, *, at: Point, radius: float) -> Plate:
    """The sky with a sun or moon and its halo."""
    cel = Cel(stage.span, stage.height)
    cel.paste(Image.fromarray(plate.rgba).resize((stage.span * SUPERSAMPLE, stage.height * SUPERSAMPLE)), at=(0, 0))
    light = stage.ramp.at(0.97, chroma=0.5)
    cel.glow(at, radius * 6, light, strength=0.4)
    cel.ellipse(at, (radius, radius), light)
    return cel.plate(depth=plate.depth)


def ridge(stage: Stage, *, base: float, swing: float, seed: int, rough: float = 1.0) -> list[Point]:
    """A mountain or tree line across the plate: points from left to right, heights in picture pixels."""
    chance = stage.chance(seed)
    xs = np.linspace(-4, stage.span + 4, 180)
    total = np.zeros_like(xs)
    for octave in range(5):
        wave = chance.uniform(1.2, 2.0) * 2**octave / stage.width
        total += np.sin(xs * wave * 2 * np.pi + chance.uniform(0, 6.3)) * (0.5 * rough) ** octave
    return [(float(x), float(base - swing * t)) for x, t in zip(xs, total / 1.6, strict=True)]


def ground(points: Sequence[Point], stage: Stage) -> list[Point]:
    """A line closed along the bottom of the plate."""
    return [*points, (stage.span + 4, stage.height + 4.0), (-4.0, stage.height + 4.0)]


def wet(plate: Plate, *, line: int, dark: RGB, strength: float) -> Plate:
    """The plate with everything above ``line`` mirrored in the ground below it, as on a wet street."""
    below = plate.rgba.shape[0] - line
    mirror = plate.rgba[line - below : line][::-1]
    soft = np.asarray(
        Image.fromarray(mirror).resize((mirror.shape[1], max(2, below // 7))).resize((mirror.shape[1], below))
    )
    fade = (np.linspace(strength, strength * 0.35, below, dtype=np.float32))[:, None, None]
    share = fade * soft[..., 3:].astype(np.float32) / 255
    rgba: Bytes = plate.rgba.copy()
    under = rgba[line:, :, :3] * 0.5 + np.array(dark, np.float32) * 0.5
    rgba[line:, :, :3] = np.clip(under * (1 - share) + soft[..., :3] * share, 0, 255)
    return Plate(rgba=rgba, depth=plate.depth)


def sign(stage: Stage, cel: Cel) -> None:
    """The lettering the scene asks for, on a hanging board high up in the middle of the plate."""
    if not stage.lettering:
        return
    size = stage.height * 0.085
    font = ImageFont.load_default(size=size * SUPERSAMPLE)
    left, top, right, bottom = font.getbbox(stage.lettering)
    wide, high = (right - left) / SUPERSAMPLE, (bottom - top) / SUPERSAMPLE
    x, y = stage.span / 2 - wide / 2, stage.height * 0.07
    edge = size * 0.45
    board = [
        (x - edge, y - edge),
        (x + wide + edge, y - edge),
        (x + wide + edge, y + high + edge),
        (x - edge, y + high + edge),
    ]
    cel.polygon(board, stage.ramp.at(0.10), ink=stage.lamp(light=70), ink_px=stage.unit * 0.5)
    letters = Image.new("RGBA", (int(right) + 4, int(bottom) + 4), (0, 0, 0, 0))
    ImageDraw.Draw(letters).text((-left, -top), stage.lettering, font=font, fill=(*stage.lamp(light=94), 255))
    cel.paste(letters, at=(x, y))
