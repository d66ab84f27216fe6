"""The tables of a chat service's threads: what makes an event, a channel's film, a conversation and a post unique.

The rules of `memory.tables` hold here too. A thread is its team, channel and ``thread``.
"""

from sqlalchemy import Boolean, Column, ColumnElement, ForeignKey, Index, Table, Text, UniqueConstraint

from agent.threads import Thread
from memory.columns import integers, jsons, metadata, of_project, same_project, seq, texts

THREADS = 730_010
"""The line for `memory.engine.queue_up` in which what must be unique here is looked for and then added."""

heard = Table(
    "thread_heard",
    metadata,
    seq(),
    *texts("key", "team", "channel", "thread", "user", "kind"),
    *jsons("data"),
    *texts("stage", "note"),
    Column("turn_id", Text, ForeignKey("turns.id"), nullable=True),
    *integers("heard_us"),
    UniqueConstraint("key"),
    Index(None, "team", "channel", "thread"),
    Index(None, "stage"),
    Index(None, "turn_id"),
)

channels = Table(
    "thread_channels",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("team", "channel")),
    of_project(),
    *texts("chosen_by"),
    *integers("chosen_us"),
)

bound = Table(
    "thread_conversations",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("team", "channel", "thread")),
    of_project(),
    *texts("conversation_id"),
    *integers("told"),
    UniqueConstraint("conversation_id"),
    same_project("conversation_id", "conversations"),
)

posts = Table(
    "thread_posts",
    metadata,
    seq(),
    *texts("team", "channel", "thread", "key", "ts", "about"),
    *integers("drawn"),
    Column("living", Boolean, nullable=False),
    *integers("begun_us"),
    UniqueConstraint("team", "channel", "thread", "key"),
)


def fields_of(thread: Thread) -> dict[str, str]:
    """The columns that name a thread."""
    return {"team": thread.team, "channel": thread.channel, "thread": thread.ts}


def within(rows: Table, thread: Thread) -> tuple[ColumnElement[bool], ...]:
    """Which rows are of that thread."""
    return tuple(rows.c[name] == value for name, value in fields_of(thread).items())
