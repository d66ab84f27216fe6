"""What is uploaded, up to the most that is taken; nothing of what is refused is kept."""

from typing import Annotated, Any

from fastapi import File, UploadFile

from agent.errors import CountersteerError

PIECE_BYTES = 1 << 20
AROUND_BYTES = 64 * 1024
"""What a form has besides its one file."""

MOST_JSON_BYTES = 1_000_000
LIMITS: Any = {"max_files": 1, "max_fields": 20, "max_part_size": 20_000}

Uploaded = Annotated[UploadFile, File(description="The file.")]


class TooLargeError(CountersteerError):
    """More was sent than is taken; nothing of it was kept."""


async def held(file: UploadFile, *, most: int) -> bytes:
    """All of an uploaded file.

    Raises:
        TooLargeError: It is larger than that.
    """
    data = bytearray()
    while piece := await file.read(PIECE_BYTES):
        data += piece
        if len(data) > most:
            raise TooLargeError(f"the file has more than {most / 1e6:g} MB, which is the most; nothing of it was kept")
    return bytes(data)
