"""Images as Kling takes them: an address or raw base64, JPEG or PNG, within its limits [D, 2026-09-20]."""

import io
import re
from dataclasses import dataclass

from PIL import Image

from tools.sandbox import stills
from tools.sandbox.kling_account import invalid

ADDRESS = re.compile(r"https?://\S+")
MOST_BYTES = 50 * 1024 * 1024
LEAST_PX = 300
MOST_STRETCH = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One image of an order.

    Attributes:
        data: ``None`` for an address, which a stand-in never visits.
        ratio: Width over height; ``None`` likewise.
    """

    data: bytes | None = None
    ratio: float | None = None


def picture(value: str, *, field: str) -> Picture:
    """The image behind a field.

    Raises:
        Refusal: 1201; neither an address nor base64 without a prefix, or outside the limits.
    """
    if ADDRESS.fullmatch(value):
        return Picture()
    if len(value) > MOST_BYTES * 4 / 3 + 4:
        raise invalid(f"{field}: the image is larger than 50 MB")
    data = stills.from_base64(value)
    if data is None:
        raise invalid(f"{field}: must be a URL or raw base64 without a data: prefix")
    width, height = _size(data, field=field)
    if min(width, height) < LEAST_PX:
        raise invalid(f"{field}: width and height must be at least {LEAST_PX}px")
    if max(width, height) > MOST_STRETCH * min(width, height):
        raise invalid(f"{field}: the aspect ratio must be between 1:2.5 and 2.5:1")
    return Picture(data=data, ratio=width / height)


def _size(data: bytes, *, field: str) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        if image.format not in ("JPEG", "PNG"):
            raise invalid(f"{field}: the format must be jpg or png")
        return image.size
