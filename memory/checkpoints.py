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


def beside(file: Path) -> Path:
    """The checkpoints' file of a store's file."""
    return file.with_name(f"{file.stem}.checkpoints{file.suffix}")


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
            pool = await stack.enter_async_context(pools.AsyncConnectionPool(server, kwargs=settings, open=False))
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
