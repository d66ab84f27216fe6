"""A workspace: its channels with their messages, what was asked of it, and where it fails.

Written from docs.slack.dev: the reference of each method, "Message metadata", "Working with files", "Rate limits".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import anyio

TEAM, APP, BOT, BOT_ID = "T0FILM", "A0STEER", "U0STEER", "B0STEER"
CHANNEL, DIRECT = "C0SHOTS", "D0ADA"
ADA, JAY = "U0ADA", "U0JAY"
LONGEST_WAIT_S = 60
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "chat:write",
    "files:read",
    "files:write",
    "groups:history",
    "im:history",
    "mpim:history",
)

Json = dict[str, Any]


@dataclass(kw_only=True)
class Message:
    """One message as a channel holds it; ``edits`` counts how often it was changed."""

    ts: str
    channel: str
    user: str
    text: str
    thread_ts: str | None = None
    blocks: list[Json] = field(default_factory=list[Json])
    metadata: Json = field(default_factory=dict[str, Any])
    files: list[Json] = field(default_factory=list[Json])
    edits: int = 0

    @property
    def ours(self) -> bool:
        """Whether the app posted it."""
        return self.user == BOT

    def wire(self) -> Json:
        """As it is sent."""
        plain = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text, "blocks": self.blocks}
        thread = {"thread_ts": self.thread_ts} if self.thread_ts else {}
        author = {"bot_id": BOT_ID, "app_id": APP} if self.ours else {}
        return {**plain, **thread, **author, "files": self.files, "metadata": self.metadata}


@dataclass(kw_only=True)
class Mishap:
    """What goes wrong with a method, so many times.

    Attributes:
        status: 429, 500, or 0 for a connection that is cut.
        done: Whether the work was done all the same, and only its answer is lost.
    """

    method: str
    status: int
    times: int = 1
    done: bool = False
    retry_after_s: int = 1


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request that arrived."""

    method: str
    given: Json


class Workspace:
    """What Slack knows. Who waits for something wakes with every request."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.calls: list[Call] = []
        self.mishaps: list[Mishap] = []
        self.views: list[Json] = []
        self.files: dict[str, Json] = {}
        self.scopes = set(SCOPES)
        self._count = 0
        self._moved = anyio.Event()

    def next_ts(self) -> str:
        """The name of the next message: a time, unique within its channel."""
        self._count += 1
        return f"{1_763_700_000 + self._count}.{self._count:06d}"

    def add(self, message: Message) -> Message:
        """Put it into its channel."""
        self.messages.append(message)
        return message

    def thread(self, ts: str, *, channel: str = CHANNEL) -> list[Message]:
        """A thread with the message it began with, in order."""
        return [each for each in self.messages if each.channel == channel and ts in (each.ts, each.thread_ts)]

    def posted(self, ts: str, *, channel: str = CHANNEL) -> list[Message]:
        """What the app posted there."""
        return [each for each in self.thread(ts, channel=channel) if each.ours]

    def find(self, ts: str, *, channel: str) -> Message | None:
        """The message of that name."""
        return next((each for each in self.messages if (each.channel, each.ts) == (channel, ts)), None)

    def called(self, method: str) -> list[Json]:
        """What was given with each request for a method."""
        return [call.given for call in self.calls if call.method == method]

    def record(self, method: str, given: Json) -> None:
        """Note a request, and wake who waits."""
        self.calls.append(Call(method=method, given=given))
        self.wake()

    def wake(self) -> None:
        """Let who waits look again."""
        moved, self._moved = self._moved, anyio.Event()
        moved.set()

    def mishap(self, method: str) -> Mishap | None:
        """What goes wrong with this request."""
        found = next((each for each in self.mishaps if each.method == method and each.times > 0), None)
        if found is not None:
            found.times -= 1
        return found

    async def until(self, there: Callable[[], bool]) -> None:
        """Wait until it is so; looked at after every request."""
        with anyio.fail_after(LONGEST_WAIT_S):
            while not there():
                await self._moved.wait()
