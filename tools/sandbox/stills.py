"""What a reference image that arrived on the wire gives a scene: its colours and how light it is."""

import base64
import binascii
import io
import re
from collections import Counter

from PIL import Image, UnidentifiedImageError

from tools.sandbox.scene import Key
from tools.sandbox.words import Colour

DATA_URI = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.DOTALL)
COLOURS = 4
SMALL_PX = 64
DARK_BELOW = 85  # mean luma of 255; a third of the scale each for low, mid and high
LIGHT_ABOVE = 170


def from_data_uri(uri: str) -> bytes | None:
    """The image inside a data URI; ``None`` for an address elsewhere, which a stand-in never visits."""
    match = DATA_URI.fullmatch(uri)
    return from_base64(match.group(1)) if match else None


def from_base64(text: str) -> bytes | None:
    """The image inside raw base64, or ``None`` when it is none."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
    return data if _open(data) is not None else None


def palette(data: bytes) -> tuple[Colour, ...]:
    """Up to four colours the image is built from, the most common first."""
    image = _open(data)
    if image is None:
        return ()
    reduced = image.quantize(COLOURS)
    table = reduced.getpalette() or []
    indices = [index for index, _ in Counter(reduced.tobytes()).most_common()]
    return tuple((table[3 * index], table[3 * index + 1], table[3 * index + 2]) for index in indices)


def key(data: bytes) -> Key | None:
    """How light the image is."""
    image = _open(data)
    if image is None:
        return None
    pixels = image.convert("L").tobytes()
    luma = sum(pixels) / len(pixels)
    if luma < DARK_BELOW:
        return Key.LOW
    return Key.HIGH if luma > LIGHT_ABOVE else Key.MID


def _open(data: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF")) as image:
            image.thumbnail((SMALL_PX, SMALL_PX))
            return image.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
