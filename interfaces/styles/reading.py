"""A style library from a file that anybody may have written: size and encoding are looked at before anything else."""

import codecs
from pathlib import Path

import anyio

from agent.errors import BadSheetError
from prompts.libraries import forms
from prompts.libraries.library import Library

MOST_BYTES = 5_000_000
"""The largest of the public libraries has 24 kB; collections of thousands of styles that people share have 2 MB."""


async def read_library(file: Path) -> Library:
    """The styles of the file; what of it could not be read is told with its line.

    Raises:
        BadSheetError: It cannot be read, is far too large, or holds no style at all.
    """
    try:
        async with await anyio.open_file(file, "rb") as opened:
            data = await opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadSheetError(f"{file} cannot be read ({error.strerror}); name a library of styles") from error
    if len(data) > MOST_BYTES:
        most = f"{MOST_BYTES / 1e6:.0f} MB"
        raise BadSheetError(f"{file} has more than {most}, the most a library may have; nothing was read; cut it up")
    return of_bytes(data, name=str(file))


def of_bytes(data: bytes, *, name: str) -> Library:
    """The styles of a file's bytes. What is not UTF-8 stays marked, so that only the styles it is in are left out.

    Raises:
        BadSheetError: It holds no style at all.
    """
    library = forms.read(_text(data))
    if not library.presets:
        why = "; ".join(map(str, library.complaints[:3])) or "it is empty"
        raise BadSheetError(
            f"{name} holds no style that can be read ({why}); "
            "a styles.csv of a web UI, an SDXL styler list or InvokeAI presets are understood"
        )
    return library


def _text(data: bytes) -> str:
    """UTF-16 says so in its first bytes; everything else is taken for UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
