"""Checkpoints of the two graphs, in strict mode: what is read back is plain, whatever was written."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL

from agent.errors import StoreError
from memory import address
from memory.engine import BUSY_S
from memory.faults import told

if TYPE_CHECKING:  # LangGraph takes a second to import; commands without a graph do without
    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import BaseCheckpointSaver
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

_STRICT = "LANGGRAPH_STRICT_MSGPACK"


@asynccontextmanager
async def open_checkpoints(url: str) -> AsyncGenerator["BaseCheckpointSaver[str]"]:
    """The checkpoints that belong to the store of that address.

    Beside an SQLite file they have a file of their own, so that a graph's step never waits for a row: rows are the
    truth, and a lost checkpoint costs no money.

    Raises:
        StoreError: Strict mode is off, a library is missing, or they cannot be opened.
    """
    serializer = _strict_serializer()
    where = address.parse(url)
    file = address.file_of(where)
    opened = _in_file(beside(file), serializer) if file else _in_postgres(where, serializer)
    async with opened as saver:
        yield saver


async def copy(source: str, goal: str) -> int:
    """Put the last checkpoint of every paused run into another store as well; how many.

    Raises:
        StoreError: One of the two cannot be opened, read or written.
    """
    async with open_checkpoints(source) as old, open_checkpoints(goal) as new:
        threads = {found.config.get("configurable", {})["thread_id"] async for found in old.alist(None)}
        for thread in sorted(threads):
            await _copy(thread, old, new)
    return len(threads)


def beside(file: Path) -> Path:
    """The checkpoints' file of a store's file."""
    return file.with_name(f"{file.stem}.checkpoints{file.suffix}")


async def _copy(thread: str, old: "BaseCheckpointSaver[str]", new: "BaseCheckpointSaver[str]") -> None:
    last = await old.aget_tuple({"configurable": {"thread_id": thread}})
    assert last is not None  # it was listed
    await new.adelete_thread(thread)
    place: RunnableConfig = {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
    kept = await new.aput(place, last.checkpoint, last.metadata, last.checkpoint["channel_versions"])
    of_tasks: dict[str, list[tuple[str, Any]]] = {}
    for task, channel, value in last.pending_writes or ():
        of_tasks.setdefault(task, []).append((channel, value))
    for task, writes in of_tasks.items():
        await new.aput_writes(kept, writes, task)


def _strict_serializer() -> "JsonPlusSerializer":
    from langgraph.checkpoint.serde import _msgpack  # noqa: PLC0415
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer  # noqa: PLC0415

    # Read once by LangGraph, when it is first imported: setting it now would come too late.
    if not _msgpack.STRICT_MSGPACK_ENABLED:
        raise StoreError(
            f"checkpoints could bring in foreign objects: {_STRICT} was not true when LangGraph was imported; "
            f"nothing was opened; set {_STRICT}=true before the program starts"
        )
    return JsonPlusSerializer(allowed_msgpack_modules=[])


@asynccontextmanager
async def _in_file(file: Path, serializer: "JsonPlusSerializer") -> AsyncGenerator["BaseCheckpointSaver[str]"]:
    import aiosqlite  # noqa: PLC0415
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        with told(str(file)):
            connection = await stack.enter_async_context(aiosqlite.connect(file, timeout=BUSY_S))
            await connection.execute("PRAGMA synchronous = NORMAL")
            saver = AsyncSqliteSaver(connection, serde=serializer)
            await saver.setup()
        yield saver


@asynccontextmanager
async def _in_postgres(where: URL, serializer: "JsonPlusSerializer") -> AsyncGenerator["BaseCheckpointSaver[str]"]:
    postgres = _library("langgraph.checkpoint.postgres.aio", package="langgraph-checkpoint-postgres")
    pools = _library("psycopg_pool", package="psycopg[pool]")
    rows = _library("psycopg.rows", package="psycopg")
    server = where.set(drivername="postgresql").render_as_string(hide_password=False)
    # The saver begins its own transactions and reads rows as dicts; LangGraph documents these three settings [D].
    settings = {"autocommit": True, "prepare_threshold": 0, "row_factory": rows.dict_row}
    async with AsyncExitStack() as stack:
        with told(address.named(where)):
            # A connection that died with its server is replaced before it is used.
            checked = {"kwargs": settings, "open": False, "check": pools.AsyncConnectionPool.check_connection}
            pool = await stack.enter_async_context(pools.AsyncConnectionPool(server, **checked))
            saver = postgres.AsyncPostgresSaver(pool, serde=serializer)
            await saver.setup()
        yield saver


def _library(name: str, *, package: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise StoreError(
            f"checkpoints on Postgres need {package}, which is not installed; nothing was opened; "
            f"install {package}, or keep the store in an SQLite file"
        ) from error
