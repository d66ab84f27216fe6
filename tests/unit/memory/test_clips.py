"""Clips on disk: whole or not at all."""

import hashlib
import resource
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest

from agent.errors import StoreError
from agent.ports import Clips
from memory.clips import FolderClips, open_clips

PIECES = (b"first" * 1000, b"second" * 1000)
WHOLE = b"".join(PIECES)


async def _stream(*pieces: bytes, broken: BaseException | None = None) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
    if broken is not None:
        raise broken


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "clips"


@pytest.fixture
def kept(folder: Path) -> FolderClips:
    return open_clips(folder)


async def test_a_stream_is_stored_whole_with_its_hash_and_size(kept: FolderClips, folder: Path) -> None:
    port: Clips = kept
    assert await port.put("film/take-1.mp4", _stream(*PIECES), most_bytes=len(WHOLE)) == (
        hashlib.sha256(WHOLE).hexdigest(),
        len(WHOLE),
    )
    assert kept.path("film/take-1.mp4").read_bytes() == WHOLE
    assert _files(folder) == ["film/take-1.mp4"]


async def test_a_stream_that_breaks_off_leaves_nothing(kept: FolderClips, folder: Path) -> None:
    with pytest.raises(ConnectionResetError):
        await kept.put("take-1.mp4", _stream(*PIECES, broken=ConnectionResetError()), most_bytes=10**6)
    assert _files(folder) == []


async def test_a_stream_past_the_cap_leaves_nothing(kept: FolderClips, folder: Path) -> None:
    with pytest.raises(StoreError, match=r"clips.*take-1\.mp4 is larger than 10999 bytes.*raise the limit"):
        await kept.put("take-1.mp4", _stream(*PIECES), most_bytes=len(WHOLE) - 1)
    assert _files(folder) == []


async def test_a_name_in_use_is_refused_and_its_clip_stays(kept: FolderClips, folder: Path) -> None:
    await kept.put("take-1.mp4", _stream(b"old"), most_bytes=10)
    with pytest.raises(StoreError, match="left as it is"):
        await kept.put("take-1.mp4", _stream(b"new"), most_bytes=10)
    assert kept.path("take-1.mp4").read_bytes() == b"old"
    assert _files(folder) == ["take-1.mp4"]


async def test_of_two_writers_of_one_name_one_wins(kept: FolderClips, folder: Path) -> None:
    outcomes: list[str] = []

    async def put(content: bytes) -> None:
        try:
            await kept.put("take-1.mp4", _stream(content), most_bytes=10)
            outcomes.append("kept")
        except StoreError:
            outcomes.append("refused")

    async with anyio.create_task_group() as group:
        group.start_soon(put, b"one")
        group.start_soon(put, b"two")
    assert sorted(outcomes) == ["kept", "refused"]
    assert _files(folder) == ["take-1.mp4"]


async def test_a_flipped_byte_is_noticed(kept: FolderClips) -> None:
    sha256, _ = await kept.put("take-1.mp4", _stream(*PIECES), most_bytes=10**6)
    assert await kept.verify("take-1.mp4", sha256=sha256)
    path = kept.path("take-1.mp4")
    path.write_bytes(WHOLE[:-1] + bytes([WHOLE[-1] ^ 1]))
    assert not await kept.verify("take-1.mp4", sha256=sha256)


async def test_a_clip_that_is_gone_is_not_what_was_stored(kept: FolderClips) -> None:
    assert not await kept.verify("take-1.mp4", sha256="00")


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../x", "a/../x", "/etc/passwd", "a/b/c", "a\\b", "a\0b", ".hidden", "x.part/y", "ü.mp4"),
        *("a.", "a..mp4", "a/", "/a", " a", "a\n", "film/.x.mp4", "C:x", "a" * 300, "take-1.part"),
    ],
)
async def test_a_name_that_could_leave_the_folder_is_refused(kept: FolderClips, folder: Path, name: str) -> None:
    with pytest.raises(StoreError, match="no name of a clip"):
        kept.path(name)
    with pytest.raises(StoreError):
        await kept.put(name, _stream(b"x"), most_bytes=10)
    assert _files(folder) == []


async def test_a_cancelled_download_leaves_nothing(kept: FolderClips, folder: Path) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"begun"
        scope.cancel()
        await anyio.sleep_forever()

    with anyio.CancelScope() as scope:
        await kept.put("take-1.mp4", endless(), most_bytes=10)
    assert _files(folder) == []


async def test_what_a_killed_writer_left_is_removed_at_the_next_start(folder: Path) -> None:
    script = (
        "import asyncio, os\n"
        "from pathlib import Path\n"
        "from memory.clips import open_clips\n"
        "async def pieces():\n"
        "    yield b'half'\n"
        "    os._exit(9)\n"
        f"asyncio.run(open_clips(Path('{folder}')).put('film/take-1.mp4', pieces(), most_bytes=10))\n"
    )
    assert (await anyio.run_process([sys.executable, "-c", script], check=False)).returncode == 9
    assert len(_files(folder)) == 1
    kept = open_clips(folder)
    assert _files(folder) == []
    await kept.put("film/take-1.mp4", _stream(b"whole"), most_bytes=10)


async def test_what_a_living_writer_has_begun_is_left_to_it(kept: FolderClips, folder: Path) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"half"
        open_clips(folder)
        yield b"whole"

    await kept.put("take-1.mp4", pieces(), most_bytes=10)
    assert _files(folder) == ["take-1.mp4"]


async def test_a_disk_that_takes_no_more_is_told_and_nothing_is_left(kept: FolderClips, folder: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(PIECES[0]), before[1]))
    try:
        with pytest.raises(StoreError, match="clips: File too large; nothing of this step was kept"):
            await kept.put("take-1.mp4", _stream(*PIECES), most_bytes=10**6)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert _files(folder) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="clips"):
        open_clips(tmp_path / "clips")
