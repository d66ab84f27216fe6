"""An image file scanned in a process of its own: whatever a hostile file does to the decoder ends there."""

from prompts.errors import BadSheetError
from tools import confined, scanner
from tools.confined import Bounds, BrokenOffError
from tools.scanner import Scan

BOUNDS = Bounds(cpu_s=60, data_mib=1536, wall_s=120.0)
"""The largest picture that is taken needs about half of this memory and a tenth of the time."""


async def scan(data: bytes, *, name: str = "") -> Scan:
    """The picture in a file of that name.

    Raises:
        BadSheetError: It is no single PNG, JPEG or WebP picture, is damaged, too large, shows nothing, or brought the
            decoder to a limit.
    """
    scanner.refuse_size(len(data))
    try:
        found = await confined.run(_scanned, data, name, bounds=BOUNDS)
    except BrokenOffError as error:
        raise BadSheetError(f"the image cannot be read: {error}; export it again") from error
    if isinstance(found, Scan):
        return found
    raise BadSheetError(found)


def _scanned(data: bytes, name: str) -> Scan | str:
    """The picture, or the sentence that refuses it."""
    try:
        return scanner.scan(data, name=name)
    except BadSheetError as error:
        return str(error)
