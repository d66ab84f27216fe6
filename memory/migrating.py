"""Bringing the tables up to date: one version in the database, a backup first, one process at a time."""

import sqlite3
import threading
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import anyio
from sqlalchemy import Connection, column, inspect, select, table

from agent.errors import OutdatedError
from memory.engine import Database, queue_up
from memory.faults import told
from memory.filelock import locked
from memory.rows import MIGRATIONS

VERSION = table("alembic_version", column("version_num"))

MOVED = "moved."
"""Before the version of a database whose rows are elsewhere now: no program takes that for its own."""

_ALEMBIC = threading.Lock()
"""Held while steps run: they reach their connection through a module of Alembic's, so a process has one at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """A folder of migrations.

    Attributes:
        head: Version after the last one; known here so that a store that is up to date opens without Alembic.
    """

    folder: Path
    head: str


OURS = Steps(folder=Path(__file__).parent / "migrations", head="0010")


async def bring_up(database: Database, *, steps: Steps = OURS) -> None:
    """Take the tables to the newest version, step by step, each in a transaction of its own.

    Raises:
        OutdatedError: The database belongs to a newer version.
        StoreError: A step failed; what was there is as it was before that step.
    """
    if await version(database) == steps.head:
        return
    async with _alone(database):
        found = await version(database)
        if found == steps.head:
            return
        _refuse_newer(found, steps=steps, place=database.place)
        if database.file and found:
            with told(database.place):
                await anyio.to_thread.run_sync(_back_up, database.file, found)
        await _upgrade(database, steps)


async def check(database: Database, *, steps: Steps = OURS) -> None:
    """Whether the tables are still those this program opened.

    Raises:
        OutdatedError: A newer program has brought them up meanwhile.
    """
    found = await version(database)
    if found != steps.head:
        _refuse_newer(found, steps=steps, place=database.place)


async def version(database: Database) -> str | None:
    """The version the tables are at; ``None`` where there are none yet."""
    async with database.reading() as connection:
        if not await connection.run_sync(_has_version):
            return None
        found: str | None = await connection.scalar(select(VERSION.c.version_num))
        return found


def backup_of(file: Path, *, version: str) -> Path:
    """Where a file of that version is copied to before it is changed."""
    return file.with_name(f"{file.stem}.{version}.backup{file.suffix}")


def _has_version(connection: Connection) -> bool:
    return inspect(connection).has_table(VERSION.name)


def _refuse_newer(found: str | None, *, steps: Steps, place: str) -> None:
    if found is not None and found.startswith(MOVED):
        raise OutdatedError(
            f"{place}: its films were moved to another database; nothing was changed; set COUNTERSTEER_DATABASE_URL to "
            "where they are, or move them back with `countersteer move`"
        )
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # a store that is up to date opens without it

    known = {step.revision for step in ScriptDirectory(str(steps.folder)).walk_revisions()}
    if found is not None and found not in known:
        raise OutdatedError(
            f"{place}: it was written by a newer Countersteer (version {found}, this one knows up to {steps.head}); "
            "nothing was changed; update the program, or put back the backup from before it was brought up"
        )


def _back_up(file: Path, found: str) -> None:
    # Through SQLite, not as a copy of the file: what is still in the write-ahead log belongs to it. A second try
    # after an interrupted one holds the same version, so it may replace the first copy.
    goal = backup_of(file, version=found)
    partial = goal.with_name(f"{goal.name}.part")
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(partial)) as copy:
        source.backup(copy)
    partial.replace(goal)


async def _upgrade(database: Database, steps: Steps) -> None:
    # Each step begins its own transaction, so the connection must not be in one.
    writer = database.engine.execution_options(writing=True, durable=True)
    with ExitStack() as stack:
        await anyio.to_thread.run_sync(stack.enter_context, _ALEMBIC)
        with told(database.place):
            async with writer.connect() as connection:
                await connection.run_sync(_run_steps, steps)


def _run_steps(connection: Connection, steps: Steps) -> None:
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(steps.folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@asynccontextmanager
async def _alone(database: Database) -> AsyncGenerator[None]:
    if database.file is None:
        with told(database.place):
            async with database.engine.begin() as connection:
                await queue_up(connection, line=MIGRATIONS)
                yield
        return
    with ExitStack() as stack:
        with told(database.place):
            lock = locked(database.file.with_name(f"{database.file.name}.lock"))
            await anyio.to_thread.run_sync(stack.enter_context, lock)
        yield
