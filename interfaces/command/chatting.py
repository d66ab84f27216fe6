"""The chat in the terminal: type, and the story appears above the line you type on."""

import sys
from dataclasses import dataclass

import anyio
from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console

from agent.events import What
from agent.film import Project
from interfaces import story
from interfaces.command.terminal import console, cost, progress, status, write
from interfaces.settings import Settings
from interfaces.wiring import House, open_house

LOOKS_EVERY_S = 0.1
LEAVE = ("quit", "exit", ":q")


async def chat(settings: Settings, name: str | None) -> None:
    """Talk until the input ends; what was on its way goes on at the next start."""
    out = console()
    async with open_house(settings) as house:
        project = await house.project(name, create=True)
        chat = await Chat.open(out, house, project)
        await house.worker.recover(project.id)
        await (chat.talk() if sys.stdin.isatty() else chat.read_through())
        await chat.print_new()
        pulse = house.worker.pulse
        left = pulse.waiting + pulse.busy
        rest = f"; {left} shots go on when you start again" if left else ""
        write(out, f"{project.name}: {await cost(house.studio, project.id)} so far{rest}.")


@dataclass(slots=True)
class Chat:
    """One conversation in one terminal; ``told`` is the number of the last event that was printed."""

    out: Console
    house: House
    project: Project
    conversation_id: str
    told: int = 0

    @classmethod
    async def open(cls, out: Console, house: House, project: Project) -> "Chat":
        """The film's latest conversation goes on; a new film gets its first."""
        known = await house.studio.store.conversations(project.id)
        conversation_id = (
            known[-1] if known else await house.studio.store.open_conversation(project.id, door="terminal")
        )
        events = await house.desk.story(conversation_id)
        where = "sandbox: stand-ins render, nothing is billed" if house.studio.sandbox else "live vendors"
        write(out, f"Film: {project.name}. Models: {where}. Everything is kept in {house.folder}.")
        write(out, "Describe a shot, or type help. Ctrl-D leaves.")
        return cls(out, house, project, conversation_id, told=events[-1].number if events else 0)

    async def talk(self) -> None:
        """Messages from a person, while clips are made beside."""
        session: PromptSession[str] = PromptSession()
        async with anyio.create_task_group() as group:
            group.start_soon(self.house.worker.run)
            group.start_soon(self._follow)
            while True:
                with patch_stdout(raw=True):
                    bar = await status(self.house, self.project.id)
                    try:
                        line = await session.prompt_async("> ", bottom_toolbar=bar)
                    except (EOFError, KeyboardInterrupt):
                        break
                if line.strip().lower() in LEAVE:
                    break
                await self._say(line)
            group.cancel_scope.cancel()

    async def read_through(self) -> None:
        """Messages from a pipe: each is brought to rest before the next is read."""
        await self.house.worker.run(until_rest=True)
        for line in sys.stdin:
            await self._say(line.rstrip("\n"))
            async with progress(self.out, self.house, self.project.id):
                await self.house.worker.run(until_rest=True)
            await self.print_new()

    async def print_new(self) -> None:
        """What happened since the last look."""
        events = await self.house.desk.story(self.conversation_id, after=self.told)
        if not events:
            return
        self.told = events[-1].number
        numbers = {shot.id: shot.number for shot in await self.house.studio.store.shots(self.project.id)}
        for event in events:
            for line in story.tell(event, shot=numbers.get(event.shot_id or "")):
                write(self.out, line)
            if event.what in (What.DELIVER, What.CHOOSE):
                write(self.out, f"  cost so far: {await cost(self.house.studio, self.project.id)}")

    async def _say(self, line: str) -> None:
        refusal = await self.house.desk.say(self.conversation_id, project_id=self.project.id, text=line)
        if refusal is not None:
            write(self.out, refusal)
        await self.print_new()

    async def _follow(self) -> None:
        while True:
            await anyio.sleep(LOOKS_EVERY_S)
            await self.print_new()
