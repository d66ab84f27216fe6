"""Short sandbox scenes for tests, and the clips of them taken apart again."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

from tools.sandbox import renderer
from tools.sandbox.scene import Fault, Key, Look, Scene

NIGHT = ((14, 18, 34), (44, 62, 96), (196, 120, 60), (238, 206, 150))
SEA = ((10, 30, 40), (30, 90, 110), (220, 140, 80), (240, 225, 200))
ROSE = ((40, 30, 60), (130, 90, 120), (230, 170, 140), (250, 235, 215))
PALETTES = (NIGHT, SEA, ROSE)

Frames = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A decoded clip: ``frames`` is ``(n, height, width, 3)`` RGB, ``luma`` is ``(n, height, width)`` video levels."""

    frames: Frames
    luma: Floats


def scene(
    *faults: Fault,
    seed: int = 3,
    seconds: float = 0.25,
    width: int = 480,
    height: int = 270,
    look: Look = Look.PAINTERLY,
    key: Key = Key.MID,
    palette: tuple[tuple[int, int, int], ...] = NIGHT,
    subjects: int = 1,
    lettering: str = "",
    reference: bytes | None = None,
) -> Scene:
    """A scene that defaults all but the fact under test."""
    return Scene(
        seconds=seconds,
        width=width,
        height=height,
        seed=seed,
        look=look,
        key=key,
        palette=palette,
        subjects=subjects,
        faults=frozenset(faults),
        lettering=lettering,
        reference=reference,
    )


@cache
def rendered(drawn: Scene) -> bytes:
    """Its clip; each scene is drawn once."""
    return renderer.render(drawn)


@cache
def shown(drawn: Scene) -> Clip:
    """Its clip, encoded and decoded."""
    frames: list[Frames] = []
    lumas: list[Floats] = []
    with av.open(BytesIO(rendered(drawn)), "r") as container:
        for frame in container.decode(video=0):
            frames.append(np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8))
            plane = np.frombuffer(bytes(frame.planes[0]), np.uint8).reshape(frame.height, frame.planes[0].line_size)
            lumas.append(plane[:, : frame.width].astype(np.float64))
    return Clip(frames=np.stack(frames), luma=np.stack(lumas))


@cache
def drawn(picture: Scene, *, at_s: float = 0.0) -> Frames:
    """One still of a scene as pixels."""
    return np.asarray(Image.open(BytesIO(renderer.still(picture, at_s=at_s))))


def jpeg(pixels: Frames, *, longest: int = 1280) -> bytes:
    """A frame as it is sent to a judge: long side at most 1280, quality 85."""
    image = Image.fromarray(pixels)
    image.thumbnail((longest, longest))
    buffer = BytesIO()
    image.save(buffer, format="JPEG", quality=85)
    return buffer.getvalue()
