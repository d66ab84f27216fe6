"""One house of several processes' parts over one Postgres: a page that only stores, and workers that do the rest."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import anyio
from pydantic import SecretStr

from agent.events import What
from agent.film import Project, ShotStatus
from interfaces.crew import Crew
from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house
from tests.support.house import Eyesight, blank
from tools.sandbox import app
from tools.sandbox.app import Sandbox
from tools.sandbox.clock import Pace

SHOTS = 4


@dataclass(frozen=True, kw_only=True)
class Studios:
    """A page, two workers, and the stand-ins they all order from."""

    page: House
    workers: tuple[House, House]
    sandbox: Sandbox
    project: Project


@asynccontextmanager
async def studios(folder: Path, url: str) -> AsyncGenerator[Studios]:
    sandbox = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.0), draw=blank)
    settings = Settings(folder=folder, database_url=SecretStr(url), workers_elsewhere=True, sandbox_pace=1e-6)
    async with AsyncExitStack() as stack:
        stack.callback(sandbox.records.close)
        page, one, two = [
            await stack.enter_async_context(
                open_house(settings, parts=Parts(sandbox=sandbox, eyes=Eyesight(), lease_s=1.0))
            )
            for _ in range(3)
        ]
        yield Studios(page=page, workers=(one, two), sandbox=sandbox, project=await page.project("film", create=True))


async def test_what_a_page_stores_is_done_by_workers_elsewhere(tmp_path: Path, postgres: str) -> None:
    async with studios(tmp_path, postgres) as all_of_it:
        page, project = all_of_it.page, all_of_it.project
        talk = await page.studio.store.open_conversation(project.id, door="test")
        texts = [f"a boat on the river at dawn number {n}, wide, 5 s, with Kling" for n in range(SHOTS)]
        async with anyio.create_task_group() as group:
            group.start_soon(page.worker.run)
            turns = [await page.desk.hear(talk, project_id=project.id, text=text) for text in texts]
            with anyio.fail_after(60):
                async with anyio.create_task_group() as crews:
                    for worker in all_of_it.workers:
                        crews.start_soon(partial(Crew(worker, for_s=1.0).run, until_rest=True))
            group.cancel_scope.cancel()

        said = await page.studio.store.turns(talk)
        shots = await page.studio.store.shots(project.id)
        replies = [event.turn_id for event in await page.desk.story(talk) if event.what is What.REPLY]
        accepted = all_of_it.sandbox.records.accepted()
    assert [each.id for each in said if each.reply] == turns == replies
    assert [shot.status for shot in shots] == [ShotStatus.DELIVERED] * SHOTS
    assert len(accepted) == SHOTS
