"""``countersteer slack``: the film in Slack's threads, by Socket Mode; and Slack's calls, where `serve` hears them."""

from anyio import create_task_group, sleep_forever
from anyio.abc import TaskGroup
from fastapi import FastAPI

from interfaces.command.terminal import console, write
from interfaces.settings import Settings
from interfaces.slack.door import Door, open_door, socket
from interfaces.wiring import House, Parts, open_house


async def listen(settings: Settings, *, parts: Parts | None = None) -> None:
    """Listen until stopped; what is on its way goes on at the next start.

    Raises:
        NoTokenError: A token is not set.
        CountersteerError: Slack refuses it, or the app may not speak.
    """
    async with open_house(settings, parts=parts) as house, create_task_group() as group:
        door = await open_door(house, settings.slack)
        await house.worker.recover()
        await house.desk.recover()
        for work in (house.worker.run, house.desk.run, door.run):
            group.start_soon(work)
        async with socket(door, settings.slack):
            _greet(door)
            await sleep_forever()


async def join(app: FastAPI, house: House, settings: Settings, group: TaskGroup) -> None:
    """Let Slack call this service as well."""
    door = await open_door(house, settings.slack)
    app.router.routes.insert(0, door.route)
    group.start_soon(door.run)
    _greet(door)


def _greet(door: Door) -> None:
    write(console(), "Listening to Slack. Mention the app in a channel, or write to it. Ctrl-C stops; nothing is lost.")
    if door.me.complaint:
        write(console(), f"Note: {door.me.complaint}.")
