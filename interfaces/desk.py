"""The director's desk: every door says its messages here and reads the same story from here."""

import hashlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import anyio
from langchain_core.runnables import RunnableConfig

from agent.acting import dispatch
from agent.acting.outcome import Outcome, Turn
from agent.errors import ConflictError, CountersteerError
from agent.events import Event, Json, What
from agent.graphs.conversation import STEP_LIMIT, Graph
from agent.graphs.state import TurnStart
from agent.intents import Intent
from agent.studio import Studio
from interfaces.worker import Worker
from prompts.normal import clean

LONGEST_MESSAGE = 100_000
TURNS_AT_ONCE = 16  # of different conversations; more at once would only make each of them slower
EMPTY = "That was empty. Describe a shot, or type help."
STOPPED = "I was stopped in the middle of this. What was done of it stands; say again what is missing."

Work = Callable[[Turn], Awaitable[Sequence[Outcome]]]
"""Does what a button means, as part of a turn."""

_Deed = Callable[[], Coroutine[Any, Any, None]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A turn that was acted on, and what was answered."""

    turn_id: str
    lines: tuple[str, ...]


class UnsayableError(CountersteerError):
    """A message that cannot be taken as a turn; it was not stored."""


class Desk:
    """One per process: turns in, events out."""

    def __init__(self, studio: Studio, graph: Graph, worker: Worker) -> None:
        self.studio = studio
        self.worker = worker
        self._graph = graph
        self._heard: list[_Deed] = []
        self._wake = anyio.Event()
        self._at_once = anyio.Semaphore(TURNS_AT_ONCE)

    async def say(self, conversation_id: str, *, project_id: str, text: str) -> str | None:
        """Act on one message; the answer and the clips follow as events. Turns of a conversation keep their order.

        A message that cannot be taken as a turn is not stored; then the reason is returned.
        """
        try:
            message = sayable(text)
        except UnsayableError as error:
            return str(error)
        async with self.studio.lease(_lease(conversation_id)):
            turn = Turn(
                id=await self.studio.store.add_turn(conversation_id, message),
                project_id=project_id,
                conversation_id=conversation_id,
            )
            await self._tell_request(turn, message)
            await self._understand(turn)
        return None

    async def hear(self, conversation_id: str, *, project_id: str, text: str, key: str = "") -> str:
        """Keep one message and its turn's id; `run` acts on it, after those heard before it.

        Args:
            conversation_id: Whose turn it is.
            project_id: The conversation's film.
            text: The message.
            key: Names the message for whoever may have to send it again; the same one is heard once.

        Raises:
            UnsayableError: It cannot be taken as a turn; it was not stored.
            ConflictError: Another message was sent under that key.
        """
        message = sayable(text)
        turn_id = _keyed(conversation_id, key) if key else None
        try:
            turn_id = await self.studio.store.add_turn(conversation_id, message, turn_id=turn_id)
        except ConflictError:
            return await self._heard_before(turn_id or "", message)
        turn = Turn(id=turn_id, project_id=project_id, conversation_id=conversation_id)
        await self._tell_request(turn, message)
        self._later(turn, partial(self._understand, turn))
        return turn_id

    async def act(self, conversation_id: str, *, project_id: str, text: str, intents: Sequence[Intent]) -> Done:
        """Do what typed intents say, as a turn like any other.

        Args:
            conversation_id: Whose turn it is.
            project_id: The conversation's film.
            text: The same in words, for the story.
            intents: In the order they are to be done.

        Raises:
            CountersteerError: One cannot be done; what was done before it stays, and the story says so.
        """

        async def each(turn: Turn) -> Sequence[Outcome]:
            return [await dispatch.act(self.studio, turn, intent) for intent in intents]

        return await self.do(conversation_id, project_id=project_id, text=text, work=each)

    async def do(self, conversation_id: str, *, project_id: str, text: str, work: Work) -> Done:
        """The same for what no intent says exactly, such as a sheet filled in by hand."""
        async with self.studio.lease(_lease(conversation_id)):
            turn = Turn(
                id=await self.studio.store.add_turn(conversation_id, text),
                project_id=project_id,
                conversation_id=conversation_id,
            )
            await self._tell_request(turn, text, button=True)
            try:
                outcomes = await work(turn)
            except CountersteerError as error:
                await self._reply(turn, f"{str(error)[:1].upper()}{str(error)[1:]}.")
                raise
            lines = tuple(line for outcome in outcomes for line in outcome.lines)
            await self._reply(turn, "\n".join(lines))
        self._set_going(
            start=[shot_id for outcome in outcomes for shot_id in outcome.start],
            answered=[shot_id for outcome in outcomes for shot_id in outcome.answered],
        )
        return Done(turn_id=turn.id, lines=lines)

    async def story(self, conversation_id: str, *, after: int = 0) -> tuple[Event, ...]:
        """What happened since an event, in order."""
        return await self.studio.store.events(conversation_id=conversation_id, after=after)

    async def recover(self) -> None:
        """Take up every turn that was heard and not finished when the last process ended."""
        for said in await self.studio.store.unanswered():
            talk = await self.studio.store.conversation(said.conversation_id)
            turn = Turn(id=said.id, project_id=talk.project_id, conversation_id=talk.id)
            self._later(turn, partial(self._take_up, turn))

    async def run(self) -> None:
        """Act on what is heard, until cancelled."""
        async with anyio.create_task_group() as group:
            while True:
                self._wake = anyio.Event()
                heard, self._heard = self._heard, []
                for work in heard:
                    group.start_soon(work)
                await self._wake.wait()

    def _later(self, turn: Turn, work: _Deed) -> None:
        self._heard.append(partial(self._guarded, turn, work))
        self._wake.set()

    async def _guarded(self, turn: Turn, work: _Deed) -> None:
        """One turn at a time of a conversation, and not too many at once; a failure is told, and stops no other."""
        try:
            async with self.studio.lease(_lease(turn.conversation_id)), self._at_once:
                if (await self.studio.store.turn(turn.id)).reply is None:  # else another process was quicker
                    await work()
        except CountersteerError as error:
            await self._reply(turn, f"{str(error)[:1].upper()}{str(error)[1:]}.")
        except Exception as error:
            _log.exception("turn %s stopped", turn.id)
            await self._reply(turn, f"An unexpected {type(error).__name__}; see the log. What was done of it stands.")

    async def _understand(self, turn: Turn) -> None:
        """Run the conversation's graph from the top, and set going what it says."""
        start: TurnStart = {
            "turn_id": turn.id,
            "project_id": turn.project_id,
            "conversation_id": turn.conversation_id,
        }
        await self._run(turn, start)

    async def _take_up(self, turn: Turn) -> None:
        """Go on with a turn where it stood; one that may have been acted on in part is not acted on again."""
        requests = [event for event in await self.story(turn.conversation_id) if _is_request(event, turn)]
        if not requests:
            await self._tell_request(turn, await self.studio.store.turn_text(turn.id))
        state = await self._graph.aget_state(_thread(turn))
        mine = (state.metadata or {}).get("turn_id") == turn.id
        if any(event.data.get("button") for event in requests) or (mine and state.next == ("act",)):
            await self._reply(turn, STOPPED)
        elif mine and state.next == ("say",):
            await self._run(turn, None)
        else:
            await self._understand(turn)

    async def _run(self, turn: Turn, start: TurnStart | None) -> None:
        done = await self._graph.ainvoke(start, _thread(turn), context=self.studio, durability="sync")
        self._set_going(start=done["start"], answered=done["answered"])

    def _set_going(self, *, start: Sequence[str], answered: Sequence[str]) -> None:
        for shot_id in start:
            self.worker.start(shot_id)
        for shot_id in answered:
            self.worker.go_on(shot_id)

    async def _heard_before(self, turn_id: str, message: str) -> str:
        if await self.studio.store.turn_text(turn_id) != message:
            raise ConflictError("another message was sent under that key; nothing was stored; use a key of its own")
        return turn_id

    async def _tell_request(self, turn: Turn, text: str, **data: Json) -> None:
        await self._tell(turn, What.REQUEST, text=text, **data)

    async def _reply(self, turn: Turn, text: str) -> None:
        await self.studio.store.finish_turn(turn.id, reply=text)
        await self._tell(turn, What.REPLY, text=text)

    async def _tell(self, turn: Turn, what: What, **data: Json) -> None:
        await self.studio.store.tell(
            what, data, project_id=turn.project_id, conversation_id=turn.conversation_id, turn_id=turn.id
        )


def sayable(text: str) -> str:
    """The message without what no person types.

    Raises:
        UnsayableError: It is too long, or nothing is left of it.
    """
    if len(text) > LONGEST_MESSAGE:
        raise UnsayableError(
            f"That message has {len(text):,} characters and {LONGEST_MESSAGE:,} is the most; nothing was done. "
            "Send long shot lists in parts."
        )
    message = "\n".join(clean(line).text for line in text.splitlines())
    if not message.strip():
        raise UnsayableError(EMPTY)
    return message


def _is_request(event: Event, turn: Turn) -> bool:
    return event.what is What.REQUEST and event.turn_id == turn.id


def _lease(conversation_id: str) -> str:
    return f"conversation:{conversation_id}"


def _keyed(conversation_id: str, key: str) -> str:
    return f"turn_{hashlib.sha256(f'{conversation_id} {key}'.encode()).hexdigest()[:32]}"


def _thread(turn: Turn) -> RunnableConfig:
    """The conversation's thread of the graph; the turn is kept with every checkpoint, to know it again."""
    return {
        "configurable": {"thread_id": turn.conversation_id},
        "recursion_limit": STEP_LIMIT,
        "metadata": {"turn_id": turn.id},
    }
