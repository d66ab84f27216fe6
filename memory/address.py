"""The store's address: which database, and for SQLite which file in which folder."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from agent.errors import StoreError
from memory.faults import fault

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def parse(url: str) -> URL:
    """The address with the driver that is used here.

    Raises:
        StoreError: It is neither SQLite nor Postgres.
    """
    try:
        address = make_url(url)
        return address.set(drivername=_DRIVERS[address.drivername])
    except (ArgumentError, KeyError) as error:
        raise StoreError(
            "the store's address is neither sqlite:///folder/file.db nor postgresql://user@host/database; correct it"
        ) from error


def file_of(address: URL) -> Path | None:
    """The SQLite file, its folder made if need be; ``None`` on Postgres.

    Raises:
        StoreError: No file is named, or the folder cannot be made.
    """
    if address.get_backend_name() != "sqlite":
        return None
    if not address.database or address.database == ":memory:":
        raise StoreError("the store needs a file, not memory: what is not written down is lost; name one")
    file = Path(address.database).absolute()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault(str(file.parent), error) from error
    return file


def named(address: URL) -> str:
    """How a message calls it, without its password."""
    return address.render_as_string(hide_password=True)
