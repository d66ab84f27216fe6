"""Clips and reference images as files: whole or not at all, never overwritten, hashed on the way in."""

import errno
import hashlib
import os
import re
import secrets
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from anyio import to_thread

from agent.errors import StoreError
from memory.faults import fault
from memory.filelock import lock_or_none

T = TypeVar("T")

_PART = r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}"
_NAME = re.compile(rf"(?:{_PART}/)?{_PART}(?:\.(?!part\b)[A-Za-z0-9]{{1,8}})?")
"""At most one folder, no dot but before the ending: such a name cannot leave the folder or be a partial file."""

_PARTIAL = ".part"
_PIECE_BYTES = 1 << 20
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class FolderClips:
    """`agent.ports.Clips` in a folder. Made by `open_clips`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, pieces: AsyncIterator[bytes], *, most_bytes: int) -> tuple[str, int]:
        """Store a stream under a new name: temporary file, sync, rename. Returns SHA-256 and size.

        Raises:
            StoreError: It cannot be written, the name is taken, or it passes ``most_bytes``; nothing is kept of it.
        """
        goal = self.path(name)
        writer = _Writer(goal)
        try:
            await self._off_loop(writer.open)
            async for piece in pieces:
                if writer.size + len(piece) > most_bytes:
                    raise StoreError(
                        f"{self._folder}: {name} is larger than {most_bytes} bytes; nothing of it was kept; "
                        "raise the limit if the clip may be that large"
                    )
                await self._off_loop(partial(writer.write, piece))
            await self._off_loop(writer.finish)
        finally:
            writer.close()
        return writer.sha256, writer.size

    def path(self, name: str) -> Path:
        """Where it lies, for reading.

        Raises:
            StoreError: That is no name the store would give.
        """
        if not _NAME.fullmatch(name):
            raise StoreError(
                f"{self._folder}: {name[:80]!r} is no name of a clip; nothing was read or written; "
                "use letters, digits, - and _, an ending, and at most one folder"
            )
        return self._folder / name

    async def read(self, name: str) -> bytes:
        """All of it; for reference images, which are small.

        Raises:
            StoreError: It is gone, or that is no name the store would give.
        """
        try:
            return await self._off_loop(self.path(name).read_bytes)
        except OSError as error:
            raise fault(str(self._folder), error) from error

    async def verify(self, name: str, *, sha256: str) -> bool:
        """Whether the file still is what was stored; a file that is gone is not."""
        return await self._off_loop(partial(_hash, self.path(name))) == sha256

    def remove_leftovers(self) -> None:
        """Delete partial files of writers that died; those of a living process stay."""
        for leftover in self._folder.rglob(f"*{_PARTIAL}"):
            descriptor = lock_or_none(leftover, flags=os.O_RDWR)
            if descriptor is not None:
                leftover.unlink(missing_ok=True)
                os.close(descriptor)

    async def _off_loop(self, work: Callable[[], T]) -> T:
        try:
            return await to_thread.run_sync(work)
        except OSError as error:
            raise fault(str(self._folder), error) from error


def open_clips(folder: Path) -> FolderClips:
    """The clips in a folder, which is made if need be; what died half-written is removed.

    Raises:
        StoreError: The folder cannot be made or written.
    """
    clips = FolderClips(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clips.remove_leftovers()
    except OSError as error:
        raise fault(str(folder), error) from error
    return clips


class _Writer:
    """One partial file on its way to its name. Blocks; call it off the event loop."""

    def __init__(self, goal: Path) -> None:
        self._goal = goal
        self._partial = goal.with_name(f".{goal.name}.{secrets.token_hex(8)}{_PARTIAL}")
        self._hash = hashlib.sha256()
        self._descriptor = -1
        self.size = 0

    def open(self) -> None:
        self._goal.parent.mkdir(parents=True, exist_ok=True)
        descriptor = lock_or_none(self._partial, flags=os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        if descriptor is None:
            raise FileExistsError(errno.EEXIST, "the partial file is taken")
        self._descriptor = descriptor

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, piece: bytes) -> None:
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self._hash.update(piece)
        self.size += len(piece)

    def finish(self) -> None:
        os.fsync(self._descriptor)
        try:
            _name(self._partial, self._goal)
        except FileExistsError as error:
            raise StoreError(f"{self._goal}: there is one already; it was left as it is; use a new name") from error
        _sync_folder(self._goal.parent)

    def close(self) -> None:
        if self._descriptor < 0:
            return
        self._partial.unlink(missing_ok=True)
        os.close(self._descriptor)


def _name(written: Path, goal: Path) -> None:
    try:
        os.link(written, goal)  # unlike a rename it fails where the goal exists
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if goal.exists():
            raise FileExistsError(errno.EEXIST, "taken", str(goal)) from error
        written.rename(goal)  # file systems without links; names are generated, so nobody else has this one


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while piece := file.read(_PIECE_BYTES):
                digest.update(piece)
            return digest.hexdigest()
    except FileNotFoundError:
        return None
