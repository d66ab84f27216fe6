"""What every part of the store has in hand: the database, a clock, fresh ids."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import NotFoundError
from memory.engine import Database

R = TypeVar("R")

PROJECT_NAMES, EVENT_NUMBERS, LEASE_KEYS, MIGRATIONS, JOB_SLOTS, ERRANDS, PEOPLE = range(730_001, 730_008)
"""Lines for `memory.engine.queue_up`: where two transactions must not run side by side on Postgres.

Advisory locks are shared by all programs of a database, so these start at a number of our own.
"""


class Rows:
    """One part of the store."""

    def __init__(self, database: Database, *, now_us: Callable[[], int], new_id: Callable[[str], str]) -> None:
        self.database = database
        self._now_us = now_us
        self._new_id = new_id

    async def together(self, work: Callable[[], Awaitable[R]], *, durable: bool = False) -> R:
        """All that this work reads and writes, in one transaction; see `memory.engine.Database.together`."""
        return await self.database.together(work, durable=durable)


async def lock(connection: AsyncConnection, table: Table, row_id: str, *, what: str) -> None:
    """Keep a row to this transaction, so that what is counted under it stays as counted; rows may go on naming it.

    Else who adds an event to a film, holding the line of numbers, would wait for who changes it and will tell so next.

    SQLite needs no lock of a row: its writers already come one at a time.

    Raises:
        NotFoundError: There is no such row.
    """
    rows = await connection.execute(select(table.c.id).where(table.c.id == row_id).with_for_update(key_share=True))
    if rows.first() is None:
        raise NotFoundError(what=what, name=row_id)
