"""The connection to the rows: SQLite or Postgres, reads, and writes that wait their turn."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from memory import address, fences
from memory.faults import told

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

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A connection for one statement that changes nothing.

        Raises:
            StoreError: The database cannot be read.
        """
        with told(self.place):
            async with self.engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, *, durable: bool = False, fenced: bool = True) -> AsyncGenerator[AsyncConnection]:
        """One transaction: all of it is stored, or nothing. Used in functions marked `memory.whole.whole`.

        Args:
            durable: On the disk before it returns, also if the power goes; wanted where money follows.
            fenced: Refused when a lease of this task has gone to another process.

        Raises:
            StoreError: The database cannot be written.
            ConflictError: The task has lost its lease.
        """
        writer = self.engine.execution_options(writing=True, durable=durable)
        async with self._turn:
            with told(self.place):
                async with writer.begin() as connection:
                    if fenced:
                        await fences.check(connection)
                    yield connection


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
    engine = _sqlite(where, busy_s=busy_s) if file else _postgres(where)
    try:
        yield Database(engine, place=str(file or address.named(where)), file=file)
    finally:
        await engine.dispose()


def _try(file: Path) -> None:
    """Open the file once, here: the driver opens it in a thread that may outlive the failure and the event loop."""
    with told(str(file)), closing(sqlite3.connect(file)):
        pass


def _sqlite(where: URL, *, busy_s: float) -> AsyncEngine:
    engine = create_async_engine(where, connect_args={"timeout": busy_s}, json_serializer=_dumps)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _postgres(where: URL) -> AsyncEngine:
    return create_async_engine(where, pool_pre_ping=True, json_serializer=_dumps)


# NaN and infinity are no JSON: SQLite would take them and Postgres refuse them, so both refuse.
_dumps = partial(json.dumps, allow_nan=False, separators=(",", ":"))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: a deferred one that writes later fails when locked.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("writing"):
        return  # a read is one statement and its own transaction
    wanted = "FULL" if options.get("durable") else "NORMAL"
    if connection.info.get("synchronous", "NORMAL") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous = {wanted}")
        connection.info["synchronous"] = wanted
    connection.exec_driver_sql("BEGIN IMMEDIATE")
