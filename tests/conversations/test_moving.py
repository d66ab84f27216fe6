"""A whole film from the folder's file to Postgres and back, row by row and with its paused runs."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import JSON, Column, Table

from agent.errors import OutdatedError, StoreError
from agent.film import ShotStatus
from interfaces.command.moving import FOLDER, move
from interfaces.settings import Settings
from interfaces.wiring import DATABASE, open_house
from memory import moving
from tests.support.house import Set, a_set, limit

MESSAGES = ("a fox crosses the snow at night, wide, 5 s", "shot 1: closer", "circle take 1", "undo")


def _read(connection: Any) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by plain SQL and in the order of its key."""
    return {table.name: _rows(table, connection) for table in moving.TABLES}


def _rows(table: Table, connection: Any) -> list[dict[str, Any]]:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    found = connection.execute(f'SELECT {columns} FROM "{table.name}"').fetchall()
    rows = [
        {column.name: _plain(column, value) for column, value in zip(table.columns, row, strict=True)} for row in found
    ]
    return sorted(rows, key=lambda row: [row[column.name] for column in table.primary_key.columns])


def _plain(column: Column[Any], value: Any) -> Any:
    """JSON columns are text in a file and values in Postgres."""
    return json.loads(value) if isinstance(column.type, JSON) and isinstance(value, str) else value


def in_file(folder: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return _read(connection)


def in_postgres(url: str) -> dict[str, list[dict[str, Any]]]:
    with psycopg.connect(url) as connection:
        return _read(connection)


async def filmed(folder: Path) -> None:
    """A film with a delivered shot, some history, and a shot whose run is paused at a question."""
    async with a_set(folder) as film:
        for message in MESSAGES:
            await film.say(message)
        await limit(film, ask_above_micro_usd=0)
        await film.say("a boat on the river at dawn, wide, 5 s")
        assert (await film.shot(2)).status is ShotStatus.APPROVAL


async def go_on(folder: Path, settings: Settings) -> Set:
    async with a_set(folder, settings=settings) as film:
        await film.say("no")
        assert (await film.shot(2)).status in (ShotStatus.CHOICE, ShotStatus.CANCELLED)
        await film.say("shot 1 again")
        return film


async def test_a_film_moves_to_postgres_and_back_and_loses_nothing(tmp_path: Path, postgres: str) -> None:
    at_postgres = Settings(folder=tmp_path, sandbox_pace=0.001, database_url=SecretStr(postgres))
    at_home = Settings(folder=tmp_path, sandbox_pace=0.001)
    await filmed(tmp_path)
    before = in_file(tmp_path)

    await move(at_home, postgres)
    assert in_postgres(postgres) == before
    with pytest.raises(OutdatedError, match=r"films were moved to another database.*DATABASE_URL"):
        async with open_house(at_home):
            pass

    await go_on(tmp_path, at_postgres)
    grown = in_postgres(postgres)
    assert len(grown["events"]) > len(before["events"])
    await move(at_postgres, FOLDER)
    assert in_file(tmp_path) == grown

    await move(at_home, postgres)  # over what was left there
    assert in_postgres(postgres) == grown


async def test_nothing_is_moved_while_anything_runs_or_where_films_are(tmp_path: Path, postgres: str) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        async with open_house(Settings(folder=folder)) as house:
            await house.project("film", create=True)
    async with open_house(Settings(folder=one)):
        with pytest.raises(StoreError, match="has it open; nothing was moved"):
            await moving.move(f"sqlite:///{one / DATABASE}", postgres)
    await moving.move(f"sqlite:///{one / DATABASE}", postgres)
    moved = in_postgres(postgres)
    with pytest.raises(StoreError, match="nothing was moved and both are as they were"):
        await moving.move(f"sqlite:///{other / DATABASE}", postgres)
    async with open_house(Settings(folder=other)) as house:
        assert await house.project("film")
    assert in_postgres(postgres) == moved
