"""One house of several parts over one Postgres: a page that only stores, and workers that do the rest."""

import os
import signal
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import event

from agent.errors import OutdatedError
from agent.events import What
from agent.film import Project, ShotStatus
from agent.policy import routing
from interfaces import failing
from interfaces.command import working
from interfaces.crew import Crew
from interfaces.lasting import lasting
from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house
from memory.errands import ErrandRows
from memory.migrating import OURS
from tests.support.house import Eyesight, blank
from tools.sandbox import app
from tools.sandbox.app import Sandbox
from tools.sandbox.clock import Pace

SHOTS = 3


class Armed:
    """Does something the first time a place is reached."""

    def __init__(self, at: str, deed: Callable[[], Awaitable[None]]) -> None:
        self._at = at
        self._deed = deed

    async def reach(self, name: str) -> None:
        """Do it here, once."""
        if name == self._at:
            self._at = ""
            await self._deed()


@dataclass(frozen=True, kw_only=True)
class Studios:
    """A page, its workers, and the stand-ins they all order from."""

    page: House
    workers: tuple[House, ...]
    sandbox: Sandbox
    project: Project
    talk: str

    async def hear(self, text: str) -> str:
        """Keep one message."""
        return await self.page.desk.hear(self.talk, project_id=self.project.id, text=text)

    async def statuses(self) -> list[ShotStatus]:
        """How every shot stands."""
        return [shot.status for shot in await self.page.studio.store.shots(self.project.id)]


def settings_of(folder: Path, url: str) -> Settings:
    return Settings(folder=folder, database_url=SecretStr(url), workers_elsewhere=True, sandbox_pace=1e-6)


@asynccontextmanager
async def studios(folder: Path, url: str, *, workers: int = 1, parts: Parts | None = None) -> AsyncGenerator[Studios]:
    sandbox = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.0), draw=blank)
    parts = replace(parts or Parts(), sandbox=sandbox, eyes=Eyesight(), lease_s=1.0)
    async with AsyncExitStack() as stack:
        stack.callback(sandbox.records.close)
        houses = [
            await stack.enter_async_context(open_house(settings_of(folder, url), parts=parts))
            for _ in range(workers + 1)
        ]
        page = houses[0]
        project = await page.project("film", create=True)
        talk = await page.studio.store.open_conversation(project.id, door="test")
        yield Studios(page=page, workers=tuple(houses[1:]), sandbox=sandbox, project=project, talk=talk)


async def test_what_a_page_stores_is_done_by_workers_elsewhere(tmp_path: Path, postgres: str) -> None:
    async with studios(tmp_path, postgres, workers=2) as house:
        turns = [await house.hear(f"a boat on the river, take {n} of the fleet, wide, 5 s") for n in range(SHOTS)]
        async with anyio.create_task_group() as crews:
            for worker in house.workers:
                crews.start_soon(partial(Crew(worker, for_s=1.0).run, until_rest=True))
        said = await house.page.studio.store.turns(house.talk)
        replies = [event.turn_id for event in await house.page.desk.story(house.talk) if event.what is What.REPLY]
        assert [each.id for each in said if each.reply] == turns == replies
        assert await house.statuses() == [ShotStatus.DELIVERED] * SHOTS
        assert len(house.sandbox.records.accepted()) == SHOTS


async def test_a_worker_outlasts_a_database_that_goes_in_the_middle(tmp_path: Path, postgres: str) -> None:
    told: list[str] = []

    async def goes() -> None:
        let_in(postgres, allowed=False)

    async def comes_back(_seconds: float) -> None:
        let_in(postgres, allowed=True)

    async with studios(tmp_path, postgres, parts=Parts(fail=Armed("submit.accepted", goes))) as house:
        await house.hear("a boat on the river, wide, 5 s")
        crew = Crew(house.workers[0], for_s=1.0)
        await lasting(partial(crew.run, until_rest=True), tell=told.append, sleep=comes_back)
        assert await house.statuses() == [ShotStatus.DELIVERED]
        assert len(house.sandbox.records.accepted()) == 1
    assert told
    assert all("nothing is lost" in sentence for sentence in told)
    assert "the database cannot be reached; check that it runs and its address" in told[0]


async def test_a_worker_ends_when_a_newer_program_has_changed_the_tables(tmp_path: Path, postgres: str) -> None:
    async with studios(tmp_path, postgres) as house:
        with psycopg.connect(postgres) as other:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
        try:
            with pytest.raises(OutdatedError, match=r"newer Countersteer.*update the program"):
                await lasting(Crew(house.workers[0]).run, tell=pytest.fail, sleep=anyio.sleep)
            with pytest.raises(OutdatedError, match="newer Countersteer"):
                await working.work(settings_of(tmp_path, postgres), port=None)
        finally:
            with psycopg.connect(postgres) as other:
                other.execute("UPDATE alembic_version SET version_num = %s", (OURS.head,))


async def test_a_worker_told_to_stop_leaves_all_to_the_next(tmp_path: Path, postgres: str) -> None:
    async def stop() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    async with studios(tmp_path, postgres) as house:
        await house.hear("a boat on the river, wide, 5 s")
        stopped = Parts(fail=Armed("submit.intent_saved", stop), sandbox=house.sandbox, eyes=Eyesight(), lease_s=600.0)
        await working.work(settings_of(tmp_path, postgres), port=None, parts=stopped)
        assert ShotStatus.DELIVERED not in await house.statuses()
        await Crew(house.workers[0], for_s=1.0).run(until_rest=True)
        assert await house.statuses() == [ShotStatus.DELIVERED]
        assert len(house.sandbox.records.accepted()) == 1


@pytest.mark.parametrize(("place", "sent"), [("route", 0), ("submit.accepted", 1)])
async def test_a_disk_that_is_full_for_a_while_costs_no_clip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, sent: int
) -> None:
    monkeypatch.setattr(failing, "AGAIN_S", 0.01)
    full = False
    refused: list[int] = []

    async def fill() -> None:
        nonlocal full
        full = True

    def fill_and_choose(*given: Any, **named: Any) -> Any:
        nonlocal full
        full = full or (place == "route" and not refused)
        return routing.choose(*given, **named)

    def write(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal full
        if full and statement.startswith(("INSERT", "UPDATE")):
            refused.append(len(house.sandbox.records.accepted()))
            full = False
            raise sqlite3.OperationalError("database or disk is full")

    url = f"sqlite:///{tmp_path / 'rows.db'}"
    parts = Parts(fail=Armed(place, fill), choose=fill_and_choose)
    async with studios(tmp_path, url, parts=parts) as house:
        errands = house.workers[0].errands
        assert isinstance(errands, ErrandRows)
        event.listen(errands.database.engine.sync_engine, "before_cursor_execute", write)
        await house.hear("a boat on the river, wide, 5 s")
        await Crew(house.workers[0], for_s=1.0).run(until_rest=True)
        assert refused == [sent]
        assert await house.statuses() == [ShotStatus.DELIVERED]
        assert len(house.sandbox.records.accepted()) == 1


def let_in(url: str, *, allowed: bool) -> None:
    """Close the database to everybody, or open it again, from another one of its server."""
    beside = url.replace("/postgres?", "/template1?")
    assert beside != url
    with psycopg.connect(beside, autocommit=True) as other:
        other.execute(sql.SQL("ALTER DATABASE postgres ALLOW_CONNECTIONS {}").format(sql.Literal(allowed)))
        if not allowed:
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'")
