"""An image file taken in: upright, sRGB, 8 bits, nothing in it but the picture. Every change is told."""

import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import Any, Final

import numpy as np
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from prompts.errors import BadSheetError
from prompts.normal import clean

MOST_BYTES: Final = 50_000_000  # the most any vendor of ours takes of one image (Kling, [D], read 2026-11-20)
MOST_PIXELS: Final = 40_000_000
LONGEST_PX: Final = 2048  # no vendor of ours gains from more, and bodies stay small
FORMATS: Final = ("PNG", "JPEG", "WEBP")

_SUFFIXES: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
_NAMES: Final = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WebP"}
_STARTS: Final = (
    (0, b"\x89PNG", ""),
    (0, b"\xff\xd8\xff", ""),
    (8, b"WEBP", ""),
    (0, b"GIF8", "a GIF"),
    (0, b"II*\x00", "a TIFF"),
    (0, b"MM\x00*", "a TIFF"),
    (0, b"BM", "a BMP"),
    (0, b"%PDF", "a PDF"),
    (0, b"8BPS", "a Photoshop file"),
    (4, b"ftyphei", "a HEIC photo"),
    (4, b"ftypmif1", "a HEIC photo"),
    (4, b"ftypavif", "an AVIF"),
    (4, b"ftyp", "a video"),
)
_HALF_READ: Final = "the file is damaged beside the picture itself; look whether the picture is whole and upright"
_TOO_MANY_PIXELS: Final = f"the {MOST_PIXELS // 1_000_000} million pixels that are taken; save it smaller"
_DAMAGED: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
_PNG_DEPTH_AT: Final = 24  # bit depth in the IHDR chunk, which is always the first (PNG, 11.2.1)
_NOTES: Final = ("comment", "xmp", "photoshop", "XML:com.adobe.xmp")
_WHITE: Final = (255, 255, 255)

