"""Every test of this folder runs on an SQLite file and on a database of a real Postgres."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from memory.store import SqlStore, open_store
from tests.contract.store.building import Clock, Film, Ids
from tests.support.postgres import migrate


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has all tables and is copied for each test."""
    file = tmp_path_factory.mktemp("template") / "film.db"
    asyncio.run(migrate(f"sqlite:///{file}"))
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
