"""An SQLite file as the engine opens it: what cannot wait runs at once, what may wait runs in a thread."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec, TypeVar

import aiosqlite
from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

P = ParamSpec("P")
R = TypeVar("R")

_BEGIN = "BEGIN IMMEDIATE"


class _AtOnce(aiosqlite.Connection):
    """A connection whose statements run where they are asked for, once it has the file's write lock.

    Handing a statement to the driver's thread and its rows back takes four changes of thread, ten times what the
    statement takes; only the lock and the disk keep anybody waiting, and a reader waits for neither.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True  # as SQLAlchemy does it for connections that it makes itself

    async def _execute(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        if args[:1] == (_BEGIN,) or fn in (self._conn.commit, self._conn.close):
            done: R = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]  # in aiosqlite
            return done
        return fn(*args, **kwargs)


def open_file(where: URL, *, busy_s: float, dumps: Callable[[Any], str]) -> AsyncEngine:
    """The engine for an SQLite file.

    Args:
        where: Its address.
        busy_s: How long a writer waits for another process.
        dumps: Writes JSON columns.
    """
    # The driver must not begin transactions by itself: a deferred one that writes later fails when locked.
    connect = partial(
        sqlite3.connect, where.database or "", timeout=busy_s, isolation_level=None, check_same_thread=False
    )

    async def opened() -> aiosqlite.Connection:
        return await _AtOnce(connect)

    engine = create_async_engine(where, async_creator=opened, json_serializer=dumps)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("writing"):
        return  # a read is one statement and its own transaction
    wanted = "FULL" if options.get("durable") else "NORMAL"
    if connection.info.get("synchronous", "NORMAL") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous = {wanted}")
        connection.info["synchronous"] = wanted
    connection.exec_driver_sql(_BEGIN)
