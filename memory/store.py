"""The store: all its parts joined, over one database."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from memory import migrating
from memory.changes import Changes
from memory.conversations import Conversations
from memory.engine import BUSY_S, connect
from memory.events import Events
from memory.jobs import Jobs
from memory.learning import Learning
from memory.ledger import Ledger
from memory.lines import Lines
from memory.overview import Overview
from memory.people import PeopleRows
from memory.posts import PostRows
from memory.projects import Projects
from memory.shots import Shots
from memory.takes import Takes
from memory.threads import ThreadRows


class SqlStore(
    Projects,
    Conversations,
    Shots,
    Changes,
    Jobs,
    Lines,
    Takes,
    Learning,
    Ledger,
    Events,
    Overview,
    ThreadRows,
    PostRows,
    PeopleRows,
):
    """`agent.store.Store` and `agent.threads.Threads` on SQLite or Postgres."""


@asynccontextmanager
async def open_store(
    url: str, *, now_us: Callable[[], int], new_id: Callable[[str], str], busy_s: float = BUSY_S
) -> AsyncGenerator[SqlStore]:
    """Open the store of that address, bringing its tables up to date first.

    Args:
        url: ``sqlite:///folder/file.db`` or ``postgresql://user@host/database``.
        now_us: Wall clock, microseconds UTC.
        busy_s: How long a write waits for another process before it gives up.

    Raises:
        StoreError: It cannot be opened, read or written, or it belongs to a newer version.
    """
    async with connect(url, busy_s=busy_s) as database:
        await migrating.bring_up(database)
        yield SqlStore(database, now_us=now_us, new_id=new_id)
