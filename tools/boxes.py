"""The outermost structure of an MP4 file: whether all of it is there, before a decoder gets to see it."""

import struct
from typing import BinaryIO

from agent.errors import BadClipError


def check(file: BinaryIO, *, size: int, most_bytes: int) -> None:
    """Walk the outermost boxes: an MP4 starts with ``ftyp`` and ends where its last box ends (ISO 14496-12, 4.2).

    Raises:
        BadClipError: The file is empty, too large, cut short, or no MP4.
    """
    if size == 0:
        raise BadClipError("the file is empty; fetch it again")
    if size > most_bytes:
        raise BadClipError(f"the file has {size} bytes and at most {most_bytes} are read; it was not opened")
    kinds: list[bytes] = []
    at = 0
    while at < size:
        length, kind = _box(file, at=at, size=size)
        kinds.append(kind)
        if kinds[0] != b"ftyp":
            raise BadClipError("the file is not an MP4 (a page, a playlist or something else); fetch it again")
        at += length
    if at != size:
        raise BadClipError(f"the file is cut short: {at} bytes were promised and {size} came; fetch it again")
    if b"moov" not in kinds:
        raise BadClipError("the file has no index (cut short before it was written); fetch it again")


def _box(file: BinaryIO, *, at: int, size: int) -> tuple[int, bytes]:
    """Length and kind of the box at an offset."""
    file.seek(at)
    head = file.read(16)
    if len(head) < 8:
        raise BadClipError("the file is cut short inside a box; fetch it again")
    length, kind = struct.unpack(">I4s", head[:8])
    if length == 0:  # reaches to the end of the file
        return size - at, kind
    if length == 1 and len(head) == 16:
        length = struct.unpack(">Q", head[8:])[0]
    if length < 8:
        raise BadClipError("the file is not an MP4 (a page, a playlist or something else); fetch it again")
    return length, kind
