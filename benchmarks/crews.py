"""A house whose parts are processes of their own, forked so that the imports are paid once, over a file or Postgres."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from agent.film import Ceilings, Project
from interfaces.command.house_serving import warm
from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house
from memory.store import open_store
from tests.support.house import Eyesight, blank
from tests.support.postgres import started
from tools.sandbox import app
from tools.sandbox.clock import Pace
from tools.sandbox.records import Accepted

NO_WAIT = 1e-9  # share of a vendor's usual waits
LEASE_S = 3.0
PLENTY = 10**15  # micro USD: no ceiling is what a benchmark is about


@contextmanager
def postgres() -> Generator[str]:
    """Address of a database on a server of our own, which is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="countersteer-postgres-"))
    try:
        server = started(folder)
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def house(
    folder: Path, *, url: str | None, elsewhere: bool = False, parts: Parts | None = None
) -> AsyncGenerator[House]:
    """One process's part of the house; the stand-ins draw in no time, and what they accept is in the folder."""
    sandbox = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.0), draw=blank)
    parts = replace(parts or Parts(), sandbox=sandbox, eyes=Eyesight(), lease_s=LEASE_S)
    settings = Settings(
        folder=folder,
        database_url=SecretStr(url) if url else None,
        workers_elsewhere=elsewhere,
        sandbox_pace=NO_WAIT,
    )
    try:
        async with open_house(settings, parts=parts) as opened:
            yield opened
    finally:
        sandbox.records.close()


async def film(opened: House, name: str) -> tuple[Project, str]:
    """A new film that may cost anything, and a conversation about it."""
    project = await opened.project(name, create=True)
    boundless = Ceilings(
        takes_per_shot=99,
        shot_micro_usd=PLENTY,
        project_micro_usd=PLENTY,
        day_micro_usd=PLENTY,
        ask_above_micro_usd=PLENTY,
    )
    await opened.studio.store.save_project(replace(project, ceilings=boundless))
    return project, await opened.studio.store.open_conversation(project.id, door="benchmark")


def accepted(folder: Path) -> tuple[Accepted, ...]:
    """What the stand-ins of a folder accepted, whoever ordered it."""
    sandbox = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.0), draw=blank)
    try:
        return sandbox.records.accepted()
    finally:
        sandbox.records.close()


async def template() -> bytes:
    """The file of a house without films."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(f"sqlite:///{folder}/empty.db", now_us=lambda: 0, new_id=str):
            pass
        return (Path(folder) / "empty.db").read_bytes()


def ready() -> None:
    """Pay once, before any fork, for what every process needs."""
    warm()
    blank(None)  # type: ignore[arg-type]  # it draws the same whatever it is asked for


def forked(life: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """Begin a process that lives so; its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        asyncio.run(life())
        code = 0
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """The exit code of a process, negative for the signal that ended it."""
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)
