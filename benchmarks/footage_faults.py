"""Faults of known strength, put in by FFmpeg's filters, by Pillow, or by moving frames about.

Sizes are for 720 lines. `NOTICED` is what a viewer sees without being told; the rest is there to rank measures.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from benchmarks import footage_overlays as overlays
from benchmarks.footage_filters import FPS, Pixels, filtered
from benchmarks.footage_overlays import Change, Other


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault at one strength.

    Attributes:
        terms: Negative terms that are in the take with it.
        noticed: Whether a viewer notices it without being told.
        crf: Of the encoder.
    """

    name: str
    terms: tuple[str, ...]
    change: Change
    noticed: bool = True
    crf: int = 21


def _by(chain: str) -> Change:
    """FFmpeg's filters; ``$s`` is the size of a 720-line pixel."""

    def change(frames: Pixels, _: Other) -> Pixels:
        scale = min(frames.shape[1:3]) / 720
        given = chain
        for size in (1.2, 2.0):
            given = given.replace(f"${size}", f"{size * scale:.3f}")
        return filtered(frames, given)

    return change


def _enlarged(factor: float) -> Change:
    def change(frames: Pixels, _: Other) -> Pixels:
        height, width = frames.shape[1:3]
        small = f"scale={round(width / factor)}:{round(height / factor)}:flags=area"
        return filtered(frames, f"{small},scale={width}:{height}:flags=bicubic")

    return change


def _curve(expression: str) -> Change:
    """One curve on all three channels; ``val`` is 0..255."""
    return _by(f"format=rgb24,lutrgb=r='{expression}':g='{expression}':b='{expression}'")


def _lift(lift: float) -> str:
    return f"255*({0.12 * lift}+{1 - 0.12 * lift}*pow(val/255,{1 / (1 + lift):.4f}))"


def _fading(whole: Change) -> Change:
    """From nothing at the first frame to the whole fault at the last."""

    def change(frames: Pixels, other: Other) -> Pixels:
        share = np.linspace(0, 1, len(frames), dtype=np.float32)[:, None, None, None]
        return _bytes(frames * (1 - share) + whole(frames, other) * share)

    return change


def _flickering(amount: float, *, patches: int = 1) -> Change:
    """Brightness of each frame, or of each of its patches, times 1 +- at most ``amount``."""

    def change(frames: Pixels, _: Other) -> Pixels:
        rng = np.random.default_rng(5)
        gains = 1 + rng.uniform(-amount, amount, (len(frames), patches, patches))
        return np.stack([_bytes(frame * _spread(gain, frame)) for frame, gain in zip(frames, gains, strict=True)])

    return change


