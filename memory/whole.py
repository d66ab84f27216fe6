"""Work on rows that ends once it has begun, also when its caller is cancelled."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from types import CoroutineType
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


def whole(work: Callable[P, Coroutine[Any, Any, R]]) -> "Callable[P, CoroutineType[Any, Any, R]]":
    """Let a read or write finish before a cancel of its caller goes on; both are short.

    A cancel in the middle of a statement would leave the connection, and SQLite's one write lock with it, to whoever
    cleans up later. It also gives a cancelled submit a known state: the intent is stored, or it is not.
    """

    @wraps(work)
    async def to_the_end(*args: P.args, **kwargs: P.kwargs) -> R:
        task = asyncio.create_task(work(*args, **kwargs))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await _ended(task)
            raise

    return cast("Callable[P, CoroutineType[Any, Any, R]]", to_the_end)


async def _ended(task: asyncio.Task[Any]) -> None:
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            continue  # asked again; the first cancel is on its way already
    if not task.cancelled():
        task.exception()  # the caller hears of the cancel, not of this
