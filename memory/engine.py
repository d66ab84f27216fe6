"""The connection to the rows: SQLite or Postgres, reads, and writes that wait their turn."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from memory import address, fences, sqlite
from memory.faults import told
from memory.whole import whole

R = TypeVar("R")

BUSY_S = 30.0
"""How long a writer waits for another process; three processes with 60 threads never got that far."""


class Database:
    """Rows behind reads and writes; every other module gets its connections here.

    Attributes:
        place: What a message calls it: the file, or the server's address without its password.
        file: The SQLite file; ``None`` on Postgres.
    """

    def __init__(self, engine: AsyncEngine, *, place: str, file: Path | None) -> None:
        self.engine = engine
        self.place = place
        self.file = file
        # SQLite has one writer; waiting here keeps the order and costs less than its busy handler.
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if file else nullcontext()

    @whole
    async def together(self, work: Callable[[], Awaitable[R]], *, durable: bool = False) -> R:
        """One transaction for all that is read and written by some short work, which tells its events last.

        Last, because an event keeps all others from taking a number until the transaction ends. Raises as `writing`.
        """
        async with self.writing(durable=durable) as connection:
            unit = _Unit(database=self, connection=connection, durable=durable)
            _running.set(unit)  # of the task that `whole` has made for this
            try:
                return await work()
            finally:
                unit.database = None

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A connection for one statement that changes nothing.

        Raises:
            StoreError: The database cannot be read.
        """
        with told(self.place):
            if (unit := self._unit()) is not None:
                yield unit.connection
                return
            async with self.engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, *, durable: bool = False, fenced: bool = True) -> AsyncGenerator[AsyncConnection]:
        """One transaction: all of it is stored, or nothing. Used in functions marked `memory.whole.whole`.

        Inside of `together` it is a part of that transaction.

        Args:
            durable: On the disk before it returns, also if the power goes; wanted where money follows.
            fenced: Refused when a lease of this task has gone to another process.

        Raises:
            StoreError: The database cannot be written.
            ConflictError: The task has lost its lease.
        """
        if (unit := self._unit()) is not None:
            with told(self.place):
                yield unit.joined(durable=durable)
            return
        writer = self.engine.execution_options(writing=True, durable=durable)
        async with self._turn:
            with told(self.place):
                async with writer.begin() as connection:
                    if fenced:
                        await fences.check(connection)
                    yield connection

    def _unit(self) -> "_Unit | None":
        unit = _running.get()
        return unit if unit is not None and unit.database is self else None


@dataclass(slots=True, eq=False)
class _Unit:
    """A transaction of several reads and writes; without a database once it is over, for tasks that outlive it."""

    database: Database | None
    connection: AsyncConnection
    durable: bool

    def joined(self, *, durable: bool) -> AsyncConnection:
        """Its connection, for a write that has to be on the disk no later than the whole."""
        if durable and not self.durable:
            raise ValueError("this write must be on the disk when it returns: begin with together(durable=True)")
        return self.connection


_running: ContextVar[_Unit | None] = ContextVar("unit", default=None)


async def queue_up(connection: AsyncConnection, *, line: int) -> None:
    """Wait until no other transaction is in this line; SQLite has only one writer anyway.

    Args:
        line: One of the numbers named by the callers; the same number means the same line.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(line)))


@asynccontextmanager
async def connect(url: str, *, busy_s: float = BUSY_S) -> AsyncGenerator[Database]:
    """Open the database of that address, making the folder of an SQLite file.

    Raises:
        StoreError: The address is no SQLite file or Postgres database, or the file or its folder cannot be made.
    """
    where = address.parse(url)
    file = address.file_of(where)
    if file:
        _try(file)
    engine = sqlite.open_file(where, busy_s=busy_s, dumps=_dumps) if file else _postgres(where)
    try:
        yield Database(engine, place=str(file or address.named(where)), file=file)
    finally:
        await engine.dispose()


def _try(file: Path) -> None:
    """Open the file once, here: the driver opens it in a thread that may outlive the failure and the event loop."""
    with told(str(file)), closing(sqlite3.connect(file)):
        pass


def _postgres(where: URL) -> AsyncEngine:
    return create_async_engine(where, pool_pre_ping=True, json_serializer=_dumps)


# NaN and infinity are no JSON: SQLite would take them and Postgres refuse them, so both refuse.
_dumps = partial(json.dumps, allow_nan=False, separators=(",", ":"))
