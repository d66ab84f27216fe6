"""Files that are there whole or not at all, under names that every file system takes."""

import os
import re
import secrets
import unicodedata
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from agent.errors import StoreError

LONGEST_SLUG = 48
PART = ".part"

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$")
"""Names that Windows keeps for devices (learn.microsoft.com, Naming Files, Paths, and Namespaces)."""


class ExportError(StoreError):
    """An export could not be written; nothing of it is left, and what was there before is untouched."""


def write(path: Path, data: bytes, *, replace: bool) -> None:
    """Bytes into a file.

    Raises:
        ExportError: It is there already and may not be replaced, or cannot be written.
    """
    with opened(path, replace=replace) as file:
        file.write(data)


@contextmanager
def opened(path: Path, *, replace: bool) -> Generator[BinaryIO]:
    """A file to write, beside its place; it is put there when all of it is on the disk.

    Raises:
        ExportError: It is there already and may not be replaced, or cannot be written.
    """
    beside = path.with_name(f".{secrets.token_hex(6)}{PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put(beside, path, replace=replace)
    except OSError as error:
        raise ExportError(
            f"{path} cannot be written ({error.strerror}); free some room or name another place"
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def refuse_taken(path: Path, *, replace: bool) -> None:
    """Say so early where a file is in the way, before anything is drawn or read.

    Raises:
        ExportError: It is there already and may not be replaced.
    """
    if path.exists() and not replace:
        raise ExportError(f"{path} is there already; nothing was written; take another name or add --replace")


def slug(text: str, *, otherwise: str) -> str:
    """Words of a text as part of a file name: small letters, digits and hyphens, on every file system the same."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z0-9]+", plain)
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        kept = longer
    return otherwise if not kept or _RESERVED.match(kept) else kept


def _put(beside: Path, path: Path, *, replace: bool) -> None:
    """In its place at once; without leave to replace, somebody who was quicker keeps it."""
    if replace:
        beside.replace(path)
        return
    try:
        os.link(beside, path)
    except FileExistsError:
        refuse_taken(path, replace=False)
        raise
    except OSError:  # a file system without links
        refuse_taken(path, replace=False)
        beside.replace(path)
