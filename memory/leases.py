"""Leases: one run of a conversation or shot at a time, in this process and across processes."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from weakref import WeakValueDictionary

import anyio
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import StoreError
from memory import fences, tables
from memory.engine import Database, queue_up
from memory.fences import Held
from memory.rows import LEASE_KEYS
from memory.whole import whole

FOR_S = 10.0
"""A lease outlives its holder by this much at most; it is renewed three times in that span."""

_AGAIN_S = 0.05

_rows = tables.leases


class Leases:
    """Hands out leases. Takers in one process get theirs in the order they asked.

    The clock and the sleep are real ones even where a film runs on a virtual clock: other processes share no other.

    Args:
        now_us: Wall clock, microseconds UTC.
        new_id: Names this holder among all processes.
        sleep: Waits that many seconds.
        for_s: How long a lease holds without being renewed.
    """

    def __init__(
        self,
        database: Database,
        *,
        now_us: Callable[[], int],
        new_id: Callable[[str], str],
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
        for_s: float = FOR_S,
    ) -> None:
        self._database = database
        self._now_us = now_us
        self._holder = new_id("holder")
        self._sleep = sleep
        self._for_s = for_s
        self._orders: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._held: set[Held] = set()
        self._renewing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncGenerator[None]:
        """Wait for the lease of that key and keep it; every write of the task inside is refused once it is lost.

        Raises:
            StoreError: The row of the lease cannot be written.
        """
        order = self._orders.setdefault(key, asyncio.Lock())
        async with order:
            lease = await self._take(key)
            before = fences.held.get()
            fences.held.set((*before, lease))
            try:
                yield
            finally:
                fences.held.set(before)
                await self._give_back(lease)

    @whole
    async def renew(self) -> None:
        """Prolong all leases of this holder; one that has gone to somebody else stays there."""
        mine = (_rows.c.holder == self._holder, _rows.c.key.in_([lease.key for lease in self._held]))
        async with self._database.writing(fenced=False) as connection:
            await connection.execute(update(_rows).where(*mine).values(until_us=self._until_us()))

    async def _take(self, key: str) -> Held:
        while (fence := await self._try(key)) is None:
            await self._sleep(_AGAIN_S)
        lease = Held(key=key, fence=fence)
        self._held.add(lease)
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._keep_renewing())
        return lease

    @whole
    async def _try(self, key: str) -> int | None:
        async with self._database.writing(fenced=False) as connection:
            await queue_up(connection, line=LEASE_KEYS)
            row = (await connection.execute(select(_rows).where(_rows.c.key == key))).first()
            if row is None:
                return await self._first(connection, key)
            # A lease of our own that nobody here holds is one whose taker was cancelled.
            if row.holder not in (None, self._holder) and row.until_us > self._now_us():
                return None
            fence: int = row.fence + 1
            values = {"holder": self._holder, "fence": fence, "until_us": self._until_us()}
            await connection.execute(update(_rows).where(_rows.c.key == key).values(**values))
        return fence

    async def _first(self, connection: AsyncConnection, key: str) -> int:
        values = {"key": key, "holder": self._holder, "fence": 1, "until_us": self._until_us()}
        await connection.execute(insert(_rows).values(**values))
        return 1

    @whole
    async def _give_back(self, lease: Held) -> None:
        lease.active = False
        self._held.discard(lease)
        if not self._held:
            await self._stop_renewing()
        async with self._database.writing(fenced=False) as connection:
            mine = (_rows.c.key == lease.key, _rows.c.fence == lease.fence)
            await connection.execute(update(_rows).where(*mine).values(holder=None))

    async def _keep_renewing(self) -> None:
        while True:
            await self._sleep(self._for_s / 3)
            # A full disk now may be free again at the next turn; if not, the lease runs out and the fence holds.
            with suppress(StoreError):
                await self.renew()

    async def _stop_renewing(self) -> None:
        task, self._renewing = self._renewing, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    def _until_us(self) -> int:
        return self._now_us() + int(self._for_s * 1_000_000)
