"""Faults in light, colour, focus and time; strengths are those the inspection of takes was measured at."""

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from tools.sandbox.drawing.canvas import Plate, blurred
from tools.sandbox.drawing.colour import Bytes, Floats, lab
from tools.sandbox.drawing.stage import Stage
from tools.sandbox.scene import Fault, Scene

STUDIO_LIFT = 0.5  # gamma lift that turns low-key light into even light
CAST_DISTANCE = 12.0  # CIELAB, a wrong white balance a viewer sees at once
BLUR_SIGMA = 2.3  # pixels at 480 lines
HALO_PERCENT = 220  # unsharp mask
FLICKER_GAIN = 0.035
FROZEN_FRAMES = 24  # after compression, two thirds of them show no change at all
DRIFT_LIFT = 0.45  # gamma lift reached at the clip's end

_CASTS = ((0.35, 1.0, 0.35), (1.0, 0.55, 0.0), (0.0, 0.55, 1.0))  # green, tungsten, daylight


def spoilt(plates: Sequence[Plate], scene: Scene) -> tuple[Plate, ...]:
    """The plates in wrong light, with a cast, or out of focus, as the scene's faults say."""
    curves = _curves(plates, scene)
    sigma = focus_loss(scene)
    if curves is None and not sigma:
        return tuple(plates)
    return tuple(Plate(rgba=_changed(plate.rgba, curves, sigma=sigma), depth=plate.depth) for plate in plates)


def focus_loss(scene: Scene) -> float:
    """Blur of everything in the picture, in pixels; 0 when in focus."""
    return BLUR_SIGMA * min(scene.width, scene.height) / 480 if Fault.BLUR in scene.faults else 0.0


def clock(scene: Scene) -> list[int]:
    """The moment each frame shows: its own, except while the picture stands still."""
    frames = max(1, round(scene.seconds * scene.fps))
    moments = list(range(frames))
    if Fault.FROZEN in scene.faults:
        held = min(FROZEN_FRAMES, frames - 2)
        start = (frames - held) // 2
        moments[start : start + held] = [start] * held
    return moments


def exposure(scene: Scene, number: int, *, frames: int) -> list[int] | None:
    """The luma curve of one frame where light flickers or drifts; ``None`` where it is steady."""
    levels = (np.arange(256) - 16) / 219
    if Fault.FLICKER in scene.faults:
        levels = levels * (1 + FLICKER_GAIN * (1 if number % 2 else -1))
    if Fault.LIGHT_DRIFT in scene.faults:
        share = number / max(1, frames - 1)
        levels = np.sign(levels) * np.abs(levels) ** (1 / (1 + DRIFT_LIFT * share))
    if scene.faults.isdisjoint({Fault.FLICKER, Fault.LIGHT_DRIFT}):
        return None
    return [int(v) for v in np.clip(np.rint(levels * 219 + 16), 0, 255)]


def sharpened(luma: Image.Image, scene: Scene) -> Image.Image:
    """The luma plane with halos along its edges."""
    if Fault.OVERSHARPENED not in scene.faults:
        return luma
    return luma.filter(
        ImageFilter.UnsharpMask(radius=1.8 * min(scene.width, scene.height) / 480, percent=HALO_PERCENT, threshold=2)
    )


def copied(stage: Stage, reference: bytes) -> Plate:
    """The reference's layout and background, repainted in this scene's palette."""
    picture = ImageOps.exif_transpose(Image.open(BytesIO(reference))).convert("L")
    fitted = ImageOps.fit(picture, (stage.span, stage.height), Image.Resampling.LANCZOS)
    tones = np.asarray(ImageOps.autocontrast(fitted, cutoff=1))
    colours = stage.ramp.table()[tones]
    alpha = np.full((*tones.shape, 1), 255, np.uint8)
    return Plate(rgba=np.concatenate([colours, alpha], axis=2), depth=0.5)


def _curves(plates: Sequence[Plate], scene: Scene) -> Bytes | None:
    """``(256, 3)``: what each sRGB level becomes in each channel."""
    levels = np.arange(256, dtype=np.float32) / np.float32(255)
    curve: Floats = np.stack([levels, levels, levels], axis=1).astype(np.float32)
    if Fault.STUDIO_LIGHT in scene.faults:
        curve = np.asarray(curve ** (1 / (1 + STUDIO_LIFT)) * 0.90 + 0.10, np.float32)
    if Fault.COLOR_CAST in scene.faults:
        shown = [plate.rgba[::8, ::8][plate.rgba[::8, ::8, 3] > 128][:, :3] for plate in plates]
        curve = _cast(curve, np.concatenate(shown), direction=_CASTS[scene.seed % len(_CASTS)])
    if scene.faults.isdisjoint({Fault.STUDIO_LIGHT, Fault.COLOR_CAST}):
        return None
    return np.clip(np.rint(curve * 255), 0, 255).astype(np.uint8)


def _cast(curve: Floats, sample: Bytes, *, direction: tuple[float, float, float]) -> Floats:
    """The curve with channel gains that move the sample's colours by `CAST_DISTANCE` on average."""
    before = lab(curve[sample, [0, 1, 2]] * 255)
    tilt = np.array(direction, np.float32) - float(np.mean(direction))
    low, high = 0.0, 1.2
    for _ in range(10):
        strength = (low + high) / 2
        tinted = _tinted(curve, strength * tilt)
        apart = lab(tinted[sample, [0, 1, 2]] * 255) - before
        far = float(np.linalg.norm(apart, axis=-1).mean())
        low, high = (strength, high) if far < CAST_DISTANCE else (low, strength)
    return _tinted(curve, low * tilt)


def _tinted(curve: Floats, tilt: Floats) -> Floats:
    """A veil of colour that shows alike in shadows and lights: its strength goes with the root of the level."""
    return np.asarray(np.clip(curve + 0.6 * tilt * np.sqrt(curve), 0, 1), dtype=np.float32)


def _changed(rgba: Bytes, curves: Bytes | None, *, sigma: float) -> Bytes:
    if curves is not None:
        rgba = np.concatenate([curves[rgba[..., :3], [0, 1, 2]], rgba[..., 3:]], axis=2)
    return blurred(rgba, sigma) if sigma else rgba
