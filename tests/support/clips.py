"""Small MP4 clips with a known fault of known size, made from textures that owe nothing to the stand-ins' renderer."""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import av
import numpy as np
from PIL import Image, ImageDraw

from tools import pixels
from tools.pixels import Bytes, Rgb

WIDTH, HEIGHT = 640, 480
MARGIN = 96
"""Room around the picture for the camera to move in."""

GRAIN = 3
"""Levels of luma up or down at most, fresh on every frame. Without it the encoder smooths a small flicker away."""

_Floats = np.ndarray[tuple[int, ...], np.dtype[np.floating]]

SIZE = (WIDTH + MARGIN, HEIGHT + MARGIN)


def leaves(seed: int, *, look: int = 0) -> Rgb:
    """Occluding discs with sizes of a power law: the model whose edges and spectrum are nearest to photographs'."""
    rng, grade = np.random.default_rng(seed), np.random.default_rng(look)
    picture = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), (90, 85, 80))
    draw = ImageDraw.Draw(picture)
    base = grade.uniform(40, 190, 3)
    for radius in np.sort((1 - rng.uniform(0, 0.9999, 2500)) ** -0.5)[::-1] * 9:
        x, y = rng.uniform(0, SIZE[0] * 2), rng.uniform(0, SIZE[1] * 2)
        colour = np.clip(base + rng.normal(0, 32) + rng.normal(0, 14, 3), 6, 245).astype(int)
        reach = min(radius, 260)
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=(colour[0], colour[1], colour[2]))
    smooth = np.asarray(picture.resize(SIZE, Image.Resampling.LANCZOS), dtype=np.float32)
    return _grained(smooth * (1 + 0.05 * _pink(rng, SIZE, slope=1.0)[..., None]), rng, grain=1.5)


def clouds(seed: int, *, look: int = 0) -> Rgb:
    """Noise with the 1/f spectrum of natural scenes, in two or three related colours."""
    rng, grade = np.random.default_rng(seed), np.random.default_rng(look)
    base = grade.uniform(60, 160, 3)
    light = _pink(rng, SIZE, slope=1.1)[..., None] * rng.uniform(20, 34)
    tint = np.stack([_pink(rng, SIZE, slope=1.6) for _ in range(3)], axis=-1) * 9
    return _grained(base + light + tint, rng, grain=1.5)


def strokes(seed: int, *, look: int = 0) -> Rgb:
    """Short crossing brush strokes over a slow gradient."""
    rng, grade = np.random.default_rng(seed), np.random.default_rng(look)
    picture = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2))
    draw = ImageDraw.Draw(picture)
    base, slant = grade.uniform(50, 170, 3), grade.uniform(0, np.pi)
    for _ in range(9000):
        x, y = rng.uniform(-20, SIZE[0] * 2), rng.uniform(-20, SIZE[1] * 2)
        turn, length = slant + rng.normal(0, 0.5), rng.uniform(10, 60)
        colour = np.clip(base * (0.6 + 0.6 * y / SIZE[1] / 2) + rng.normal(0, 22) + rng.normal(0, 8, 3), 4, 250).astype(
            int
        )
        end = (x + length * np.cos(turn), y + length * np.sin(turn))
        draw.line((x, y, *end), fill=(colour[0], colour[1], colour[2]), width=int(rng.integers(2, 8)))
    return np.asarray(picture.resize(SIZE, Image.Resampling.LANCZOS), dtype=np.uint8)


def shapes(seed: int, *, look: int = 0) -> Rgb:
    """Flat polygons with clean outlines, as drawn animation has them."""
    rng, grade = np.random.default_rng(seed), np.random.default_rng(look)
    colours = [tuple(int(part) for part in row) for row in grade.integers(15, 240, (6, 3))]
    picture = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), colours[0])
    draw = ImageDraw.Draw(picture)
    for _ in range(140):
        middle = rng.uniform(0, 1, 2) * np.array(SIZE) * 2
        corners = middle + rng.normal(0, rng.uniform(25, 150), (int(rng.integers(3, 7)), 2))
        fill = colours[int(rng.integers(6))]
        draw.polygon([tuple(corner) for corner in corners], fill=fill, outline=(12, 12, 16), width=3)
    return np.asarray(picture.resize(SIZE, Image.Resampling.LANCZOS), dtype=np.uint8)


class Source(Protocol):
    """Draws a picture; pictures of one ``look`` belong to one project."""

    __name__: str

    def __call__(self, seed: int, *, look: int = 0) -> Rgb: ...


SOURCES: tuple[Source, ...] = (leaves, clouds, strokes, shapes)


