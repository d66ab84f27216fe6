"""Telling the threads what happens: every event once, in order, and what changes at a bearable pace."""

import logging
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio

from agent.errors import StoreError
from agent.events import Event, What
from agent.threads import Bound, Posted, Thread
from interfaces.api.feed import Feed
from interfaces.slack import batching, cards, choosing, clips, drawing, progress
from interfaces.slack.asking import RefusedError
from interfaces.slack.drawing import Drawing
from interfaces.slack.posting import Piece, Poster, Sleep
from interfaces.wiring import House

CHANGES_EVERY_S = 1.5
"""Between two changes of one message: Slack bears about one a second."""

AGAIN_AFTER_S = 30.0
"""After a refusal: somebody has to mend it first."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Told:
    """What this process knows of one thread.

    Attributes:
        stale: Our messages that show less than has happened; ``None`` before the first look.
        changed_s: When one was changed last.
    """

    turn: anyio.Lock = field(default_factory=anyio.Lock)
    stale: set[str] | None = None
    changed_s: float = -CHANGES_EVERY_S


class Telling:
    """One per workspace. How far each thread was told is a row, so another process goes on where this one ends."""

    def __init__(self, house: House, poster: Poster, *, every_s: float = CHANGES_EVERY_S, sleep: Sleep) -> None:
        self._house = house
        self._poster = poster
        self._drawing = Drawing(house.studio, house.threads)
        self._every_s = every_s
        self._sleep = sleep
        self._known: dict[Thread, _Told] = {}
        self._rung: set[Thread] = set()
        self._busy: set[Thread] = set()
        self._moved = anyio.Event()

    def ring(self, thread: Thread) -> None:
        """Something is to be told there."""
        self._rung.add(thread)
        self._moved.set()

    async def run(self) -> None:
        """Tell every thread what happens, until cancelled."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._follow, await self._house.studio.store.last_event())
            for thread in await self._house.threads.all_threads():
                self.ring(thread)
            while True:
                self._moved = anyio.Event()
                for thread in self._rung - self._busy:
                    self._rung.discard(thread)
                    self._busy.add(thread)
                    group.start_soon(self._keep, thread)
                await self._moved.wait()

    async def catch_up(self, thread: Thread, *, hurry: bool = True) -> bool:
        """Tell a thread all that it was not told; without hurry, what changed a moment ago may wait.

        Returns:
            Whether something waits.

        Raises:
            RefusedError: Slack takes something not at all; it was kept, and all before it stands.
        """
        async with self._alone(thread) as known:
            await self._ask_for_the_film(thread)
            await self._tell_notes(thread)
            bound = await self._house.threads.bound(thread)
            if bound is None:
                return False
            if known.stale is None:
                known.stale = {post.key for post in await self._house.threads.living(thread)}
            for event in await self._house.desk.story(bound.conversation_id, after=bound.told):
                if event.what is What.REQUEST and not await self._is_known(thread, event):
                    break  # whoever is writing down whose it is rings when that is done
                await self._tell(bound, event, known.stale)
            return await self._redraw(bound, known, hurry=hurry)

    async def all(self) -> None:
        """Tell every thread all that it was not told."""
        for thread in await self._house.threads.all_threads():
            await self.catch_up(thread)

    @asynccontextmanager
    async def _alone(self, thread: Thread) -> AsyncGenerator[_Told]:
        """One teller per thread, over all processes."""
        known = self._known.setdefault(thread, _Told())
        async with known.turn, self._house.studio.lease(f"thread:{thread.team}/{thread.channel}/{thread.ts}"):
            yield known

    async def _is_known(self, thread: Thread, event: Event) -> bool:
        """Whether it can be told by now if a message was said in this thread, or at another door."""
        busy = any(heard.thread == thread for heard in await self._house.threads.unfinished())
        return not busy or await self._house.threads.of_turn(event.turn_id or "") is not None

    async def _tell_notes(self, thread: Thread) -> None:
        for heard in await self._house.threads.to_tell(thread):
            for piece in drawing.note(heard):
                await self._poster.post(thread, piece)
            await self._house.threads.finish(heard.key)

    async def _tell(self, bound: Bound, event: Event, stale: set[str]) -> None:
        if event.shot_id is not None and event.what in progress.STANDS:
            await self._begin_progress(bound, event.shot_id)
            living = await self._house.threads.living(bound.thread)
            stale.update(post.key for post in living if event.shot_id in post.about)
        if event.what in batching.MOVES:
            batch = batching.latest(await self._house.threads.living(bound.thread))
            stale.update({batch.key} if batch else ())
        async for piece in self._drawing.of(event):
            await self._post(bound.thread, piece, event=event.number)
        await self._house.threads.told(bound.thread, event=event.number)

    async def _post(self, thread: Thread, piece: Piece, *, event: int) -> None:
        """Post it; without its clip or its longer parts where Slack takes those not at all, and says so then."""
        try:
            await self._poster.post(thread, piece, event=event)
        except RefusedError as error:
            less = clips.without(piece, str(error)) if piece.clip else cards.shortened(piece, error.error)
            if less is None:
                raise
            await self._poster.post(thread, less, event=event)

    async def _begin_progress(self, bound: Bound, shot_id: str) -> None:
        post = await self._house.threads.post(bound.thread, progress.key(shot_id))
        if post is None or not post.ts:
            piece, drawn = await self._drawing.progress(shot_id, conversation_id=bound.conversation_id)
            await self._poster.post(bound.thread, piece, event=drawn)

    async def _ask_for_the_film(self, thread: Thread) -> None:
        """The question in the first thread that needs it, and the answer wherever it was asked."""
        store, threads = self._house.studio.store, self._house.threads
        post = await threads.post(thread, choosing.KEY)
        answer = await choosing.chosen(store, threads, thread)
        if answer is None:
            await self._poster.post(thread, await choosing.asked(store))
        elif post is not None and post.living:
            await self._poster.redraw(thread, post, answer, event=0)

    async def _redraw(self, bound: Bound, known: _Told, *, hurry: bool) -> bool:
        """Bring our messages to what they show now; whether some have to wait."""
        for post in await self._house.threads.living(bound.thread):
            if known.stale is None or post.key not in known.stale:
                continue
            if not hurry and time.monotonic() - known.changed_s < self._every_s:
                return True
            await self._redraw_one(bound, post)
            known.stale.discard(post.key)
            known.changed_s = time.monotonic()
        return False

    async def _redraw_one(self, bound: Bound, post: Posted) -> None:
        if post.key == progress.key(post.about):
            piece, drawn = await self._drawing.progress(post.about, conversation_id=bound.conversation_id)
            if drawn > post.drawn:
                await self._poster.redraw(bound.thread, post, piece, event=drawn)
        elif batching.is_of_one(post):
            await self._redraw_batch(bound, post)
        elif post.key != choosing.KEY:
            settled = await self._drawing.settled(post.about, key=post.key)
            if settled is not None:
                await self._poster.redraw(bound.thread, post, settled, event=post.drawn)

    async def _redraw_batch(self, bound: Bound, post: Posted) -> None:
        talk = await self._house.studio.store.conversation(bound.conversation_id)
        piece, drawn = await self._drawing.batch(post.key, project_id=talk.project_id)
        if piece is not None and drawn > post.drawn:
            await self._poster.redraw(bound.thread, post, piece, event=drawn)

    async def _follow(self, after: int) -> None:
        """Ring for each event of a thread. Rows that cannot be read now are read a little later."""
        while True:
            try:
                async for event in Feed(self._house.studio.store).follow(after=after):
                    bound = await self._house.threads.bound_to(event.conversation_id)
                    if bound is not None:
                        self.ring(bound.thread)
                    after = event.number
            except StoreError as error:
                _log.error("the story cannot be read: %s", error)
                await self._sleep(AGAIN_AFTER_S)

    async def _keep(self, thread: Thread) -> None:
        """One thread brought up to date; what goes wrong there stops no other."""
        try:
            wait_s = self._every_s if await self.catch_up(thread, hurry=False) else 0.0
        except RefusedError as error:
            _log.error("thread %s in %s: %s; what is not posted is kept", thread.ts, thread.channel, error)
            wait_s = AGAIN_AFTER_S
        except Exception:
            _log.exception("thread %s in %s was not told; it goes on", thread.ts, thread.channel)
            wait_s = AGAIN_AFTER_S
        if wait_s:
            await self._sleep(wait_s)
            self._rung.add(thread)
        self._busy.discard(thread)
        self._moved.set()
