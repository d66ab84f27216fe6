"""Things laid over a fault-free take with Pillow: captions, marks with letters, flares."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tools.pixels import Bytes, Rgb

Draw = Callable[[ImageDraw.ImageDraw, int], None]
"""Draws on a black layer, given the number of the frame; what it draws is laid over the frame in white."""


def lettered(
    frames: Bytes, text: str, *, at: tuple[float, float], size: float = 0.07, opacity: float = 1.0, anchor: str = "mm"
) -> Bytes:
    """Every frame with a line of letters at a place; places and sizes as shares of the picture."""

    def draw(drawing: ImageDraw.ImageDraw, _: int) -> None:
        height, width = frames.shape[1:3]
        font = ImageFont.load_default(size=size * height)
        drawing.text((at[0] * width, at[1] * height), text, font=font, fill=round(255 * opacity), anchor=anchor)

    return laid_over(frames, draw)


def laid_over(frames: Bytes, draw: Draw) -> Bytes:
    """Every frame with something white over it."""
    return np.stack([_over(frame, draw, index) for index, frame in enumerate(frames)])


def flare(picture: Rgb, *, at: tuple[float, float], tint: tuple[int, int, int] = (255, 236, 200)) -> Rgb:
    """A light at a place with a row of ghosts through the middle of the picture, as in a backlit lens."""
    height, width = picture.shape[:2]
    layer = Image.new("L", (width, height))
    drawing = ImageDraw.Draw(layer)
    start, middle = np.array(at) * (width, height), np.array((width, height)) / 2
    for share, radius in ((0.0, 0.11), (0.45, 0.025), (0.7, 0.05), (1.35, 0.035), (1.75, 0.08)):
        x, y = start + (middle - start) * share
        reach = radius * height
        drawing.ellipse((x - reach, y - reach, x + reach, y + reach), fill=235 if share == 0 else 150)
    drawing.line((0, start[1], width, start[1]), fill=170, width=max(1, height // 90))
    glow = np.asarray(layer.filter(ImageFilter.GaussianBlur(height / 60)), dtype=np.float32)[..., None] / 255
    return np.asarray((picture * (1 - glow) + np.array(tint) * glow).round(), dtype=np.uint8)


def _over(frame: Rgb, draw: Draw, index: int) -> Rgb:
    layer = Image.new("L", (frame.shape[1], frame.shape[0]))
    draw(ImageDraw.Draw(layer), index)
    share = np.asarray(layer, dtype=np.float32)[..., None] / 255
    return np.asarray((frame * (1 - share) + 255 * share).round(), dtype=np.uint8)
