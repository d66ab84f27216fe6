"""What a failing database or folder means to a person: one `StoreError` with the place and the next step."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from agent.errors import StoreError

_ADVICE = (
    (("full", "no space", "quota"), "the disk is full; free some space and do it again"),
    (("locked", "busy"), "another program holds it; close that program and do it again"),
    (("malformed", "not a database", "corrupt"), "the file is damaged; move it away and put a backup in its place"),
    (
        ("readonly", "read-only", "unable to open", "permission", "not a directory"),
        "it cannot be written; make the folder writable or choose another data folder",
    ),
    (("connect", "connection", "timeout"), "the database cannot be reached; check that it runs and its address"),
)
_OTHER = "run `countersteer doctor`, and put a backup in place if it agrees that the file is bad"


@contextmanager
def told(place: str) -> Generator[None]:
    """Turn errors of the database into a `StoreError` that names the place.

    Raises:
        StoreError: The database refused; nothing of the unit of work was kept.
    """
    try:
        yield
    except IntegrityError as error:
        raise StoreError(
            f"{place}: what was to be stored does not fit what is there ({_short(error)}); "
            "nothing of it was kept; read the rows again and repeat the step"
        ) from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise fault(place, error) from error


def fault(place: str, error: Exception) -> StoreError:
    """The error for a person: what failed where, that nothing half-done was kept, and what to do."""
    reason = _short(error)
    words = reason.lower()
    advice = next((told for marks, told in _ADVICE if any(mark in words for mark in marks)), _OTHER)
    return StoreError(f"{place}: {reason}; nothing of this step was kept, all before it is safe; {advice}")


def _short(error: Exception) -> str:
    # The driver's own words only: SQLAlchemy's add the statement with its parameters, which may be anybody's text.
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    return lines[0][:200]
