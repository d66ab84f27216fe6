"""How much memory clips take on their way to the disk.

Run as ``python -m benchmarks.downloads [CLIPS [MIB]]``. That many clips are fetched at once from a server on this
machine, in another process, by the code that fetches from vendors, and kept by the store of clips. The growth is the
most memory the process ever held (``VmHWM``) less what it held before; one clip was fetched by then, so that what is
loaded once does not count.
"""

import asyncio
import hashlib
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from multiprocessing.connection import Connection
from pathlib import Path

from memory.clips import FolderClips, open_clips
from tools.downloads import Downloads
from tools.http import Http

CLIPS, MIB = 8, 48
PIECE = bytes(range(256)) * 256  # 64 KiB
BAR_MIB = 80.0


def serve(ready: Connection, mib: int) -> None:
    """Answer every request with that much, until the process is ended; the port goes to ``ready``."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % (mib << 20))
        for _ in range((mib << 20) // len(PIECE)):
            writer.write(PIECE)
            await writer.drain()
        writer.close()

    async def forever() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


async def grown_mib(port: int, folder: Path, *, clips: int, mib: int) -> float:
    """MiB that fetching and keeping the clips took at its height.

    Raises:
        AssertionError: A clip did not come whole.
    """
    address = f"http://127.0.0.1:{port}"
    http = Http(vendor="loopback", base_url=address, secrets={}, transport=None, now_us=lambda: time.time_ns() // 1000)
    downloads, kept = Downloads(http), open_clips(folder)
    whole = hashlib.sha256(PIECE * ((mib << 20) // len(PIECE))).hexdigest()
    await _fetch(downloads, kept, address, "first.mp4", most_mib=mib)
    before = _from_here_on()
    names = [f"clip{nth}.mp4" for nth in range(clips)]
    hashes = await asyncio.gather(*(_fetch(downloads, kept, address, name, most_mib=mib) for name in names))
    grown = _held_mib("VmHWM") - before
    await http.close()
    assert set(hashes) == {whole}, "a clip did not come whole"
    return grown


def main() -> None:
    """Measure and print."""
    clips, mib = (int(given) for given in (*sys.argv[1:], *(str(CLIPS), str(MIB))[len(sys.argv) - 1 :]))
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, mib), daemon=True)
    server.start()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        grown = asyncio.run(grown_mib(ours.recv(), Path(folder), clips=clips, mib=mib))
        took_s = time.perf_counter() - began
    server.terminate()
    print(f"{f'{clips} clips of {mib} MiB at once':34}{grown:8.1f} MiB more (bar {BAR_MIB:g})  {took_s:5.1f} s")
    figures = {"grown_mib": round(grown, 1), "took_s": round(took_s, 1)}
    missed = ["grown_mib"] if grown > BAR_MIB else []
    print(json.dumps({"benchmark": "downloads", "figures": figures, "bars": {"grown_mib": BAR_MIB}, "missed": missed}))


async def _fetch(downloads: Downloads, kept: FolderClips, address: str, name: str, *, most_mib: int) -> str:
    pieces: AsyncIterator[bytes] = downloads.stream(f"{address}/{name}")
    sha256, _ = await kept.put(name, pieces, most_bytes=most_mib << 20)
    return sha256


def _from_here_on() -> float:
    """MiB held now; the height is measured anew after it."""
    Path("/proc/self/clear_refs").write_text("5")
    return _held_mib("VmRSS")


def _held_mib(field: str) -> float:
    """Memory of this process as the kernel tells it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


if __name__ == "__main__":
    main()
