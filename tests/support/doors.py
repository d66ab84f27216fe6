"""The doors a script can be played through, and what is stored afterwards, so that it can be compared."""

import json
import re
import sqlite3
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, cast

import anyio
import httpx
from mcp import Client
from rich.console import Console

from interfaces import service
from interfaces.api.access import Access
from interfaces.command import chatting
from interfaces.following import Hear
from interfaces.mcp_door.server import build
from interfaces.script.desk_door import DeskDoor, DeskVoice
from interfaces.script.doors import Door
from interfaces.script.http_door import HttpDoor
from interfaces.settings import Settings
from interfaces.wiring import House
from tests.support.served import HOST
from tests.support.slack.talk import SlackTalk, a_talk

Opens = Callable[[House], AbstractAsyncContextManager[Door]]


class Through(DeskDoor):
    """The desk's film, spoken of through another door."""

    def __init__(self, house: House, enter: Callable[["Through", Hear], Any]) -> None:
        super().__init__(house)
        self._enter = enter

    @property
    def film_id(self) -> str:
        return self._film_id

    async def converse(self, hear: Hear) -> DeskVoice:
        voice: DeskVoice = await self._enter(self, hear)
        return voice


@asynccontextmanager
async def at_the_desk(house: House) -> AsyncGenerator[Door]:
    yield DeskDoor(house)


@asynccontextmanager
async def over_http(house: House) -> AsyncGenerator[Door]:
    app = service.build(house, Settings(), access=Access())
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=HOST) as http, anyio.create_task_group() as group:
        group.start_soon(house.desk.run)
        group.start_soon(house.worker.run)
        yield HttpDoor(http)
        group.cancel_scope.cancel()


# the terminal


class Typed:
    """Lines as somebody types them, each once the one before has come to rest."""

    def __init__(self) -> None:
        self._send, self._receive = anyio.create_memory_object_stream[str](1)
        self.idle = anyio.Event()

    def __aiter__(self) -> "Typed":
        return self

    async def __anext__(self) -> str:
        self.idle.set()
        return await self._receive.receive()

    async def type(self, line: str) -> None:
        await self.idle.wait()
        self.idle = anyio.Event()
        await self._send.send(line)

    def close(self) -> None:
        self._send.close()
        self._receive.close()


class TerminalVoice(DeskVoice):
    """A conversation that is typed."""

    typed: Typed

    async def say(self, text: str) -> str | None:
        await self.typed.type(text)
        await self.typed.idle.wait()
        return None

    async def decide(self, *, shot: int, approve: bool) -> None:
        await self.say(f"{'yes' if approve else 'no'} to shot {shot}")


@asynccontextmanager
async def in_the_terminal(house: House) -> AsyncGenerator[Door]:
    typed = Typed()
    async with anyio.create_task_group() as group:

        async def enter(door: Through, hear: Hear) -> TerminalVoice:
            project = await house.studio.store.project(door.film_id)
            talk = await chatting.Talk.open(Console(quiet=True), house, project)
            group.start_soon(talk.through, typed)
            voice = TerminalVoice(house, door.film_id, talk.conversation_id, hear)
            voice.typed = typed
            return voice

        yield Through(house, enter)
        group.cancel_scope.cancel()
    typed.close()


# Slack


class SlackVoice(DeskVoice):
    """A conversation in a thread."""

    talk: SlackTalk

    async def say(self, text: str) -> str | None:
        await self.talk.say(text)
        return None

    async def decide(self, *, shot: int, approve: bool) -> None:
        label = "Approve" if approve else "Cancel"
        asking = [message for message in await self.talk.tell() if f'"{label}"' in json.dumps(message.blocks)]
        await self.talk.press(asking[-1], label)


@asynccontextmanager
async def in_slack(house: House) -> AsyncGenerator[Door]:
    async with AsyncExitStack() as stack:

        async def enter(door: Through, hear: Hear) -> SlackVoice:
            talk = await stack.enter_async_context(a_talk(house, door.film_id))
            voice = SlackVoice(house, door.film_id, talk.conversation_id, hear)
            voice.talk = talk
            return voice

        yield Through(house, enter)


