"""Taking a reference image in: looked at by content, re-encoded, stored under a generated name."""

import hashlib
import io
from collections.abc import AsyncIterator

import anyio.to_thread
from PIL import Image, UnidentifiedImageError

from agent.errors import BadSheetError
from agent.studio import Studio
from prompts.references import Dimension, Reference

MOST_PIXELS = 40_000_000
LONGEST_PX = 2048  # no vendor of ours gains from more, and bodies stay small
FORMATS = ("PNG", "JPEG", "WEBP")


async def add_reference(
    studio: Studio,
    project_id: str,
    *,
    data: bytes,
    label: str,
    use: tuple[Dimension, ...] = (),
    ignore: tuple[Dimension, ...] = (),
    note: str = "",
) -> Reference:
    """Store the image for the project.

    Raises:
        BadSheetError: It is no PNG, JPEG or WebP, is too large, or its lists contradict each other.
    """
    clean = await anyio.to_thread.run_sync(_reencode, data)
    digest = hashlib.sha256(clean).hexdigest()
    reference = Reference(id=digest[:16], label=label, use=use, ignore=ignore)
    name = f"{project_id}/{studio.new_id('ref')}.png"
    await studio.clips.put(name, _pieces(clean), most_bytes=len(clean))
    await studio.store.add_reference(project_id, reference, file=name, note=note)
    return reference


def _reencode(data: bytes) -> bytes:
    """The picture alone: metadata and anything hidden behind it stay out."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BadSheetError(f"the image has {image.width}x{image.height} pixels; send a smaller one")
            image.thumbnail((LONGEST_PX, LONGEST_PX))
            buffer = io.BytesIO()
            image.convert("RGB").save(buffer, "PNG")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadSheetError("this is no PNG, JPEG or WebP image; save it as one of these and try again") from error
    return buffer.getvalue()


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data