def _spread(
    gain: np.ndarray[tuple[int, ...], np.dtype[np.float64]], frame: Pixels
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    picture = Image.fromarray(gain.astype(np.float32)).resize(
        (frame.shape[1], frame.shape[0]), Image.Resampling.NEAREST
    )
    return np.asarray(picture, dtype=np.float32)[..., None]


def _held(length: int) -> Change:
    def change(frames: Pixels, _: Other) -> Pixels:
        start = len(frames) // 3
        return np.concatenate(
            [frames[:start], frames[start : start + 1].repeat(length, axis=0), frames[start + length :]]
        )

    return change


def _cut(frames: Pixels, other: Other) -> Pixels:
    at = len(frames) * 3 // 5
    return np.concatenate([frames[:at], other()[at:]])


def _jump(frames: Pixels, _: Other) -> Pixels:
    """A second of the same shot left out; its length is kept by playing its start backwards first."""
    at = len(frames) // 2
    return np.concatenate([frames[FPS:0:-1], frames[:at], frames[at + FPS :]])[: len(frames)]


def _dissolve(frames: Pixels, other: Other) -> Pixels:
    share = np.clip((np.arange(len(frames)) - len(frames) // 2) / 10, 0, 1).astype(np.float32)[:, None, None, None]
    return _bytes(frames * (1 - share) + other() * share)


def _boiling(amount: float) -> Change:
    """Texture of about 6 pixels, fresh on every frame."""

    def change(frames: Pixels, _: Other) -> Pixels:
        rng = np.random.default_rng(6)
        height, width = frames.shape[1:3]
        boiled: list[Pixels] = []
        for frame in frames:
            coarse = Image.fromarray(rng.normal(0, amount, (height // 6, width // 6)).astype(np.float32))
            boiled.append(
                _bytes(frame + np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC))[..., None])
            )
        return np.stack(boiled)

    return change


def _repeated(every: int) -> Change:
    """Of so many frames the last is the one before it again."""

    def change(frames: Pixels, _: Other) -> Pixels:
        return np.stack([frames[at - (at % every == every - 1)] for at in range(len(frames))])

    return change


def _copied(*, mirrored: bool = False) -> Change:
    """What stands in the middle a second time, a little aside."""

    def change(frames: Pixels, _: Other) -> Pixels:
        height, width = frames.shape[1:3]
        box = (int(width * 0.4), int(height * 0.3), int(width * 0.62), int(height * 0.9))
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        ImageDraw.Draw(mask).ellipse((0, 0, mask.width, mask.height), fill=255)
        pictures = [Image.fromarray(frame) for frame in frames]
        for picture in pictures:
            figure = picture.crop(box)
            copy = figure.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else figure
            picture.paste(copy, (int(width * 0.7), box[1]), mask)
        return np.stack([np.asarray(picture) for picture in pictures])

    return change


def _shaken(frames: Pixels, _: Other) -> Pixels:
    rng = np.random.default_rng(8)
    most = max(2, frames.shape[1] // 90)
    moved = [np.roll(frame, rng.integers(-most, most + 1, 2), axis=(0, 1)) for frame in frames]
    inner = np.stack([frame[most:-most, most:-most] for frame in moved])
    return filtered(inner, f"scale={frames.shape[2]}:{frames.shape[1]}")


def _beside(frames: Pixels, other: Other) -> Pixels:
    half = frames.shape[2] // 2
    return np.concatenate([frames[:, :, :half], other()[:, :, :half], frames[:, :, :0]], axis=2)


def _same(frames: Pixels, _: Other) -> Pixels:
    return frames


def _bytes(
    picture: np.ndarray[tuple[int, ...], np.dtype[np.float32]] | np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> Pixels:
    return np.asarray(np.clip(picture, 0, 255).round(), dtype=np.uint8)


GREEN = _by("colorchannelmixer=rr=.9:gg=1.05:bb=.9")
HALF_GREEN = _by("colorchannelmixer=rr=.95:gg=1.025:bb=.95")
WARM = _by("colorchannelmixer=rr=1.1:bb=.82")

FAULTS = (
    Fault(name="blur 2.0", terms=("blurry",), change=_by("gblur=sigma=$2.0")),
    Fault(name="blur 1.2", terms=("blurry",), change=_by("gblur=sigma=$1.2"), noticed=False),
    Fault(name="enlarged x3", terms=("low detail",), change=_enlarged(3)),
    Fault(name="enlarged x2", terms=("low detail",), change=_enlarged(2), noticed=False),
    Fault(name="smeared", terms=("low detail",), change=_by("median=radius=2,median=radius=2"), noticed=False),
    Fault(name="sharpened 2", terms=("oversharpened",), change=_by("unsharp=7:7:2:7:7:0")),
    Fault(name="sharpened 1", terms=("oversharpened",), change=_by("unsharp=7:7:1:7:7:0"), noticed=False),
    Fault(name="lift 1", terms=("studio lighting",), change=_curve(_lift(1.0))),
    Fault(name="lift .5", terms=("studio lighting",), change=_curve(_lift(0.5))),
    Fault(name="lift .25", terms=("studio lighting",), change=_curve(_lift(0.25)), noticed=False),
    Fault(name="light fades .3", terms=("light drift",), change=_fading(_curve(_lift(0.3)))),
    Fault(name="light fades .15", terms=("light drift",), change=_fading(_curve(_lift(0.15))), noticed=False),
    Fault(name="green cast", terms=("color cast", "palette drift"), change=GREEN),
    Fault(name="warm cast", terms=("color cast", "palette drift"), change=WARM),
    Fault(name="green cast, half", terms=("color cast", "palette drift"), change=HALF_GREEN, noticed=False),
    Fault(name="hue turned 30", terms=("palette drift",), change=_by("hue=h=30")),
    Fault(name="green comes", terms=("palette drift",), change=_fading(GREEN)),
    Fault(name="flicker 4 %", terms=("flicker",), change=_flickering(0.04)),
    Fault(name="flicker 2 %", terms=("flicker",), change=_flickering(0.02)),
    Fault(name="flicker 1 %", terms=("flicker",), change=_flickering(0.01), noticed=False),
    Fault(name="local flicker 4 %", terms=("flicker",), change=_flickering(0.04, patches=8)),
    Fault(name="local flicker 2 %", terms=("flicker",), change=_flickering(0.02, patches=8), noticed=False),
    Fault(name="held 16", terms=("frozen frames",), change=_held(16)),
    Fault(name="held 8", terms=("frozen frames",), change=_held(8), noticed=False),
    Fault(name="jump of a second", terms=("jump cut",), change=_jump, noticed=False),
    Fault(name="cut", terms=("jump cut",), change=_cut),
    Fault(name="dissolve", terms=("dissolve",), change=_dissolve),
    Fault(name="boiling 8", terms=("boiling texture",), change=_boiling(8)),
    Fault(name="boiling 4", terms=("boiling texture",), change=_boiling(4), noticed=False),
    Fault(
        name="subtitle",
        terms=("subtitles", "text"),
        change=overlays.written("I never saw the harbour at night", place=(0.5, 0.9), size=0.06, opacity=1.0),
    ),
    Fault(
        name="letters .3",
        terms=("text",),
        change=overlays.written("northern line", place=(0.35, 0.4), size=0.06, opacity=0.3),
        noticed=False,
    ),
    Fault(
        name="watermark .6",
        terms=("watermark",),
        change=overlays.written("PREVIEWSTOCK", place=(0.8, 0.08), size=0.055, opacity=0.6),
    ),
    Fault(
        name="watermark .3",
        terms=("watermark",),
        change=overlays.written("PREVIEWSTOCK", place=(0.5, 0.5), size=0.08, opacity=0.3),
        noticed=False,
    ),
    Fault(name="copied figure", terms=("duplicate characters",), change=_copied()),
    Fault(name="mirrored figure", terms=("duplicate characters",), change=_copied(mirrored=True)),
    Fault(
        name="letterbox",
        terms=("letterbox",),
        change=_by("drawbox=0:0:iw:ih/8:black:fill,drawbox=0:ih-ih/8:iw:ih/8:black:fill"),
    ),
    Fault(name="border", terms=("border",), change=_by("drawbox=0:0:iw:ih:white:t=ih/24")),
    Fault(name="split screen", terms=("split screen",), change=_beside),
    Fault(name="camera shake", terms=("camera shake",), change=_shaken),
    Fault(name="oversaturated", terms=("oversaturated",), change=_by("hue=s=2.2")),
    Fault(name="overexposed", terms=("overexposed",), change=_curve("min(255,val*2.2)")),
    Fault(name="underexposed", terms=("underexposed",), change=_curve("val*.3")),
    Fault(name="low contrast", terms=("low contrast",), change=_curve("val*.35+85")),
    Fault(name="no colour", terms=("black and white",), change=_by("hue=s=0")),
    Fault(name="noise", terms=("noise",), change=_by("noise=alls=40:allf=t")),
    Fault(name="pixelated", terms=("pixelated",), change=_by("scale=iw/8:-2:flags=area,scale=iw*8:-2:flags=neighbor")),
    Fault(name="banding", terms=("banding",), change=_curve("floor(val/28)*28")),
    Fault(name="compression", terms=("compression artifacts",), change=_same, crf=46),
    Fault(name="colour fringes", terms=("chromatic aberration",), change=_by("rgbashift=rh=5:bh=-5")),
    Fault(name="ghosting", terms=("ghosting",), change=_by("tmix=frames=4")),
    Fault(name="vignette", terms=("vignette",), change=_by("vignette=PI/2.6")),
    Fault(name="mark .6", terms=("watermark",), change=overlays.stamped(place=(0.9, 0.14), size=0.12, opacity=0.6)),
    Fault(
        name="mark .3",
        terms=("watermark",),
        change=overlays.stamped(place=(0.12, 0.86), size=0.14, opacity=0.3),
        noticed=False,
    ),
    Fault(name="frames in pairs", terms=("low frame rate",), change=_repeated(2)),
    Fault(name="every fourth repeated", terms=("low frame rate",), change=_repeated(4)),
)
