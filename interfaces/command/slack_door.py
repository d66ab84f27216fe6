"""``countersteer slack``: the film in Slack's threads, by Socket Mode; and Slack's calls, where `serve` hears them."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from anyio import create_task_group, sleep_forever
from anyio.abc import TaskGroup
from fastapi import FastAPI

from agent.errors import CountersteerError
from interfaces.command.terminal import console, write
from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house

if TYPE_CHECKING:
    from interfaces.slack.door import Door

NOT_INSTALLED = "Slack needs the libraries of the extra `slack`: pip install 'countersteer[slack]', and start again"


async def listen(settings: Settings, *, parts: Parts | None = None) -> None:
    """Listen until stopped; what is on its way goes on at the next start.

    Raises:
        NoTokenError: A token is not set.
        CountersteerError: Slack refuses it, the app may not speak, or its libraries are not installed.
    """
    _refuse_without_libraries()
    from interfaces.slack.door import open_door, socket  # noqa: PLC0415 - an extra

    async with open_house(settings, parts=parts) as house, create_task_group() as group:
        door = await open_door(house, settings.slack)
        await house.worker.recover()
        await house.desk.recover()
        for work in (house.worker.run, house.desk.run, door.run):
            group.start_soon(work)
        async with socket(door, settings.slack):
            _greet(door)
            await sleep_forever()


def join(app: FastAPI, house: House, settings: Settings, group: TaskGroup) -> None:
    """Let Slack call this service as well, where a signing secret says that it does; the service waits for no Slack.

    Raises:
        NoTokenError: A token is not set.
        CountersteerError: Its libraries are not installed.
    """
    if settings.slack.signing_secret is None:
        return
    _refuse_without_libraries()
    from interfaces.slack.late import LateDoor  # noqa: PLC0415 - an extra

    late = LateDoor(house, settings.slack, opened=_greet, tell=lambda sentence: write(console(), sentence))
    app.router.routes.insert(0, late.route)
    group.start_soon(late.run)


def _refuse_without_libraries() -> None:
    if find_spec("slack_bolt") is None or find_spec("aiohttp") is None:
        raise CountersteerError(NOT_INSTALLED)


def _greet(door: "Door") -> None:
    write(console(), "Listening to Slack. Mention the app in a channel, or write to it. Ctrl-C stops; nothing is lost.")
    if door.me.complaint:
        write(console(), f"Note: {door.me.complaint}.")
