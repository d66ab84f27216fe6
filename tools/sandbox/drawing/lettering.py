"""What lies on the lens or is burnt in: captions, watermarks, a flare."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tools.sandbox.drawing.canvas import Cel, Plate
from tools.sandbox.drawing.conventions import (
    CAPTION_BASELINE,
    CAPTION_SIZE,
    CAPTIONS,
    STREAK_COLOUR,
    STREAK_HALF_HEIGHT,
    WATERMARK_MARGIN,
    WATERMARK_OPACITY,
    WATERMARK_SIZE,
    WATERMARKS,
)
from tools.sandbox.scene import Fault, Scene


def overlay(scene: Scene) -> Plate | None:
    """Everything that stays put while the picture moves; ``None`` when the lens is clean."""
    sheet = Image.new("RGBA", (scene.width, scene.height), (0, 0, 0, 0))
    if Fault.LENS_FLARE in scene.faults:
        sheet.alpha_composite(_flare(scene))
    if Fault.CAPTION in scene.faults:
        sheet.alpha_composite(caption(CAPTIONS[scene.seed % len(CAPTIONS)], width=scene.width, height=scene.height))
    if Fault.WATERMARK in scene.faults:
        text = WATERMARKS[scene.seed % len(WATERMARKS)]
        sheet.alpha_composite(watermark(text, left=scene.seed // 3 % 2 == 1, width=scene.width, height=scene.height))
    drawn = np.asarray(sheet)
    return Plate(rgba=drawn, depth=0.0) if drawn[..., 3].any() else None


def caption(text: str, *, width: int, height: int) -> Image.Image:
    """A burnt-in subtitle: white with a dark edge, low in the middle."""
    sheet = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    size = min(height * CAPTION_SIZE, width * CAPTION_SIZE * 1.05)
    ImageDraw.Draw(sheet).text(
        (width / 2, height * CAPTION_BASELINE),
        text,
        font=ImageFont.load_default(size=size),
        anchor="ms",
        fill=(255, 255, 255, 255),
        stroke_width=max(1, round(size * 0.08)),
        stroke_fill=(0, 0, 0, 255),
    )
    return sheet


def watermark(text: str, *, left: bool, width: int, height: int) -> Image.Image:
    """A maker's mark in a lower corner, half transparent."""
    sheet = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    size, margin = height * WATERMARK_SIZE, height * WATERMARK_MARGIN
    at = (margin if left else width - margin, height - margin)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=size)
    anchor = "ls" if left else "rs"
    pen.text(
        at,
        text,
        font=font,
        anchor=anchor,
        fill=(255, 255, 255, 255),
        stroke_width=max(1, round(size * 0.05)),
        stroke_fill=(20, 20, 20, 255),
    )
    sheet.putalpha(sheet.getchannel("A").point(lambda a: a * WATERMARK_OPACITY))
    return sheet


def _flare(scene: Scene) -> Image.Image:
    """An anamorphic flare: burst, streak, and ghosts on the line through the picture's middle."""
    w, h = scene.width, scene.height
    chance = np.random.default_rng([scene.seed % 2**63, 400])
    x, y = w * float(chance.choice([0.2, 0.8])), h * float(chance.uniform(0.16, 0.34))
    down, right = np.mgrid[0:h, 0:w].astype(np.float32)
    streak = np.exp(-(((down - y) / (h * STREAK_HALF_HEIGHT)) ** 2)) * (
        0.42 + 0.5 * np.exp(-np.abs(right - x) / (0.35 * w))
    )
    far = np.hypot(down - y, right - x) / h
    burst = np.exp(-((far / 0.06) ** 2)) + 0.5 * np.exp(-far / 0.10)
    light = np.clip(streak + burst, 0, 1)
    colour = (
        np.array(STREAK_COLOUR, np.float32)
        + (255 - np.array(STREAK_COLOUR, np.float32)) * np.clip(burst, 0, 1)[..., None]
    )
    rgba = np.concatenate([colour, light[..., None] * 255], axis=2).astype(np.uint8)
    return Image.alpha_composite(_ghosts(scene, x=x, y=y), Image.fromarray(rgba))


def _ghosts(scene: Scene, *, x: float, y: float) -> Image.Image:
    cel = Cel(scene.width, scene.height)
    sheet = Image.new("RGBA", (scene.width, scene.height), (0, 0, 0, 0))
    tints = ((120, 220, 160), (240, 170, 90), (140, 160, 255), (230, 110, 130))
    for share, radius, tint in zip((0.55, 1.15, 1.45, 1.8), (0.030, 0.055, 0.038, 0.085), tints, strict=True):
        cel = Cel(scene.width, scene.height)
        centre = (x + (scene.width / 2 - x) * share, y + (scene.height / 2 - y) * share)
        cel.ellipse(centre, (scene.height * radius, scene.height * radius), tint)
        ghost = Image.fromarray(cel.plate(depth=0.0).rgba)
        ghost.putalpha(ghost.getchannel("A").point(lambda a: a * 0.30))
        sheet.alpha_composite(ghost)
    return sheet
