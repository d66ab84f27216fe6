"""Moving all rows from one database to another: all of them or none, compared row by row before it counts."""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import anyio
from sqlalchemy import Table, Text, collate, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import StoreError
from memory import learned, migrating, production, tables, thread_tables
from memory.columns import metadata
from memory.engine import Database, connect
from memory.faults import told
from memory.migrating import MOVED, OURS, VERSION

ROOMS = (tables, production, learned, thread_tables)
"""The modules that name the tables."""

TABLES = tuple(metadata.sorted_tables)
"""Every table there is, those that others point at first."""

_AT_ONCE = 500
_BUSY_S = 1.0


async def move(source: str, goal: str) -> int:
    """Put every row of one database into the other, which has none, and close the first to all programs; how many.

    Cut short, it is begun again: until the last step the first database is the one that counts.

    Raises:
        StoreError: Something runs on one of them, the goal has films of its own, or a row would not come out the same;
            nothing was moved.
    """
    async with connect(source, busy_s=_BUSY_S) as old, connect(goal, busy_s=_BUSY_S) as new:
        await migrating.bring_up(old)
        stale = await migrating.version(new) == f"{MOVED}{OURS.head}"
        if not stale:
            await migrating.bring_up(new)
        async with _alone(old) as reading:
            async with _alone(new) as writing:
                if stale:
                    await _empty(writing)
                rows = await _copy(reading, writing, place=new.place)
                await writing.execute(update(VERSION).values(version_num=OURS.head))
            await reading.execute(update(VERSION).values(version_num=f"{MOVED}{OURS.head}"))
    return rows


async def _copy(old: AsyncConnection, new: AsyncConnection, *, place: str) -> int:
    """Copy what the goal lacks, and compare all; the number of rows."""
    if await _count(new) == 0:
        for table in TABLES:
            await _fill(table, old, new)
    total = 0
    for table in TABLES:
        same, rows = await _compare(table, old, new)
        if not same:
            raise StoreError(
                f"{place}: its table {table.name} is not what was to be moved there; nothing was moved and both are "
                "as they were; name a database without films"
            )
        total += rows
    return total


async def _fill(table: Table, old: AsyncConnection, new: AsyncConnection) -> None:
    async for rows in _batches(table, old):
        await new.execute(insert(table), rows)
    counted = table.autoincrement_column
    if counted is not None and new.dialect.name == "postgresql":
        highest = select(func.max(counted)).scalar_subquery()
        row = func.pg_get_serial_sequence(table.name, counted.name)
        await new.execute(select(func.setval(row, highest)).where(highest.is_not(None)))


async def _compare(table: Table, old: AsyncConnection, new: AsyncConnection) -> tuple[bool, int]:
    """Whether both hold the same rows, and how many."""
    count = 0
    theirs = _batches(table, new)
    async for rows in _batches(table, old):
        if rows != await anext(theirs, None):
            return False, count
        count += len(rows)
    return await anext(theirs, None) is None, count


async def _batches(table: Table, connection: AsyncConnection) -> AsyncGenerator[list[dict[str, Any]]]:
    """The rows in the order of their key, some at a time; words by their bytes, as SQLite orders them."""
    words = connection.dialect.name == "postgresql"
    key = [collate(each, "C") if words and isinstance(each.type, Text) else each for each in table.primary_key.columns]
    rows = await connection.stream(select(table).order_by(*key), execution_options={"yield_per": _AT_ONCE})
    async for some in rows.mappings().partitions():
        yield [dict(row) for row in some]


async def _count(connection: AsyncConnection) -> int:
    counts = [await connection.scalar(select(func.count()).select_from(table)) for table in TABLES]
    return sum(count or 0 for count in counts)


async def _empty(connection: AsyncConnection) -> None:
    """Take out what was moved away from here before; whatever changed since is where it was moved to."""
    for table in reversed(TABLES):
        await connection.execute(delete(table))


@asynccontextmanager
async def _alone(database: Database) -> AsyncGenerator[AsyncConnection]:
    """One transaction that nobody else looks at or writes beside, kept if nothing fails.

    Raises:
        StoreError: Somebody has the database open.
    """
    await database.engine.dispose()
    if database.file:
        with told(database.place):
            await anyio.to_thread.run_sync(_refuse_company, database.file)
    with told(database.place):
        writer = database.engine.execution_options(writing=True, durable=True)
        async with writer.begin() as connection:
            if database.file is None and await connection.scalar(_OTHERS):
                raise _busy(database.place)
            yield connection


_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def _refuse_company(file: Path) -> None:
    """Give up the write-ahead log: only who is alone with a file may, and whoever opens it next begins a new one."""
    with closing(sqlite3.connect(file, timeout=_BUSY_S)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise _busy(str(file)) from error


def _busy(place: str) -> StoreError:
    return StoreError(
        f"{place}: a page, a worker or another program has it open; nothing was moved; stop them all and do it again"
    )
