"""Events in the order they happened, under numbers that rise and never come back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from agent.events import Event, Json, What
from memory import tables
from memory.engine import queue_up
from memory.rows import EVENT_NUMBERS, Rows
from memory.whole import whole


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
            numbered = insert(tables.events).values(**fields).returning(tables.events.c.number)
            number = (await connection.execute(numbered)).scalar_one()
        return _event({**fields, "number": number})

    @whole
    async def events(self, *, conversation_id: str, after: int = 0) -> tuple[Event, ...]:
        """What happened in a conversation after that number."""
        rows = tables.events
        async with self.database.reading() as connection:
            found = await connection.execute(
                select(rows)
                .where(rows.c.conversation_id == conversation_id, rows.c.number > after)
                .order_by(rows.c.number)
            )
            return tuple(_event(row) for row in found.mappings())


def _event(row: Mapping[Any, Any]) -> Event:
    # By hand: the type of JSON refers to itself, which the validator cannot follow.
    fields: dict[str, Any] = {**row, "what": What(row["what"])}
    return Event(**fields)