def film(still: Rgb, *, frames: int = 48, seed: int = 0) -> Bytes:
    """A fault-free take of a picture: a slow pan with grain, and a darker disc crossing it. (n, 480, 640, 3).

    A picture of half the size gives a take of half the size.
    """
    rng = np.random.default_rng(seed)
    height, width = still.shape[0] * HEIGHT // SIZE[1], still.shape[1] * WIDTH // SIZE[0]
    start = np.array([still.shape[0] - height, still.shape[1] - width]) / 2
    step = rng.choice([(0, 1), (1, 0), (1, 1), (1, -1), (-1, 1)])
    rows, columns = np.mgrid[:height, :width]
    grain = rng.integers(-GRAIN, GRAIN + 1, (height, width, 1), dtype=np.int16)
    taken: list[Bytes] = []
    for index in range(frames):
        top, left = np.clip(start + (index - frames // 2) * step, 0, 2 * start).astype(int)
        view = still[top : top + height, left : left + width].astype(np.int16)
        disc = np.hypot(rows - height * 0.6, columns - width * (0.2 + 0.5 * index / frames)) < height / 9
        view[disc] = view[disc] // 2 + 20
        view += np.roll(grain, rng.integers(0, height, 2), axis=(0, 1))
        taken.append(np.clip(view, 0, 255).astype(np.uint8))
    return np.stack(taken)


def blurred(frames: Bytes, sigma: float) -> Bytes:
    """Every frame out of focus, sigma in pixels of 720 lines."""
    return _each(frames, lambda frame: _blur_rgb(frame, sigma * HEIGHT / 720))


def enlarged(frames: Bytes, factor: float) -> Bytes:
    """Every frame shrunk and enlarged again."""
    full = (frames.shape[2], frames.shape[1])
    small = (round(full[0] / factor), round(full[1] / factor))
    return np.stack(
        [
            np.asarray(
                Image.fromarray(frame).resize(small, Image.Resampling.BOX).resize(full, Image.Resampling.BICUBIC)
            )
            for frame in frames
        ]
    )


def sharpened(frames: Bytes, amount: float) -> Bytes:
    """Unsharp mask of a radius of 2 pixels at 720 lines."""
    return _each(frames, lambda frame: frame + amount * (frame - _blur_rgb(frame, 2 * HEIGHT / 720)))


def lifted(frames: Bytes, lift: float) -> Bytes:
    """Shadows raised and gamma opened, as when a low-key scene comes back lit like a studio."""
    return _each(frames, lambda frame: 255 * (0.12 * lift + (1 - 0.12 * lift) * (frame / 255) ** (1 / (1 + lift))))


def tinted(frames: Bytes, *, a: float, b: float) -> Bytes:
    """Shifted by about this much in CIELAB a* and b*, lightness roughly kept."""
    shift = np.array([1.9 * a + 0.35 * b, -0.75 * a - 0.05 * b, 0.2 * a - 1.8 * b], dtype=np.float32)
    return _each(frames, lambda frame: frame + shift)


def fading(frames: Bytes, fault: Callable[[Bytes], Bytes]) -> Bytes:
    """From fault-free at the first frame to the whole fault at the last."""
    share = np.linspace(0, 1, len(frames), dtype=np.float32)[:, None, None, None]
    return _bytes(frames * (1 - share) + fault(frames) * share)


def flickering(frames: Bytes, amount: float, *, seed: int = 0) -> Bytes:
    """Brightness of each frame multiplied by 1 +- at most ``amount``."""
    gains = 1 + np.random.default_rng(seed).uniform(-amount, amount, len(frames))
    return _bytes(frames * gains[:, None, None, None])


def flickering_in_parts(frames: Bytes, amount: float, *, seed: int = 0) -> Bytes:
    """As `flickering`, every patch of an eighth of the height on its own."""
    count, height, width, _ = frames.shape
    side = height // 8
    patches = np.random.default_rng(seed).uniform(-amount, amount, (count, 9, width // side + 1, 1))
    gains = 1 + patches.repeat(side, axis=1).repeat(side, axis=2)[:, :height, :width]
    return _bytes(frames * gains)


def frozen(frames: Bytes, *, start: int, length: int) -> Bytes:
    """One frame held for ``length`` further frames."""
    held = frames.copy()
    held[start : start + length + 1] = frames[start]
    return held


def cut_to(frames: Bytes, other: Bytes, *, at: int) -> Bytes:
    """Another take from frame ``at`` on."""
    return np.concatenate([frames[:at], other[at:]])


def encode(frames: Bytes, *, fps: int = 24, options: dict[str, str] | None = None) -> bytes:
    """The frames as an MP4 of H.264 at CRF 21; ``options`` are the container's."""
    with TemporaryDirectory() as folder:  # "faststart" writes the index first by reading the file again
        path = Path(folder) / "clip.mp4"
        with av.open(str(path), mode="w", format="mp4", options=options or {}) as container:
            stream = container.add_stream("libx264", rate=Fraction(fps), options={"crf": "21", "preset": "veryfast"})
            stream.height, stream.width = frames.shape[1:3]
            stream.pix_fmt = "yuv420p"
            stream.codec_context.thread_count = 1
            for frame in frames:
                container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")))
            container.mux(stream.encode(None))
        return path.read_bytes()


def png(rgb: Rgb) -> bytes:
    """The picture as a PNG, as references are stored."""
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, format="PNG")
    return out.getvalue()


def _pink(rng: np.random.Generator, size: tuple[int, int], *, slope: float) -> pixels.Plane:
    """Noise of mean 0 and deviation 1 whose amplitude falls with frequency to the power of ``slope``."""
    down, across = np.fft.fftfreq(size[1])[:, None], np.fft.rfftfreq(size[0])[None]
    fall = np.hypot(down, across) ** slope
    fall[0, 0] = np.inf
    phases = rng.normal(size=fall.shape) + 1j * rng.normal(size=fall.shape)
    noise = np.fft.irfft2(phases / fall, s=(size[1], size[0]))
    return np.asarray(noise / noise.std(), dtype=np.float32)


def _grained(picture: _Floats, rng: np.random.Generator, *, grain: float) -> Rgb:
    return _bytes(picture + rng.normal(0, grain, picture.shape[:2])[..., None])


def _blur_rgb(frame: pixels.Plane, sigma: float) -> pixels.Plane:
    parts = [pixels.blur(frame[..., part], sigma) for part in range(3)]
    return np.asarray(np.stack(parts, axis=-1), dtype=np.float32)


def _each(frames: Bytes, change: Callable[[pixels.Plane], _Floats]) -> Bytes:
    return np.stack([_bytes(change(frame.astype(np.float32))) for frame in frames])


def _bytes(picture: _Floats) -> Bytes:
    return np.asarray(np.clip(picture, 0, 255).round(), dtype=np.uint8)
