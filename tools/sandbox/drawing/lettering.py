"""What lies on the lens or is burnt in: captions, watermarks, a flare."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tools.sandbox.drawing.canvas import Cel, Plate
from tools.sandbox.drawing.conventions import (
    CAPTION_BASELINE,
    CAPTION_SIZE,
    CAPTIONS,
    LETTERING_LINES,
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
    sheet = _sheet(width, height)
    size = min(sheet.height * CAPTION_SIZE, sheet.width * CAPTION_SIZE)
    ImageDraw.Draw(sheet).text(
        (sheet.width / 2, sheet.height * CAPTION_BASELINE),
        text,
        font=ImageFont.load_default(size=size),
        anchor="ms",
        fill=(255, 255, 255, 255),
        stroke_width=max(1, round(size * 0.08)),
        stroke_fill=(0, 0, 0, 255),
    )
    return _sized(sheet, width, height)


def watermark(text: str, *, left: bool, width: int, height: int) -> Image.Image:
    """A maker's mark in a lower corner, half transparent."""
    sheet = _sheet(width, height)
    size, margin = sheet.height * WATERMARK_SIZE, sheet.height * WATERMARK_MARGIN
    ImageDraw.Draw(sheet).text(
        (margin if left else sheet.width - margin, sheet.height - margin),
        text,
        font=ImageFont.load_default(size=size),
        anchor="ls" if left else "rs",
        fill=(255, 255, 255, 255),
        stroke_width=max(1, round(size * 0.05)),
        stroke_fill=(20, 20, 20, 255),
    )
    sheet.putalpha(sheet.getchannel("A").point(lambda a: a * WATERMARK_OPACITY))
    return _sized(sheet, width, height)


def _sheet(width: int, height: int) -> Image.Image:
    """Lettering is set on a sheet of one height for every picture, so that its spacing never depends on the size."""
    return Image.new("RGBA", (round(LETTERING_LINES * width / height), LETTERING_LINES), (0, 0, 0, 0))


def _sized(sheet: Image.Image, width: int, height: int) -> Image.Image:
    return sheet.convert("RGBa").resize((width, height), Image.Resampling.LANCZOS).convert("RGBA")


def _flare(scene: Scene) -> Image.Image:
    """An anamorphic flare: burst, streak, and ghosts on the line through the picture's middle."""
    w, h = scene.width, scene.height
    chance = np.random.default_rng([scene.seed % 2**63, 400])
    x, y = w * float(chance.choice([0.2, 0.8])), h * float(chance.uniform(0.16, 0.34))
    down, right = np.mgrid[0:h, 0:w].astype(np.float32)
    streak = np.exp(-(((down - y) / (h * STREAK_HALF_HEIGHT)) ** 2)) * (
        0.55 + 0.4 * np.exp(-np.abs(right - x) / (0.35 * w))
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
