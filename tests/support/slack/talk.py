"""One conversation of a film, held in one Slack thread: for whoever plays the same words through every door."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio

from interfaces.slack.door import Door
from interfaces.slack.taking_up import DOOR
from interfaces.wiring import House
from tests.support.slack.house import Way, a_door, thread_of
from tests.support.slack.people import People
from tests.support.slack.workspace import ADA, BOT, CHANNEL, TEAM, Message, Workspace


@dataclass(frozen=True, kw_only=True)
class SlackTalk:
    """A thread that is a conversation already."""

    conversation_id: str
    house: House
    door: Door
    people: People
    root: Message

    async def say(self, text: str) -> None:
        """Write it into the thread, as signed events; it is acted on when this returns, the worker is left alone."""
        await self.people.say(f"<@{BOT}> {text}", thread=self.root.ts)
        await self.door.take_up()
        await self.house.desk.rest()

    async def press(self, message: Message, label: str) -> None:
        """Press a button of one of our messages; the same holds."""
        await self.people.press(message, label)
        await self.door.take_up()

    async def tell(self) -> list[Message]:
        """Let the thread be told all that happened; our messages in it."""
        await self.door.tell()
        return self.people.workspace.posted(self.root.ts)


@asynccontextmanager
async def a_talk(house: House, project_id: str, *, way: Way = Way.HTTP) -> AsyncGenerator[SlackTalk]:
    """A thread about a film, in a workspace of its own before an open house."""
    workspace = Workspace()
    root = workspace.add(Message(ts=workspace.next_ts(), channel=CHANNEL, user=ADA, text="Today's shots"))
    await house.threads.choose_film(TEAM, CHANNEL, project_id=project_id, by=ADA)
    bound = await house.threads.bind(thread_of(root), project_id=project_id, door=DOOR)
    async with a_door(house, workspace, way=way) as (door, people), anyio.create_task_group() as group:
        group.start_soon(house.desk.run)
        yield SlackTalk(conversation_id=bound.conversation_id, house=house, door=door, people=people, root=root)
        group.cancel_scope.cancel()
