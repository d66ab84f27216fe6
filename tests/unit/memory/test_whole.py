"""Writes that end once they have begun."""

import asyncio

import pytest

from memory.whole import whole


async def test_a_write_ends_although_its_caller_is_cancelled_twice() -> None:
    gate, ended = asyncio.Event(), asyncio.Event()

    @whole
    async def write() -> None:
        await gate.wait()
        ended.set()

    task = asyncio.create_task(write())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()


async def test_what_goes_wrong_in_a_write_reaches_its_caller() -> None:
    @whole
    async def write() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await write()
