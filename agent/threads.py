"""Threads of a chat service: whose conversation each one is, what was heard in it, and what was posted to it.

Rows, as `agent.store` keeps them; `memory.threads` implements the Protocol.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from agent.events import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Where people talk: one thread of one channel of one team."""

    team: str
    channel: str
    ts: str


class Kind(StrEnum):
    """What came."""

    MESSAGE = "message"
    PRESS = "press"  # of a button
    FORM = "form"  # that was filled in and sent
    NOTE = "note"  # of which nothing is made but an answer


class Stage(StrEnum):
    """How far what was heard has come."""

    NEW = "new"
    TAKEN = "taken"  # being done; found so after a crash, it may have been done in part
    TELL = "tell"  # done, but for the answer in `Heard.note`
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One thing that came from the service.

    Attributes:
        key: Names it however often it is sent.
        user: Who did it, by the service's id.
        data: A message's text, or what a button or form holds.
        turn_id: The turn it became.
        note: What is told in the thread and is no part of the film's story.
    """

    key: str
    thread: Thread
    user: str
    kind: Kind
    data: Mapping[str, Json] = field(default_factory=dict[str, Json])
    stage: Stage = Stage.NEW
    turn_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A thread that is a conversation.

    Attributes:
        told: Number of the last event that was posted.
    """

    thread: Thread
    conversation_id: str
    project_id: str
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One message of ours in a thread.

    Attributes:
        ts: Its name in the service; empty while nobody knows whether it arrived.
        about: What it shows: a shot, a question, a take.
        drawn: Number of the last event that it shows.
        living: Whether it still changes with the story.
    """

    key: str
    ts: str = ""
    about: str = ""
    drawn: int = 0
    living: bool = False


class Threads(Protocol):
    """Every method is one transaction."""

    async def hear(self, heard_now: Heard) -> bool:
        """Keep it under its key; ``False`` when it was heard before."""
        ...

    async def unfinished(self) -> tuple[Heard, ...]:
        """What is new, or was being done, in the order it came."""
        ...

    async def claim(self, key: str) -> bool:
        """Move it from new to taken; ``False`` when somebody else did."""
        ...

    async def finish(self, key: str, *, note: str = "") -> None:
        """It is done, but for the note where there is one."""
        ...

    async def became(self, key: str, *, turn_id: str) -> None:
        """Write down the turn it became."""
        ...

    async def of_turn(self, turn_id: str) -> Heard | None:
        """What became that turn; ``None`` for one of another door."""
        ...

    async def to_tell(self, thread: Thread) -> tuple[Heard, ...]:
        """What has a note that is not told yet."""
        ...

    async def spoken(self, thread: Thread) -> bool:
        """Whether anything was ever heard in that thread."""
        ...

    async def heard(self, key: str) -> Heard | None:
        """What was heard under that key."""
        ...

    async def film_of(self, team: str, channel: str) -> tuple[str, str] | None:
        """The project of a channel and who chose it, once that is done."""
        ...

    async def choose_film(self, team: str, channel: str, *, project_id: str, by: str) -> tuple[str, str]:
        """Choose it unless that was done before; the project chosen, and who chose it."""
        ...

    async def bind(self, thread: Thread, *, project_id: str, door: str) -> Bound:
        """The conversation of a thread, opened with the first call."""
        ...

    async def bound(self, thread: Thread) -> Bound | None:
        """The conversation of a thread, where it has one."""
        ...

    async def bound_to(self, conversation_id: str) -> Bound | None:
        """The thread of a conversation; ``None`` for one of another door."""
        ...

    async def all_threads(self) -> tuple[Thread, ...]:
        """Every thread in which anything was heard."""
        ...

    async def told(self, thread: Thread, *, event: int) -> None:
        """Everything up to that event is posted."""
        ...

    async def post(self, thread: Thread, key: str) -> Posted | None:
        """Our message of that key, where it was begun."""
        ...

    async def living(self, thread: Thread) -> tuple[Posted, ...]:
        """Our messages that still change."""
        ...

    async def posting(self, thread: Thread, post: Posted) -> None:
        """A message is about to be sent; nothing happens where its key is known."""
        ...

    async def drawn(self, thread: Thread, key: str, *, ts: str, event: int, living: bool) -> None:
        """A message stands there, and shows the story up to that event."""
        ...
