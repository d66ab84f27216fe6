"""Lines from a pipe."""

import os
from collections.abc import Sequence

import anyio
import pytest

from interfaces.command import piped


async def read(*pieces: bytes) -> list[str]:
    """What comes out of a pipe these bytes went into."""
    receiving, sending = os.pipe()
    for piece in pieces:
        os.write(sending, piece)
    os.close(sending)
    try:
        return [line async for line in piped.lines(receiving)]
    finally:
        os.close(receiving)


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ([], []),
        ([b"a\nb\n"], ["a", "b"]),
        ([b"a\r\nb"], ["a", "b"]),
        ([b"\n\n"], ["", ""]),
        (["é\n".encode()[:1], "é\n".encode()[1:]], ["é"]),
        ([b"\xff\xfe\n"], ["\ufffd\ufffd"]),
        ([b"a" * 20_000, b"b" * 20_000 + b"\n"], ["a" * 20_000 + "b" * 20_000]),
    ],
)
async def test_lines_come_whole_whatever_the_bytes(pieces: Sequence[bytes], lines: list[str]) -> None:
    assert await read(*pieces) == lines


async def test_waiting_for_a_line_can_be_interrupted() -> None:
    receiving, sending = os.pipe()
    with anyio.move_on_after(0.05) as waiting:
        async for _ in piped.lines(receiving):
            raise AssertionError("nothing was written")
    os.close(sending)

    assert waiting.cancelled_caught