# MCP


class McpVoice(DeskVoice):
    """A conversation of an MCP client."""

    client: Client
    film: str

    async def say(self, text: str) -> str | None:
        where = {"film": self.film, "conversation_id": self.conversation_id}
        await self._call("direct_shot", message=text, wait_seconds=0, **where)
        await self.house.desk.rest()
        return None

    async def decide(self, *, shot: int, approve: bool) -> None:
        board = await self._call("board", film=self.film)
        asked = next(each["decision_id"] for each in board["decisions"] if each["shot"] == shot)
        await self._call("decide", decision_id=asked, approve=approve, wait_seconds=0)

    async def _call(self, tool: str, **arguments: Any) -> Mapping[str, Any]:
        result = await self.client.call_tool(tool, arguments)
        assert not result.is_error, result.content
        return cast(Mapping[str, Any], result.structured_content)


@asynccontextmanager
async def over_mcp(house: House) -> AsyncGenerator[Door]:
    async with Client(build(house)) as client, anyio.create_task_group() as group:
        group.start_soon(house.desk.run)

        async def enter(door: Through, hear: Hear) -> McpVoice:
            store = house.studio.store
            project = await store.project(door.film_id)
            conversation_id = await store.open_conversation(project.id, door="mcp")
            voice = McpVoice(house, project.id, conversation_id, hear)
            voice.client, voice.film = client, project.name
            return voice

        yield Through(house, enter)
        group.cancel_scope.cancel()


DOORS: Mapping[str, Opens] = {
    "desk": at_the_desk,
    "terminal": in_the_terminal,
    "HTTP": over_http,
    "Slack": in_slack,
    "MCP": over_mcp,
}


# what is stored

BY_THE_CLOCK = "progress"
"""Events whose number depends on how long things take."""

OF_THE_DOOR = ("leases", "thread_", "checkpoint", "writes", "alembic", "sqlite_")
APART = frozenset({"door", "by", "number", "event", "vendor_id", "sha256", "seed"})
"""Who wrote, numbers of the whole store, and what the vendor calls a job or made of its name."""

OF_AN_ANSWER = frozenset({"button", "intents", "by"})
"""What only an answer by button, only one in words, or only one among several people has to say."""

_YES = re.compile(r"(?:yes to|approve) (shot \d+)(?: \([^)]*\))?")
"""A yes in the words of each door."""

_MADE_OF_IDS = re.compile(r'"(seed|safety_identifier)":("[^"]*"|\d+)')
"""What goes out to a vendor so is a digest of the job's or the film's id."""

_ID = re.compile(r"\b([a-z]+)_[0-9a-f]{24,32}\b")


def rows(folder: Path) -> Mapping[str, list[Mapping[str, Any]]]:
    """Every row of a house, ids by the order in which they come, times and what hangs on them left out."""
    names: dict[str, str] = {}
    with sqlite3.connect(folder / "countersteer.db") as database:
        database.row_factory = sqlite3.Row
        listed = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = sorted(name for name in listed if not name.startswith(OF_THE_DOOR))
        told = {table: [dict(row) for row in database.execute(f"SELECT * FROM {table}")] for table in tables}
    database.close()
    return {table: [_plain(row, names) for row in kept if _counts(row)] for table, kept in told.items()}


def _counts(row: Mapping[str, Any]) -> bool:
    return row.get("what") != BY_THE_CLOCK


def _plain(row: Mapping[str, Any], names: dict[str, str]) -> Mapping[str, Any]:
    kept = {name: value for name, value in row.items() if not name.endswith("_us") and name not in APART}
    for column in ("data", "answer"):
        if kept.get(column):
            said = json.loads(kept[column])
            kept[column] = json.dumps({name: value for name, value in said.items() if name not in OF_AN_ANSWER})
    return {name: _named(value, names) if isinstance(value, str) else value for name, value in kept.items()}


def _named(text: str, names: dict[str, str]) -> str:
    text = _MADE_OF_IDS.sub(r'"\1":0', text)
    return _YES.sub(r"yes to \1", _ID.sub(lambda found: names.setdefault(found[0], f"{found[1]} {len(names)}"), text))