_Step = Callable[[Image.Image], tuple[Image.Image, str]]
"""One change to a picture, and the sentence about it; empty where there was nothing to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """An image as it is kept.

    Attributes:
        told: What was changed, a sentence each.
    """

    png: bytes
    width: int
    height: int
    told: tuple[str, ...]


def scan(data: bytes, *, name: str = "") -> Scan:
    """The picture in a file of that name. Blocks; call it in a thread.

    Raises:
        BadSheetError: It is no single PNG, JPEG or WebP picture, is damaged, too large, or shows nothing.
    """
    refuse_size(len(data))
    try:
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                developed = _developed(image, data, name=name)
        odd = any(warning.category is UserWarning for warning in heard)  # what Pillow says of a half-read file
        return replace(developed, told=(*developed.told, _HALF_READ)) if odd else developed
    except Image.DecompressionBombError as error:
        raise BadSheetError(f"the image has far more than {_TOO_MANY_PIXELS}") from error
    except UnidentifiedImageError as error:
        raise BadSheetError(_stranger(data)) from error
    except _DAMAGED as error:
        raise BadSheetError(f"the image is damaged or broken off ({str(error)[:80]}); export it again") from error


def refuse_size(count: int) -> None:
    """Let no file in whose bytes alone say that it is no usable image.

    Raises:
        BadSheetError: It is empty or too large.
    """
    if not count:
        raise BadSheetError("the image file is empty; export it again")
    if count > MOST_BYTES:
        raise BadSheetError(f"the image file has {_mb(count)}, at most {_mb(MOST_BYTES)} are taken; save it smaller")


def _developed(image: Image.Image, data: bytes, *, name: str) -> Scan:
    _refuse(image)
    told = list(_about_the_file(image, data, name=name))
    steps: tuple[_Step, ...] = (
        _upright,
        _eight_bits,
        _opaque,
        partial(_in_srgb, image.info.get("icc_profile")),
        _small,
    )
    image.load()
    picture = image
    for step in steps:
        picture, sentence = step(picture)
        told += [sentence] if sentence else []
    buffer = io.BytesIO()
    Image.fromarray(np.asarray(picture, dtype=np.uint8)).save(buffer, "PNG")  # from bare pixels: nothing hides in it
    return Scan(png=buffer.getvalue(), width=picture.width, height=picture.height, told=tuple(told))


def _refuse(image: Image.Image) -> None:
    count = getattr(image, "n_frames", 1)
    if image.width * image.height > MOST_PIXELS:
        raise BadSheetError(f"the image has {_size(image)} pixels, which is more than {_TOO_MANY_PIXELS}")
    if count > 1 and image.format != "MPO":
        raise BadSheetError(
            f"the image moves: it holds {count} pictures, and a reference is one; save the one you mean as a PNG"
        )


def _about_the_file(image: Image.Image, data: bytes, *, name: str) -> Iterator[str]:
    found = _NAMES[str(image.format)]
    suffix = PurePath(name).suffix.lower()
    if _SUFFIXES.get(suffix, str(image.format)) not in (image.format, found.upper()):
        yield f"the file is called {suffix} and holds a {found}; it was taken as what it holds"
    if image.format == "MPO":
        yield "the file holds several pictures, as some cameras write them; the first was taken"
    if found == "PNG" and data[_PNG_DEPTH_AT] > 8:
        yield "the image had 16 bits per colour; 8 of them are kept"
    if _is_annotated(image):
        yield "what was written inside the file, such as camera, place and author, was left out"


def _is_annotated(image: Image.Image) -> bool:
    return bool(
        set(image.getexif()) - {ExifTags.Base.Orientation}
        or any(image.info.get(note) for note in _NOTES)
        or getattr(image, "text", None)
    )


def _upright(image: Image.Image) -> tuple[Image.Image, str]:
    if image.getexif().get(ExifTags.Base.Orientation, 1) == 1:
        return image, ""
    return ImageOps.exif_transpose(image), "the image was turned upright, as its camera noted"


def _eight_bits(image: Image.Image) -> tuple[Image.Image, str]:
    """Grey of 16 bits to 8; Pillow itself would cut the bright end off. What is said of it is said of the file."""
    if not image.mode.startswith("I"):
        return image, ""
    return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)), ""


def _opaque(image: Image.Image) -> tuple[Image.Image, str]:
    if not image.has_transparency_data:
        return image, ""
    layered = image.convert("RGBA")
    alpha = layered.getchannel("A")
    least, most = np.asarray(alpha).min(), np.asarray(alpha).max()
    if most == 0:
        raise BadSheetError("the image is transparent all over and shows nothing; save it with its picture visible")
    flat = Image.new("RGB", layered.size, _WHITE)
    flat.paste(layered, mask=alpha)
    return flat, "" if least == 255 else "the image was transparent in places; these are white now"


def _in_srgb(profile: bytes | None, image: Image.Image) -> tuple[Image.Image, str]:
    if profile is not None:
        return _by_profile(profile, image)
    rough = "the image was in print colours (CMYK) without a profile; its colours are near, not exact"
    return image.convert("RGB"), rough if image.mode == "CMYK" else ""


def _by_profile(profile: bytes, image: Image.Image) -> tuple[Image.Image, str]:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        name = clean(ImageCms.getProfileDescription(source)).text[:60]
        inked = image.mode if image.mode in ("CMYK", "L") else "RGB"
        if inked == "RGB" and "srgb" in name.lower():
            return image.convert("RGB"), ""
        converted = ImageCms.profileToProfile(image.convert(inked), source, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert("RGB"), "the colour profile in the image does not fit it; its colours are taken as sRGB"
    if converted is None:  # only when converting in place, which is not asked for
        raise BadSheetError("the colours of the image cannot be converted; save it as sRGB")
    return converted, f"the colours of the image were converted to sRGB from {name!r}"


def _srgb() -> Any:
    return ImageCms.createProfile("sRGB")  # pyright: ignore[reportUnknownVariableType]  # Pillow leaves its type open


def _small(image: Image.Image) -> tuple[Image.Image, str]:
    if max(image.size) <= LONGEST_PX:
        return image, ""
    small = image.copy()
    small.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    return small, f"the image was scaled down from {_size(image)} to {_size(small)} pixels"


def _stranger(data: bytes) -> str:
    """What the bytes seem to be, and what to do about it."""
    starts = (told for at, mark, told in _STARTS if data[at : at + len(mark)] == mark)
    match next(starts, None):
        case None:
            return "this is no PNG, JPEG or WebP image; save the picture as one of these and add that"
        case "":
            return "the image is damaged or broken off; export it again"
        case kind:
            return f"this is {kind}; save the picture as a PNG, JPEG or WebP and add that"


def _size(image: Image.Image) -> str:
    return f"{image.width}x{image.height}"


def _mb(count: int) -> str:
    return f"{count / 1e6:.0f} MB"
