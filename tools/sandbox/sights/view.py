"""A decoded picture at the size the judge looks at it."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

LOOKING_LINES = 480  # whole pictures are looked at with this many pixels on their short side
MOST_PIXELS = 4096 * 4096

Floats = npt.NDArray[np.float32]

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # ITU-R BT.601-7; JPEG's own


@dataclass(frozen=True, kw_only=True)
class View:
    """One picture as it is looked at.

    Attributes:
        frame: Its number in the clip, as the request names it.
        whole: Whether it is the whole frame, not a crop.
    """

    frame: int
    whole: bool
    image: Image.Image

    @cached_property
    def rgb(self) -> Floats:
        """``(height, width, 3)``, 0..255."""
        return np.asarray(self.image, dtype=np.float32)

    @cached_property
    def luma(self) -> Floats:
        """``(height, width)``, 0..255."""
        return np.asarray(self.rgb @ _LUMA, dtype=np.float32)

    def at(self, x: Floats, y: Floats) -> Floats:
        """Luma between pixels; places outside count as black."""
        height, width = self.luma.shape
        left, top = np.floor(x).astype(int), np.floor(y).astype(int)
        inside = (left >= 0) & (top >= 0) & (left < width - 1) & (top < height - 1)
        column, row = np.clip(left, 0, width - 2), np.clip(top, 0, height - 2)
        across, down = x - left, y - top
        upper = self.luma[row, column] * (1 - across) + self.luma[row, column + 1] * across
        lower = self.luma[row + 1, column] * (1 - across) + self.luma[row + 1, column + 1] * across
        return np.asarray(np.where(inside, upper * (1 - down) + lower * down, 0), dtype=np.float32)


def view(encoded: bytes, *, frame: int, whole: bool) -> View:
    """The picture of encoded bytes.

    Raises:
        ValueError: It is not a picture, or larger than anyone would send.
    """
    try:
        image = Image.open(BytesIO(encoded))
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(f"the picture has more than {MOST_PIXELS} pixels")
        rgb = image.convert("RGB")
    except (OSError, Image.DecompressionBombError) as error:
        raise ValueError("the picture does not decode") from error
    shorter = min(rgb.size)
    if shorter > LOOKING_LINES:
        size = (round(rgb.width * LOOKING_LINES / shorter), round(rgb.height * LOOKING_LINES / shorter))
        rgb = rgb.resize(size, Image.Resampling.LANCZOS)
    return View(frame=frame, whole=whole, image=rgb)
