"""The chat in the terminal: type, and the story appears above the line you type on."""

import sys
from collections.abc import AsyncIterable
from dataclasses import dataclass

import anyio
from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console

from agent.events import Event, What
from agent.film import Project
from interfaces import story
from interfaces.command import piped, standing
from interfaces.command.terminal import console, printable, progress, so_far, write
from interfaces.command.under_way import UnderWay
from interfaces.following import Following
from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house

LEAVE = ("quit", "exit", ":q")
BAR_EVERY_S = 0.5
DONE, INTERRUPTED = 0, 130
UNREAD = "What was piped in after the last message above was not read; say it again."


async def chat(
    settings: Settings, name: str | None, *, parts: Parts | None = None, messages: AsyncIterable[str] | None = None
) -> int:
    """Talk until the input ends; what was on its way goes on at the next start.

    Args:
        settings: Where the films are.
        name: The film; a new one where there is none of that name.
        parts: What takes the place of the usual.
        messages: Said one after the other; ``None`` reads the terminal, or the pipe there is in its place.
    """
    out = console()
    async with open_house(settings, parts=parts) as house:
        project = await house.project(name, create=True)
        talk = await Talk.open(out, house, project)
        try:
            for line in await standing.greeting(house, project, settings):
                write(out, line)
            await house.worker.recover(project.id)
            if messages is None and sys.stdin.isatty():
                return await talk.with_person()
            return await talk.through(messages if messages is not None else piped.lines(sys.stdin.fileno()))
        except anyio.get_cancelled_exc_class():
            if messages is not None or not sys.stdin.isatty():
                write(out, UNREAD)
            raise
        finally:
            with anyio.CancelScope(shield=True):
                await talk.leave()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation in one terminal."""

    out: Console
    house: House
    project: Project
    conversation_id: str
    following: Following
    under_way: UnderWay

    @classmethod
    async def open(cls, out: Console, house: House, project: Project) -> "Talk":
        """The film's latest conversation goes on; a new film gets its first."""
        store = house.studio.store
        known = await store.conversations(project.id)
        conversation_id = known[-1] if known else await store.open_conversation(project.id, door="terminal")
        under_way = UnderWay(now_us=house.studio.now_us, cost=await so_far(house.studio, project.id))
        numbers = {shot.id: shot.number for shot in await store.shots(project.id)}
        told = await house.desk.story(conversation_id)
        for event in told:
            under_way.hear(event, numbers.get(event.shot_id or ""))

        async def hear(event: Event, shot: int | None) -> None:
            under_way.hear(event, shot)
            for line in story.tell(event, shot=shot):
                write(out, line)
            if event.what in (What.SUBMIT, What.TAKE, What.DELIVER, What.CHOOSE):
                under_way.cost = await so_far(house.studio, project.id)
            if event.what in (What.DELIVER, What.CHOOSE):
                write(out, story.Line(text=f"cost so far: {under_way.cost}", tone=story.Tone.QUIET, shot=shot))

        following = Following(
            house,
            project_id=project.id,
            conversation_id=conversation_id,
            hear=hear,
            after=told[-1].number if told else 0,
        )
        return cls(
            out=out,
            house=house,
            project=project,
            conversation_id=conversation_id,
            following=following,
            under_way=under_way,
        )

    async def with_person(self) -> int:
        """Messages from a person, while clips are made beside."""
        session: PromptSession[str] = PromptSession()
        code = DONE
        async with anyio.create_task_group() as group:
            group.start_soon(self.house.worker.run)
            group.start_soon(self.following.keep_up)
            code = await self._converse(session)
            group.cancel_scope.cancel()
        return code

    async def through(self, messages: AsyncIterable[str]) -> int:
        """Messages from a pipe: each is brought to rest before the next is read."""
        await self._rest()
        async for message in messages:
            await self._say(message)
            await self._rest()
        return DONE

    async def leave(self) -> None:
        """What happened last, and what goes on at the next start."""
        await self.following.catch_up()
        for line in await standing.farewell(self.house, self.project):
            write(self.out, line)

    async def _converse(self, session: PromptSession[str]) -> int:
        while True:
            try:
                with patch_stdout(raw=True):
                    line = await session.prompt_async("> ", bottom_toolbar=self._bar, refresh_interval=BAR_EVERY_S)
            except EOFError:
                return self._stopping(DONE)
            except KeyboardInterrupt:
                return self._stopping(INTERRUPTED)
            if line.strip().lower() in LEAVE:
                return self._stopping(DONE)
            await self._say(line)

    async def _rest(self) -> None:
        async with progress(self.out, self.under_way):
            await self.following.until_rest()

    async def _say(self, message: str) -> None:
        refusal = await self.house.desk.say(self.conversation_id, project_id=self.project.id, text=message)
        if refusal is not None:
            write(self.out, story.Line(text=refusal, tone=story.Tone.OPEN))
        await self.following.catch_up()

    def _bar(self) -> str:
        return printable(self.under_way.line())

    def _stopping(self, code: int) -> int:
        if self.house.worker.pulse.busy:
            write(self.out, "Stopping as soon as the step under way is stored ...")
        return code
