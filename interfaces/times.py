"""Time and fresh ids, handed to whoever needs them."""

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import anyio


def now_us() -> int:
    """Wall clock, microseconds UTC."""
    return time.time_ns() // 1000


def new_id(prefix: str) -> str:
    """A fresh id that sorts by time and cannot be guessed."""
    return f"{prefix}_{now_us():014x}{secrets.token_hex(5)}"


async def sleep(seconds: float) -> None:
    """Wait, on the wall clock."""
    await anyio.sleep(seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What a house lives by: the wall clock, one for durations that is never set back, and a way to wait."""

    now_us: Callable[[], int] = now_us
    now_s: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = sleep
