"""Our messages in threads of a chat service: begun before they are sent, and known by the service's name afterwards."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy import update as change

from agent.threads import Posted, Thread
from memory.engine import queue_up
from memory.rows import Rows
from memory.thread_tables import THREADS, fields_of, posts, within
from memory.whole import whole


class PostRows(Rows):
    """What `agent.threads.Threads` knows of our own messages."""

    @whole
    async def post(self, thread: Thread, key: str) -> Posted | None:
        """Our message of that key, where it was begun."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(posts).where(*within(posts, thread), posts.c.key == key))
            return next((_posted(row) for row in found.mappings()), None)

    @whole
    async def living(self, thread: Thread) -> tuple[Posted, ...]:
        """Our messages that still change, oldest first."""
        where = (*within(posts, thread), posts.c.living.is_(True), posts.c.ts != "")
        async with self.database.reading() as connection:
            found = await connection.execute(select(posts).where(*where).order_by(posts.c.seq))
            return tuple(_posted(row) for row in found.mappings())

    @whole
    async def posting(self, thread: Thread, post: Posted) -> None:
        """A message is about to be sent; nothing happens where its key is known."""
        async with self.database.writing() as connection:
            await queue_up(connection, line=THREADS)
            known = await connection.scalar(select(posts.c.seq).where(*within(posts, thread), posts.c.key == post.key))
            if known is None:
                fields = {"key": post.key, "ts": "", "about": post.about, "drawn": post.drawn, "living": post.living}
                await connection.execute(insert(posts).values(**fields_of(thread), **fields, begun_us=self._now_us()))

    @whole
    async def drawn(self, thread: Thread, key: str, *, ts: str, event: int, living: bool) -> None:
        """A message stands there, and shows the story up to that event."""
        values = {"ts": ts, "drawn": event, "living": living}
        async with self.database.writing() as connection:
            await connection.execute(change(posts).where(*within(posts, thread), posts.c.key == key).values(**values))


def _posted(row: Mapping[Any, Any]) -> Posted:
    return Posted(**{name: row[name] for name in ("key", "ts", "about", "drawn", "living")})
