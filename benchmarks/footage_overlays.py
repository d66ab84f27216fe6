"""What is laid over a take: letters, and a mark without any."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.footage_filters import Pixels

Other = Callable[[], Pixels]
"""Another take of the same size."""

Change = Callable[[Pixels, Other], Pixels]
"""A take and another one to the faulty take."""


def written(text: str, *, place: tuple[float, float], size: float, opacity: float) -> Change:
    """Letters with a dark edge; place and size as shares of the picture."""

    def change(frames: Pixels, _: Other) -> Pixels:
        height, width = frames.shape[1:3]
        layer = Image.new("RGBA", (width, height))
        draw = ImageDraw.Draw(layer)
        font = ImageFont.load_default(size=size * height)
        ink, edge = (255, 255, 255, round(255 * opacity)), (0, 0, 0, round(255 * opacity))
        at = (place[0] * width, place[1] * height)
        draw.text(at, text, font=font, fill=ink, anchor="mm", stroke_width=max(1, height // 360), stroke_fill=edge)
        return np.stack([_overlaid(frame, layer) for frame in frames])

    return change


def _overlaid(frame: Pixels, layer: Image.Image) -> Pixels:
    return np.asarray(Image.alpha_composite(Image.fromarray(frame).convert("RGBA"), layer).convert("RGB"))


def stamped(*, place: tuple[float, float], size: float, opacity: float) -> Change:
    """A mark without letters: a ring around a triangle, white with a dark edge; place and size as shares."""

    def change(frames: Pixels, _: Other) -> Pixels:
        height, width = frames.shape[1:3]
        across, down, reach = place[0] * width, place[1] * height, size * height / 2
        layer = Image.new("RGBA", (width * 2, height * 2))  # twice the size: drawn without steps
        draw = ImageDraw.Draw(layer)
        ring = tuple(2 * side for side in (across - reach, down - reach, across + reach, down + reach))
        for ink, wide in (("black", reach / 3), ("white", reach / 6)):
            draw.ellipse(ring, outline=ink, width=round(2 * wide))
            corners = [
                (2 * (across + reach * 0.5 * np.cos(turn)), 2 * (down + reach * 0.5 * np.sin(turn)))
                for turn in np.radians((30, 150, 270))
            ]
            draw.polygon(corners, outline=ink, width=round(2 * wide))
        layer = layer.resize((width, height), Image.Resampling.LANCZOS)
        layer.putalpha(layer.getchannel("A").point([round(opacity * each) for each in range(256)]))
        return np.stack([_overlaid(frame, layer) for frame in frames])

    return change
