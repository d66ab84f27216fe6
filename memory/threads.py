"""What was heard in threads of a chat service, which film and conversation it is about, and how far that was told."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy import update as change
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.threads import Bound, Heard, Kind, Stage, Thread
from memory import tables
from memory.engine import queue_up
from memory.rows import Rows, lock
from memory.thread_tables import THREADS, bound, channels, fields_of, heard, within
from memory.whole import whole


class ThreadRows(Rows):
    """`agent.threads.Threads` on SQLite or Postgres."""

    @whole
    async def hear(self, heard_now: Heard) -> bool:
        """Keep it under its key; ``False`` when it was heard before."""
        async with self.database.writing() as connection:
            await queue_up(connection, line=THREADS)
            if await connection.scalar(select(heard.c.seq).where(heard.c.key == heard_now.key)) is not None:
                return False
            fields = {name: getattr(heard_now, name) for name in ("key", "user", "note", "turn_id")}
            states = {"kind": heard_now.kind.value, "stage": heard_now.stage.value, "data": dict(heard_now.data)}
            place = fields_of(heard_now.thread)
            await connection.execute(insert(heard).values(**fields, **states, **place, heard_us=self._now_us()))
        return True

    @whole
    async def unfinished(self) -> tuple[Heard, ...]:
        """What is new, or was being done, in the order it came."""
        return await self._all_heard(heard.c.stage.in_((Stage.NEW.value, Stage.TAKEN.value)))

    @whole
    async def to_tell(self, thread: Thread) -> tuple[Heard, ...]:
        """What has a note that is not told yet."""
        return await self._all_heard(heard.c.stage == Stage.TELL.value, *within(heard, thread))

    @whole
    async def heard(self, key: str) -> Heard | None:
        """What was heard under that key."""
        return next(iter(await self._all_heard(heard.c.key == key)), None)

    @whole
    async def of_turn(self, turn_id: str) -> Heard | None:
        """What became that turn; ``None`` for one of another door."""
        return next(iter(await self._all_heard(heard.c.turn_id == turn_id)), None)

    @whole
    async def claim(self, key: str) -> bool:
        """Move it from new to taken; ``False`` when somebody else did."""
        where = (heard.c.key == key, heard.c.stage == Stage.NEW.value)
        async with self.database.writing() as connection:
            moved = await connection.execute(change(heard).where(*where).values(stage=Stage.TAKEN.value))
        return moved.rowcount == 1

    @whole
    async def finish(self, key: str, *, note: str = "") -> None:
        """It is done, but for the note where there is one."""
        stage = Stage.TELL if note else Stage.DONE
        async with self.database.writing() as connection:
            await connection.execute(change(heard).where(heard.c.key == key).values(stage=stage.value, note=note))

    @whole
    async def became(self, key: str, *, turn_id: str) -> None:
        """Write down the turn it became."""
        async with self.database.writing() as connection:
            await connection.execute(change(heard).where(heard.c.key == key).values(turn_id=turn_id))

    @whole
    async def spoken(self, thread: Thread) -> bool:
        """Whether anything was ever heard in that thread."""
        async with self.database.reading() as connection:
            found = await connection.scalar(select(heard.c.seq).where(*within(heard, thread)).limit(1))
        return found is not None

    @whole
    async def all_threads(self) -> tuple[Thread, ...]:
        """Every thread in which anything was heard."""
        places = select(heard.c.team, heard.c.channel, heard.c.thread).distinct()
        async with self.database.reading() as connection:
            return tuple(_thread(row) for row in (await connection.execute(places)).mappings())

    @whole
    async def film_of(self, team: str, channel: str) -> tuple[str, str] | None:
        """The project of a channel and who chose it, once that is done."""
        async with self.database.reading() as connection:
            return await _chosen(connection, team, channel)

    @whole
    async def choose_film(self, team: str, channel: str, *, project_id: str, by: str) -> tuple[str, str]:
        """Choose it unless that was done before; the project chosen, and who chose it."""
        async with self.database.writing() as connection:
            await lock(connection, tables.projects, project_id, what="project")
            await queue_up(connection, line=THREADS)
            before = await _chosen(connection, team, channel)
            if before is not None:
                return before
            values = {"team": team, "channel": channel, "project_id": project_id, "chosen_by": by}
            await connection.execute(insert(channels).values(**values, chosen_us=self._now_us()))
        return project_id, by

    @whole
    async def bind(self, thread: Thread, *, project_id: str, door: str) -> Bound:
        """The conversation of a thread, opened with the first call."""
        async with self.database.writing() as connection:
            await lock(connection, tables.projects, project_id, what="project")
            await queue_up(connection, line=THREADS)
            before = await _bound(connection, *within(bound, thread))
            if before is not None:
                return before
            conversation_id = self._new_id("conversation")
            mine = {"project_id": project_id}
            talk = {"id": conversation_id, "door": door, "created_us": self._now_us(), **mine}
            await connection.execute(insert(tables.conversations).values(**talk))
            row = {**fields_of(thread), **mine, "conversation_id": conversation_id, "told": 0}
            await connection.execute(insert(bound).values(**row))
        return Bound(thread=thread, conversation_id=conversation_id, project_id=project_id, told=0)

    @whole
    async def bound(self, thread: Thread) -> Bound | None:
        """The conversation of a thread, where it has one."""
        async with self.database.reading() as connection:
            return await _bound(connection, *within(bound, thread))

    @whole
    async def bound_to(self, conversation_id: str) -> Bound | None:
        """The thread of a conversation; ``None`` for one of another door."""
        async with self.database.reading() as connection:
            return await _bound(connection, bound.c.conversation_id == conversation_id)

    @whole
    async def told(self, thread: Thread, *, event: int) -> None:
        """Everything up to that event is posted."""
        async with self.database.writing() as connection:
            await connection.execute(change(bound).where(*within(bound, thread)).values(told=event))

    async def _all_heard(self, *where: ColumnElement[bool]) -> tuple[Heard, ...]:
        async with self.database.reading() as connection:
            found = await connection.execute(select(heard).where(*where).order_by(heard.c.seq))
            return tuple(_heard(row) for row in found.mappings())


def _thread(row: Mapping[Any, Any]) -> Thread:
    return Thread(team=row["team"], channel=row["channel"], ts=row["thread"])


def _heard(row: Mapping[Any, Any]) -> Heard:
    # By hand, as events are: the type of JSON refers to itself, which the validator cannot follow.
    fields = {name: row[name] for name in ("key", "user", "data", "turn_id", "note")}
    return Heard(thread=_thread(row), kind=Kind(row["kind"]), stage=Stage(row["stage"]), **fields)


async def _chosen(connection: AsyncConnection, team: str, channel: str) -> tuple[str, str] | None:
    mine = (channels.c.team == team, channels.c.channel == channel)
    row = (await connection.execute(select(channels.c.project_id, channels.c.chosen_by).where(*mine))).first()
    return (str(row[0]), str(row[1])) if row else None


async def _bound(connection: AsyncConnection, *where: ColumnElement[bool]) -> Bound | None:
    row = next(iter((await connection.execute(select(bound).where(*where))).mappings()), None)
    if row is None:
        return None
    fields = {name: row[name] for name in ("conversation_id", "project_id", "told")}
    return Bound(thread=_thread(row), **fields)
