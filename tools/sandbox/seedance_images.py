"""What Ark asks of an image that comes as a data URI: kind, weight, pixels, proportions [D], 2026-11-20."""

import base64
import binascii
import io
from collections.abc import Sequence

from PIL import Image, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
MOST_BYTES = 30_000_000
LEAST_PX, MOST_PX = 300, 6000
LEAST_RATIO, MOST_RATIO = 0.4, 2.5


def problem(addresses: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with the first bad one among them; addresses elsewhere and assets are not looked at."""
    for address in addresses:
        _, marked, text = address.partition(";base64,")
        wrong = _wrong(text) if marked and address.startswith("data:") else None
        if wrong:
            return "content.image_url.url", wrong
    return None


def _wrong(text: str) -> str | None:
    try:
        data = base64.b64decode(text, validate=True)
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            width, height = image.size
    except (binascii.Error, UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return f"is no image of the kinds {', '.join(FORMATS)}"
    if len(data) >= MOST_BYTES:
        return "holds an image of 30 MB or more"
    if not LEAST_PX <= min(width, height) <= max(width, height) <= MOST_PX:
        return f"holds an image of {width}x{height}; each side must be {LEAST_PX} to {MOST_PX} px"
    if not LEAST_RATIO <= width / height <= MOST_RATIO:
        return f"holds an image of {width}x{height}; width over height must be {LEAST_RATIO:g} to {MOST_RATIO:g}"
    return None
