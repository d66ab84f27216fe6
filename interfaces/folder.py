"""The data folder, made ready before anything is opened in it."""

import os
from pathlib import Path

from agent.errors import StoreError


def make_folder(folder: Path) -> None:
    """Make the folder if it is not there.

    Raises:
        StoreError: It cannot be made or written; the message names the setting.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(
            folder, "a file is in its place" if folder.is_file() else error.strerror or "unknown"
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise _unusable(folder, "it may not be written")


def _unusable(folder: Path, why: str) -> StoreError:
    return StoreError(
        f"the data folder {folder} cannot be used ({why}); nothing was started; "
        "make it writable, or set COUNTERSTEER_FOLDER to a folder that is"
    )
