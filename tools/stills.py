"""Reference images as checks see them: decoded, shrunk, and with their use and ignore lists."""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from agent.jobs import Still
from prompts.references import Reference
from tools import pixels
from tools.scaling import LONGEST_RGB_PX, small_size
from tools.viewing import ReferenceStill

MOST_PIXELS = 64_000_000
FORMATS = ("PNG", "JPEG", "WEBP")


def read(
    stills: Sequence[Still], *, references: Sequence[Reference]
) -> tuple[tuple[ReferenceStill, ...], tuple[str, ...]]:
    """The decoded references, and a sentence for each that does not decode. Blocks; call it in a thread."""
    by_label = {reference.label: reference for reference in references}
    decoded: list[ReferenceStill] = []
    unreadable: list[str] = []
    for still in stills:
        try:
            # An image the prompt says nothing about is used whole: nothing of it is told to be left out.
            reference = by_label.get(still.label) or Reference(id=still.label, label=still.label)
            decoded.append(_decoded(still, reference))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, UnidentifiedImageError) as error:
            unreadable.append(f"reference {still.label} cannot be decoded ({str(error)[:80]})")
    return tuple(decoded), tuple(unreadable)


def _decoded(still: Still, reference: Reference) -> ReferenceStill:
    with Image.open(io.BytesIO(still.data), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError(f"{picture.width}x{picture.height} is more than {MOST_PIXELS} pixels")
        count = getattr(picture, "n_frames", 1)
        if count > 1 and picture.format != "MPO":  # the second picture of a camera's MPO is a preview of the first
            raise ValueError(f"it moves: it holds {count} pictures, and a reference is one")
        whole = _flat(ImageOps.exif_transpose(picture))
    rgb = pixels.shrink_rgb(np.asarray(whole, dtype=np.uint8), longest=LONGEST_RGB_PX)
    size = small_size(rgb.shape[1], rgb.shape[0])
    small = np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BOX), dtype=np.uint8)
    return ReferenceStill(reference=reference, rgb=rgb, small=small)


def _flat(picture: Image.Image) -> Image.Image:
    """In RGB, on white where it is transparent; inks (CMYK) as Pillow mixes them, near and not exact."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
