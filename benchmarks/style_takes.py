"""Takes in several styles: photographs as they are and filtered into other media, films by what they are, drawings.

The media are put on by other means than the eyes measure with: filters of Pillow and FFmpeg, and drawing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageFilter, ImageOps

from benchmarks import footage_drawn, footage_filters
from benchmarks.footage_filters import Pixels
from benchmarks.footage_sources import Source

WIDTH, HEIGHT = 832, 480
FRAMES = 2
PANS_PX = 8
"""Between two frames of a move over a photograph."""

STRETCHES, APART = 10, 45
"""Of a film: how many are taken, and frames from one to the next."""

DRAWINGS = 20
SMALLEST_PX = 300
LIVE, SOLID, FLAT, PAINTED = "live action", "3D animation", "2D animation", "painted strokes"
SOLID_FILMS = frozenset({"bigbuckbunny.mp4", "Megamind.avi", "minions.mp4", "jwpIntro.mp4"})
NO_PHOTOGRAPHS = ("starry_night.jpg", "Autumn/contents", "Altai/contents", "graf1.png", "hubble_deep_field.jpg")
"""Pictures of the list that are painted or drawn, or show no surfaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """A clip of a scene in a style."""

    scene: str
    style: str
    clip: Path


def made(sources: Sequence[Source], folder: Path) -> Iterator[Styled]:
    """Every take, written into the folder; one that is there already is not made again."""
    for scene, style, frames in _all(sources):
        clip = folder / f"{scene}-{style}.mp4".replace(" ", "-")
        if not clip.exists():
            footage_filters.write(frames(), clip)
        yield Styled(scene=scene, style=style, clip=clip)


def oil(frames: Pixels) -> Pixels:
    """The commonest colour of each neighbourhood, as a loaded brush leaves it."""
    return _each(frames, lambda picture: picture.filter(ImageFilter.ModeFilter(9)))


def poster(frames: Pixels) -> Pixels:
    """Few colours and smooth edges: printed, or cut from paper."""
    smooth = footage_filters.filtered(frames, "median=radius=3")
    return _each(smooth, lambda picture: ImageOps.posterize(picture, 3))


def watercolour(frames: Pixels) -> Pixels:
    """Edges kept and surfaces run together."""
    return footage_filters.filtered(frames, "bilateral=sigmaS=9:sigmaR=0.14,bilateral=sigmaS=9:sigmaR=0.14")


def ink(frames: Pixels) -> Pixels:
    """Flat colours under drawn contours."""
    return np.stack([_inked(picture) for picture in footage_filters.filtered(frames, "bilateral=sigmaS=7:sigmaR=0.2")])


MEDIA: Mapping[str, Callable[[Pixels], Pixels]] = {"oil": oil, "poster": poster, "watercolour": watercolour, "ink": ink}


def _all(sources: Sequence[Source]) -> Iterator[tuple[str, str, Callable[[], Pixels]]]:
    """Scene, style, and how the frames are made."""
    for number, source in enumerate(sources):
        if source.kind == "picture":
            yield from _of_photograph(f"photograph{number}", source.path)
        elif source.kind == "film":
            yield from _of_film(f"film{number}", source)
    for seed in range(DRAWINGS):
        yield f"drawing{seed}", FLAT, partial(footage_drawn.take, seed, frames=FRAMES, painted=False)
        yield f"drawing{seed}", PAINTED, partial(footage_drawn.take, seed, frames=FRAMES, painted=True)


def _of_photograph(scene: str, path: Path) -> Iterator[tuple[str, str, Callable[[], Pixels]]]:
    with Image.open(path) as picture:
        coloured = picture.mode in ("RGB", "RGBA", "P") and min(picture.size) >= SMALLEST_PX
    if coloured and not any(part in path.as_posix() for part in NO_PHOTOGRAPHS):
        yield scene, LIVE, partial(_pan, path)
        for style, put_on in MEDIA.items():
            yield scene, style, partial(_changed, put_on, path)


def _of_film(scene: str, source: Source) -> Iterator[tuple[str, str, Callable[[], Pixels]]]:
    style, first = SOLID if source.name in SOLID_FILMS else LIVE, source.span[0]
    for start in range(first, first + min(_length(source.path) - first, STRETCHES * APART) - FRAMES, APART):
        span = (start, start + FRAMES)
        yield f"{scene} at {start}", style, partial(footage_filters.read, source.path, lines=HEIGHT, span=span)


def _length(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for packet in container.demux(video=0) if packet.size)


def _pan(path: Path) -> Pixels:
    """A slow pan over a photograph."""
    with Image.open(path) as opened:
        room = PANS_PX * FRAMES
        fitted = ImageOps.fit(opened.convert("RGB"), (WIDTH + room, HEIGHT), Image.Resampling.LANCZOS)
    views = (fitted.crop((PANS_PX * at, 0, WIDTH + PANS_PX * at, HEIGHT)) for at in range(FRAMES))
    return np.stack([np.asarray(view, dtype=np.uint8) for view in views])


def _changed(put_on: Callable[[Pixels], Pixels], path: Path) -> Pixels:
    return put_on(_pan(path))


def _each(frames: Pixels, change: Callable[[Image.Image], Image.Image]) -> Pixels:
    return np.stack([np.asarray(change(Image.fromarray(frame)), dtype=np.uint8) for frame in frames])


def _inked(picture: Pixels) -> Pixels:
    lines = Image.fromarray(picture).convert("L").filter(ImageFilter.FIND_EDGES).filter(ImageFilter.GaussianBlur(1))
    dark = np.clip(np.asarray(lines, dtype=np.float32) / 24 - 0.6, 0, 0.85)[..., None]
    return np.asarray(picture * (1 - dark), dtype=np.uint8)
