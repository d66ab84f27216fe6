"""Events in the order they happened, under numbers that rise and never come back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from agent.events import Event, Json, What
from memory import tables
from memory.engine import queue_up
from memory.rows import EVENT_NUMBERS, Rows
from memory.whole import whole

_NUMBERED = insert(tables.events).returning(tables.events.c.number)


class Events(Rows):
    """The story every door tells."""

    @whole
    async def tell(
        self,
        what: What,
        data: Mapping[str, Json],
        *,
        project_id: str,
        conversation_id: str,
        shot_id: str | None = None,
        turn_id: str | None = None,
    ) -> Event:
        """Add an event under the next number."""
        fields: dict[str, Any] = {
            "project_id": project_id,
            "conversation_id": conversation_id,
            "what": what.value,
            "data": dict(data),
            "at_us": self._now_us(),
            "shot_id": shot_id,
            "turn_id": turn_id,
        }
        async with self.database.writing() as connection:
            # Two transactions could else commit 8 before 7, and a door that has seen 8 would never ask for 7.
            await queue_up(connection, line=EVENT_NUMBERS)
            number = (await connection.execute(_NUMBERED, fields)).scalar_one()
        return event_of({**fields, "number": number})

    @whole
    async def events(
        self, *, conversation_id: str | None = None, project_id: str | None = None, after: int = 0
    ) -> tuple[Event, ...]:
        """What happened after that number: in a conversation, in a film, or at all."""
        rows = tables.events
        where = [rows.c.number > after]
        if conversation_id is not None:
            where.append(rows.c.conversation_id == conversation_id)
        if project_id is not None:
            where.append(rows.c.project_id == project_id)
        async with self.database.reading() as connection:
            found = await connection.execute(select(rows).where(*where).order_by(rows.c.number))
            return tuple(event_of(row) for row in found.mappings())

    @whole
    async def last_event(self, project_id: str | None = None) -> int:
        """Number of the last event of a film, or of all; 0 before the first."""
        rows = tables.events
        where = [rows.c.project_id == project_id] if project_id is not None else []
        async with self.database.reading() as connection:
            last = await connection.scalar(select(rows.c.number).where(*where).order_by(rows.c.number.desc()).limit(1))
        return last or 0


def event_of(row: Mapping[Any, Any]) -> Event:
    """The event of a row."""
    # By hand: the type of JSON refers to itself, which the validator cannot follow.
    fields: dict[str, Any] = {**row, "what": What(row["what"])}
    return Event(**fields)
