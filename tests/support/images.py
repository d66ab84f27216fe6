"""Image files as people hand them in, good and bad."""

import io
import zlib
from typing import Any

import numpy as np
from PIL import Image, ImageCms

RED, BLUE, WHITE = (220, 20, 20), (20, 20, 220), (255, 255, 255)
PNG_START = b"\x89PNG\r\n\x1a\n"


def picture(size: tuple[int, int] = (64, 36), mode: str = "RGB", colour: Any = RED) -> Image.Image:
    """One colour all over."""
    return Image.new(mode, size, colour)


def halves(left: Any = RED, right: Any = BLUE, *, size: tuple[int, int] = (64, 36)) -> Image.Image:
    """One colour on the left and one on the right."""
    image = picture(size, colour=left)
    image.paste(right, (size[0] // 2, 0, *size))
    return image


def noise(size: tuple[int, int]) -> Image.Image:
    """What compresses badly; the same each time."""
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), np.uint8))


def file(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """The image as a file of that kind."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def turned(orientation: int) -> Image.Exif:
    """What a camera notes about how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def png(size: tuple[int, int], *, depth: int = 8, rows: bytes = b"") -> bytes:
    """A PNG of colours put together by hand: what Pillow does not write, or would not."""
    head = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big") + bytes([depth, 2, 0, 0, 0])
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return PNG_START + b"".join(_chunk(name, content) for name, content in parts)


def srgb() -> bytes:
    """The usual colour profile."""
    profile: Any = ImageCms.createProfile("sRGB")  # pyright: ignore[reportUnknownVariableType]  # left open by Pillow
    return bytes(ImageCms.ImageCmsProfile(profile).tobytes())


def swapped() -> bytes:
    """A colour profile of another name, in which red means what blue means elsewhere."""
    named = srgb().replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))
    return named.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")
