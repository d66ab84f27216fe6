"""A dropped image as it is shown before it is kept: small, inside the answer, with what would be changed of it."""

import base64
import io
from dataclasses import dataclass
from pathlib import PurePath

import anyio.to_thread
from PIL import Image

from tools import scanning
from tools.scanner import Scan

WIDTH_PX = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """One image.

    Attributes:
        label: What it would be called, unless the person says otherwise.
        src: The picture as a data address.
        told: What would be changed of it, a sentence each.
    """

    name: str
    label: str
    src: str
    width: int
    height: int
    told: tuple[str, ...]


async def pictured(data: bytes, *, name: str) -> Pictured:
    """The image, scanned as it would be for keeping.

    Raises:
        BadSheetError: It is no usable image.
    """
    scan = await scanning.scan(data, name=name)
    src = await anyio.to_thread.run_sync(_small, scan)
    label = PurePath(name).stem[:60]
    return Pictured(name=name, label=label, src=src, width=scan.width, height=scan.height, told=scan.told)


def _small(scan: Scan) -> str:
    with Image.open(io.BytesIO(scan.png), formats=("PNG",)) as image:
        small = image.convert("RGB")
    small.thumbnail((WIDTH_PX, WIDTH_PX))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=80)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"
