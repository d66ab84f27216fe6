"""Lines from a pipe or a file, read beside the event loop so that Ctrl-C is heard while nothing arrives."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from functools import partial

PIECE_BYTES = 65_536


async def lines(file_number: int) -> AsyncIterator[str]:
    """Each line without its end. Bytes that are no UTF-8 become replacement characters."""
    loop = asyncio.get_running_loop()
    pieces: asyncio.Queue[bytes] = asyncio.Queue()
    hand_over = partial(_hand_over, loop, pieces)
    threading.Thread(target=_read, args=(file_number, hand_over), daemon=True, name="stdin").start()
    rest = b""
    while piece := await pieces.get():
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", "replace").rstrip("\r")
    if rest:
        yield rest.decode("utf-8", "replace")


def _read(file_number: int, hand_over: "partial[None]") -> None:
    """Pieces until the end, which is an empty piece. `os.read` holds no lock that would block the way out."""
    piece = b"more"
    while piece:
        piece = os.read(file_number, PIECE_BYTES)
        hand_over(piece)


def _hand_over(loop: asyncio.AbstractEventLoop, pieces: "asyncio.Queue[bytes]", piece: bytes) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(pieces.put_nowait, piece)
