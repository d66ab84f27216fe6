"""What this process really did while a case ran: addresses it connected to, files it opened for writing."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_OURS = ("__pycache__", "/dev/")


@dataclass(slots=True)
class Deeds:
    """What was seen so far, each thing once, in order."""

    hosts: dict[str, None] = field(default_factory=dict[str, None])
    files: dict[str, None] = field(default_factory=dict[str, None])

    def within(self, folder: Path) -> list[str]:
        """The files as seen from a folder; one that lies outside it starts with ``..``."""
        return [os.path.relpath(file, folder) for file in self.files]


_watching: list[Deeds | None] = [None]
"""The last one counts. Of the process, not of a task: the store's own threads write too."""


@contextmanager
def watched() -> Generator[Deeds]:
    """Note every connection and every file that this process writes from here on."""
    _listen()
    deeds = Deeds()
    with _instead(deeds):
        yield deeds


@contextmanager
def unwatched() -> Generator[None]:
    """Look away: for the planner, whose language model may be anywhere."""
    with _instead(None):
        yield


@contextmanager
def _instead(deeds: Deeds | None) -> Generator[None]:
    _watching.append(deeds)
    try:
        yield
    finally:
        _watching.pop()


@cache
def _listen() -> None:
    """The interpreter tells of both by itself (PEP 578); a hook stays until the process ends."""
    sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    deeds = _watching[-1]
    if deeds is None:
        return
    match event, arguments:
        case "socket.connect", (_, (host, *_)):
            deeds.hosts[str(host)] = None
        case "open", (str() | bytes() as path, _, int(flags)) if flags & _WRITES:
            _note(deeds, os.fsdecode(path))
        case ("os.rename", (_, path, *_)) | ("os.link" | "os.symlink", (_, path, *_)) | ("sqlite3.connect", (path,)):
            _note(deeds, os.fsdecode(path))
        case _:
            pass


def _note(deeds: Deeds, path: str) -> None:
    nameless = os.path.isdir(path)  # no folder is opened for writing but for a file without a name, gone when closed
    if not nameless and not any(part in path for part in _OURS):
        deeds.files[os.path.abspath(path)] = None
