"""A store in a temporary folder, with a clock that stands still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from memory.store import SqlStore, open_store
from tests.contract.store.building import Clock, Film, Ids


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ids() -> Ids:
    return Ids()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "film.db"


@pytest.fixture
async def store(file: Path, clock: Clock, ids: Ids) -> AsyncIterator[SqlStore]:
    async with open_store(f"sqlite:///{file}", now_us=clock, new_id=ids, busy_s=1.0) as store:
        yield store


@pytest.fixture
async def film(store: SqlStore, ids: Ids) -> Film:
    return await Film.started(store, ids=ids)
