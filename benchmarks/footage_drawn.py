"""Drawn takes: a landscape in brush strokes or flat fields, with a figure that walks on twos, as animation has it."""

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFilter

from benchmarks.footage_filters import Pixels

WIDTH, HEIGHT = 1280, 720
ROOM = 160
"""Of the background to the right, for the camera to move over."""

HELD = 2
"""Frames each drawing stands for."""

Colour = tuple[int, int, int]


def take(seed: int, *, frames: int, painted: bool) -> Pixels:
    """A drawn take; seeds of one remainder by 3 share a palette and are of one project."""
    rng = np.random.default_rng(seed)
    ground = _painted(rng, _palette(seed)) if painted else _flat(rng, _palette(seed))
    ink = _palette(seed)[0]
    drawings = [_drawing(ground, ink, step / max(1, frames // HELD - 1)) for step in range((frames + 1) // HELD)]
    return np.stack([drawings[min(frame // HELD, len(drawings) - 1)] for frame in range(frames)])


def still(seed: int, *, painted: bool) -> Pixels:
    """A reference of the same hand: another place, the figure in the middle."""
    rng = np.random.default_rng(seed)
    ground = _painted(rng, _palette(seed)) if painted else _flat(rng, _palette(seed))
    return _drawing(ground, _palette(seed)[0], 0.5)


def _palette(seed: int) -> list[Colour]:
    """Ink, sky, far, middle, near, accent."""
    rng = np.random.default_rng(900 + seed % 3)
    hue = rng.uniform(0, 360)
    shades = ((0.35, 0.12), (0.35, 0.55), (0.3, 0.38), (0.4, 0.28), (0.45, 0.2), (0.75, 0.6))
    turned = [(hue + turn) % 360 for turn in (0, 0, 18, 30, 40, 170)]
    return [
        _colour(f"hsl({angle:.0f},{full:.0%},{light:.0%})") for angle, (full, light) in zip(turned, shades, strict=True)
    ]


def _colour(text: str) -> Colour:
    red, green, blue, *_ = ImageColor.getrgb(text)
    return red, green, blue


def _flat(rng: np.random.Generator, palette: list[Colour]) -> Image.Image:
    """Fields of one colour with inked edges, drawn at twice the size."""
    size = ((WIDTH + ROOM) * 2, HEIGHT * 2)
    picture = Image.new("RGB", size, palette[1])
    draw = ImageDraw.Draw(picture)
    for depth, colour in enumerate(palette[2:5]):
        edge = _ridge(rng, size, depth)
        draw.polygon([*edge, (size[0], size[1]), (0, size[1])], fill=colour)
        draw.line(edge, fill=palette[0], width=4)
    for _ in range(26):
        _tree(draw, rng, size, palette)
    return picture.resize((WIDTH + ROOM, HEIGHT), Image.Resampling.LANCZOS)


def _painted(rng: np.random.Generator, palette: list[Colour]) -> Image.Image:
    """The same land in short strokes of a loaded brush."""
    ground = _flat(rng, palette).resize(((WIDTH + ROOM) * 2, HEIGHT * 2), Image.Resampling.BICUBIC)
    colours = np.asarray(ground.filter(ImageFilter.GaussianBlur(8)))
    draw = ImageDraw.Draw(ground)
    for _ in range(16000):
        x, y = int(rng.integers(ground.width)), int(rng.integers(ground.height))
        shade = np.clip(colours[y, x] + rng.normal(0, 9) + rng.normal(0, 5, 3), 2, 252).astype(int)
        turn, length = rng.normal(0.2, 0.5), rng.uniform(14, 60)
        end = (x + length * np.cos(turn), y + length * np.sin(turn))
        draw.line((x, y, *end), fill=(int(shade[0]), int(shade[1]), int(shade[2])), width=int(rng.integers(3, 9)))
    return ground.resize((WIDTH + ROOM, HEIGHT), Image.Resampling.LANCZOS)


def _ridge(rng: np.random.Generator, size: tuple[int, int], depth: int) -> list[tuple[float, float]]:
    level = size[1] * (0.42 + 0.17 * depth)
    steps = np.linspace(0, size[0], 14)
    return [(float(x), float(level + rng.normal(0, size[1] * 0.05))) for x in steps]


def _tree(draw: ImageDraw.ImageDraw, rng: np.random.Generator, size: tuple[int, int], palette: list[Colour]) -> None:
    x, y, tall = rng.uniform(0, size[0]), rng.uniform(size[1] * 0.55, size[1]), rng.uniform(60, 220)
    draw.line((x, y, x, y - tall), fill=palette[0], width=int(tall / 14) + 2)
    for _ in range(5):
        left, top = x + rng.normal(0, tall / 4), y - tall + rng.normal(0, tall / 5)
        reach = tall * rng.uniform(0.12, 0.3)
        box = (left - reach, top - reach, left + reach, top + reach)
        draw.ellipse(box, fill=palette[int(rng.integers(2, 5))], outline=palette[0], width=3)


def _drawing(ground: Image.Image, ink: Colour, share: float) -> Pixels:
    """The figure over the ground, the camera following it."""
    left = round(ROOM * share)
    picture = ground.crop((left, 0, left + WIDTH, HEIGHT)).resize((WIDTH * 2, HEIGHT * 2), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    x, y = WIDTH * 2 * (0.3 + 0.3 * share), HEIGHT * 2 * 0.62
    swing = 70 * float(np.sin(share * 25))
    for side in (-1, 1):
        draw.line((x, y + 150, x + side * swing, y + 330), fill=ink, width=22)
        draw.line((x, y - 20, x - side * swing, y + 120), fill=ink, width=16)
    draw.polygon(
        [(x - 70, y + 170), (x + 70, y + 170), (x + 38, y - 60), (x - 38, y - 60)],
        fill=(178, 74, 52),
        outline=ink,
        width=6,
    )
    draw.ellipse((x - 52, y - 165, x + 52, y - 55), fill=(226, 182, 150), outline=ink, width=6)
    return np.asarray(picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), dtype=np.uint8)
