"""Drawing the pictures of board and contact sheet from clips and images. Blocks; called in threads."""

import base64
import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, UnidentifiedImageError

from agent.findings import Evidence
from tools.media import Frame, decode

SHOWN = 5  # frames of a strip
SAMPLES = 20  # frames decoded; evidence without a picture of its own is drawn on the nearest
WIDTH_PX = 320
GAP_PX = 2
OUTLINE = "#ff8a70"
QUALITY = 82


def strip(clip: Path) -> bytes:
    """Five frames side by side, from the middle of each fifth of the clip.

    Raises:
        BadClipError: The clip does not decode.
    """
    frames = [small(frame) for frame in decode(clip, samples=SHOWN).frames]
    row = Image.new("RGB", (len(frames) * (WIDTH_PX + GAP_PX) - GAP_PX, frames[0].height))
    for nth, frame in enumerate(frames):
        row.paste(frame, (nth * (WIDTH_PX + GAP_PX), 0))
    return _jpeg(row)


def poster(clip: Path) -> bytes:
    """The first of the frames that are looked at; the very first is often black.

    Raises:
        BadClipError: The clip does not decode.
    """
    return _jpeg(small(decode(clip, samples=SAMPLES).frames[0], width_px=2 * WIDTH_PX))


def framed(clip: Path, *, shown: Evidence) -> bytes:
    """The frame nearest to where something was seen, with a line around the place.

    Raises:
        BadClipError: The clip does not decode.
    """
    frame = nearest(decode(clip, samples=SAMPLES).frames, shown)
    return _jpeg(outlined(small(frame, width_px=2 * WIDTH_PX), shown))


def nearest(frames: Sequence[Frame], shown: Evidence) -> Frame:
    """The frame that is nearest to the one that is meant."""
    return min(frames, key=lambda frame: abs(frame.index - shown.frame))


def outlined(image: Image.Image, shown: Evidence) -> Image.Image:
    """The image with a line around the place that is meant, where one is."""
    if shown.box is not None:
        left, top, width, height = shown.box
        corners = (left * image.width, top * image.height, (left + width) * image.width, (top + height) * image.height)
        ImageDraw.Draw(image).rectangle(corners, outline=OUTLINE, width=max(2, image.width // 200))
    return image


def small(frame: Frame, *, width_px: int = WIDTH_PX) -> Image.Image:
    """The frame at that width."""
    image = Image.fromarray(frame.rgb)
    return image.resize((width_px, max(1, round(image.height * width_px / image.width))))


def kept(shown: Evidence) -> bytes | None:
    """The picture that was kept with the verdict; nothing where there is none, or the row does not hold a JPEG."""
    try:
        data = base64.b64decode(shown.picture, validate=True)
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            image.verify()
    except (ValueError, OSError, UnidentifiedImageError, SyntaxError):
        return None
    return data


def shrunk(data: bytes) -> bytes:
    """A stored image, small."""
    with Image.open(io.BytesIO(data)) as image:
        image.thumbnail((2 * WIDTH_PX, 2 * WIDTH_PX))
        return _jpeg(image.convert("RGB"))


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
