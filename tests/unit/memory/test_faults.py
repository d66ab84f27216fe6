"""What an error of the database says to a person."""

import errno
import os
import sqlite3

import pytest

from agent.errors import StoreError
from memory.faults import fault, told


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (sqlite3.OperationalError("database or disk is full"), "free some space"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "free some space"),
        (sqlite3.OperationalError("database is locked"), "close that program"),
        (sqlite3.DatabaseError("database disk image is malformed"), "put a backup in its place"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "make the folder writable"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES)), "make the folder writable"),
        (ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED)), "check that it runs"),
        (sqlite3.OperationalError("something new"), "countersteer doctor"),
    ],
)
def test_each_failure_names_the_place_what_was_kept_and_the_next_step(error: Exception, advice: str) -> None:
    said = str(fault("/films/film.db", error))
    assert said.startswith("/films/film.db: ")
    assert "all before it is safe" in said
    assert advice in said


def test_other_errors_pass_through() -> None:
    with pytest.raises(ZeroDivisionError), told("/films/film.db"):
        raise ZeroDivisionError
    with pytest.raises(StoreError), told("/films/film.db"):
        raise sqlite3.OperationalError("database is locked")
