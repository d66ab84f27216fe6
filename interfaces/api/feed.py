"""New events, read once for all who follow: a hundred open pages cost one question to the store at a time."""

from bisect import bisect_right
from collections.abc import AsyncGenerator

import anyio

from agent.events import Event
from agent.store import Store

LOOKS_EVERY_S = 0.1
KEPT = 2_000
"""Events held for those who follow; whoever falls behind by more reads them from the store."""


class Feed:
    """One per process."""

    def __init__(self, store: Store, *, every_s: float = LOOKS_EVERY_S, kept: int = KEPT) -> None:
        self._store = store
        self._every_s = every_s
        self._most = kept
        self._held: list[Event] = []
        self._from = -1  # every event after this number and up to `_read` is held
        self._read = -1
        self._looking = False
        self._news = anyio.Event()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether the server stops; who waits for anything leaves off."""
        return self._closed

    def close(self) -> None:
        """Let all who follow come to an end; a server that stops need not wait for them."""
        self._closed = True
        self._ring()

    async def follow(
        self, *, after: int, conversation_id: str | None = None, project_id: str | None = None
    ) -> AsyncGenerator[Event]:
        """Every event of a conversation, or of a whole film, after that number: in order, once, as it happens."""
        heard = after
        while not self._closed:
            await self._begin()
            read = self._read
            if heard < self._from:
                new = await self._store.events(conversation_id=conversation_id, project_id=project_id, after=heard)
            else:
                new = self._after(heard)
            for event in new:
                if conversation_id in (None, event.conversation_id) and project_id in (None, event.project_id):
                    yield event
            heard = max(read, new[-1].number if new else heard)
            await self._more_than(heard)

    async def _begin(self) -> None:
        if self._read < 0:
            last = await self._store.last_event()
            self._from = self._read = max(self._read, last)

    def _after(self, number: int) -> tuple[Event, ...]:
        return tuple(self._held[bisect_right(self._held, number, key=_number) :])

    async def _more_than(self, heard: int) -> None:
        """Wait for events after that number. One of those who wait looks for all."""
        while self._read <= heard and not self._closed:
            if self._looking:
                await self._news.wait()
            else:
                await self._look()

    async def _look(self) -> None:
        self._looking = True
        try:
            await anyio.sleep(self._every_s)
            self._hold(await self._store.events(after=self._read))
        finally:
            self._looking = False
            self._ring()

    def _hold(self, new: tuple[Event, ...]) -> None:
        if not new:
            return
        self._held.extend(new)
        self._read = new[-1].number
        if len(self._held) > 2 * self._most:
            self._from = self._held[-self._most - 1].number
            del self._held[: -self._most]

    def _ring(self) -> None:
        news, self._news = self._news, anyio.Event()
        news.set()


def _number(event: Event) -> int:
    return event.number
