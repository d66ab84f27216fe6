"""A film in a folder with its Slack door open, and a whole loopback Slack before it."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import anyio
import httpx
from aiohttp import web
from pydantic import SecretStr
from starlette.applications import Starlette

from agent.ports import Eyes, Planner
from agent.threads import Thread
from interfaces import service
from interfaces.api.access import Access
from interfaces.settings import Settings, SlackSettings
from interfaces.slack import http_door
from interfaces.slack.door import Door, Pace, open_door, socket
from interfaces.wiring import House
from tests.support.house import Set, a_set
from tests.support.slack.doors import SECRET, HttpDoor, SocketDoor
from tests.support.slack.people import People
from tests.support.slack.web_api import APP_TOKEN, BOT_TOKEN, WebApi
from tests.support.slack.workspace import ADA, CHANNEL, TEAM, Message, Workspace

HOST = "http://127.0.0.1"


class Way(StrEnum):
    """How events reach the app."""

    HTTP = "http"
    SOCKET = "socket"


@dataclass
class Naps:
    """A sleep that takes no time and remembers how long it would have been."""

    taken: list[float] = field(default_factory=list[float])

    async def __call__(self, seconds: float) -> None:
        """Let others go on."""
        self.taken.append(seconds)
        await anyio.lowlevel.checkpoint()


@asynccontextmanager
async def a_workspace(workspace: Workspace) -> AsyncGenerator[tuple[SlackSettings, SocketDoor]]:
    """The workspace on a loopback port; the settings that reach it, and the far end of its socket."""
    api, far_end = WebApi(workspace), SocketDoor(workspace)
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.add_routes([*api.routes(), web.get("/link", far_end.answer)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        api.origin = f"{HOST}:{port}"
        yield _settings(api.origin), far_end
    finally:
        await runner.cleanup()


@asynccontextmanager
async def a_door(
    house: House, workspace: Workspace, *, way: Way = Way.HTTP, naps: Naps | None = None, host: str = ""
) -> AsyncGenerator[tuple[Door, People]]:
    """The door of an open house on a workspace, and the people before it; with a host, as part of the whole service.

    Nothing runs by itself: what was heard is acted on and told when the door is asked to, so that a test knows when.
    """
    async with AsyncExitStack() as stack:
        settings, far_end = await stack.enter_async_context(a_workspace(workspace))
        door = await open_door(house, settings, pace=Pace(changes_every_s=0, sleep=naps or Naps()))
        if way is Way.SOCKET:
            await stack.enter_async_context(socket(door, settings))
            yield door, People(workspace, far_end)
            return
        app = service.build(house, Settings(), access=Access()) if host else Starlette()
        app.router.routes.insert(0, http_door.route(door.called()))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        http = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url=host or HOST))
        yield door, People(workspace, HttpDoor(http))


@dataclass(frozen=True, kw_only=True)
class Filming:
    """A film directed from Slack."""

    film: Set
    workspace: Workspace
    door: Door
    people: People
    naps: Naps

    @property
    def http(self) -> HttpDoor:
        """The door by which Slack calls, where that is the one."""
        assert isinstance(self.people.door, HttpDoor)
        return self.people.door

    async def settle(self) -> None:
        """Let all that was heard be acted on, all that moves come to rest, and all of it be told."""
        await self.door.take_up()
        await self.film.house.desk.rest()
        await self.film.house.worker.run(until_rest=True)
        await self.door.tell()

    async def say(self, text: str, *, thread: str | None = None, user: str = ADA, channel: str = CHANNEL) -> Message:
        """Say it, and let everything that comes of it happen."""
        message = await self.people.say(text, thread=thread, user=user, channel=channel)
        await self.settle()
        return message

    async def press(self, message: Message, label: str, *, user: str = ADA) -> None:
        """Press a button, and let everything that comes of it happen."""
        await self.people.press(message, label, user=user)
        await self.settle()


@asynccontextmanager
async def a_filming(
    folder: Path,
    *,
    way: Way = Way.HTTP,
    workspace: Workspace | None = None,
    eyes: Eyes | None = None,
    planner: Planner | None = None,
    chosen: bool = True,
    host: str = "",
) -> AsyncGenerator[Filming]:
    """A film and the Slack before it; its channel is about the film already unless that is what is tested."""
    known, naps = workspace or Workspace(), Naps()
    async with a_set(folder, eyes=eyes, planner=planner) as film:
        if chosen:
            await film.house.threads.choose_film(TEAM, CHANNEL, project_id=film.project.id, by=ADA)
        async with (
            a_door(film.house, known, way=way, naps=naps, host=host) as (door, people),
            anyio.create_task_group() as group,
        ):
            group.start_soon(film.house.desk.run)
            yield Filming(film=film, workspace=known, door=door, people=people, naps=naps)
            group.cancel_scope.cancel()


def thread_of(message: Message) -> Thread:
    """The thread that a message began."""
    return Thread(team=TEAM, channel=message.channel, ts=message.thread_ts or message.ts)


def _settings(origin: str) -> SlackSettings:
    return SlackSettings(
        bot_token=SecretStr(BOT_TOKEN),
        app_token=SecretStr(APP_TOKEN),
        signing_secret=SecretStr(SECRET),
        base_url=f"{origin}/api/",
    )
