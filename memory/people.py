"""Who is what in which film, and what they are known by: lines that are only ever added."""

from dataclasses import replace

from agent.errors import ConflictError
from agent.people import Grant, known_by
from memory.engine import queue_up
from memory.rows import PEOPLE, Rows
from memory.shelves import GRANTS
from memory.whole import whole


class PeopleRows(Rows):
    """`agent.people.People` on SQLite or Postgres."""

    @whole
    async def grants(self) -> tuple[Grant, ...]:
        """Every line, oldest first."""
        async with self.database.reading() as connection:
            return await GRANTS.all(connection)

    @whole
    async def grant(self, line: Grant) -> None:
        """Add a line; its time is now.

        Raises:
            ConflictError: Somebody else is known by that key.
        """
        async with self.database.writing() as connection:
            await queue_up(connection, line=PEOPLE)
            whose = known_by(await GRANTS.all(connection), line.key) if line.key else None
            if whose not in (None, line.name):
                raise ConflictError(f"{whose} is known by that already; nothing was changed")
            await GRANTS.put(connection, replace(line, given_us=self._now_us()))
