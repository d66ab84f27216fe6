"""The director's desk: every door says its messages here and reads the same story from here."""

import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import dropwhile

import anyio

from agent import people
from agent.acting import dispatch, permitting
from agent.acting.outcome import Outcome, Turn
from agent.errors import ConflictError, CountersteerError, LostLeaseError
from agent.events import Event, Json, What
from agent.graphs.conversation import Graph
from agent.graphs.state import TurnState
from agent.intents import Intent
from agent.studio import Studio
from interfaces.allowance import Allowance
from interfaces.asking import asker
from interfaces.hands import Hands
from interfaces.heard import Deed, Heard
from interfaces.understanding import Understanding
from prompts.normal import clean

LONGEST_MESSAGE = 100_000
TURNS_AT_ONCE = 16  # of different conversations; more at once would only make each of them slower
EMPTY = "That was empty. Describe a shot, or type help."
STOPPED = "I was stopped in the middle of this. What was done of it stands; say again what is missing."

Work = Callable[[Turn], Awaitable[Sequence[Outcome]]]
"""Does what a button means, as part of a turn."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A turn that was acted on, and what was answered."""

    turn_id: str
    lines: tuple[str, ...]


class UnsayableError(CountersteerError):
    """A message that cannot be taken as a turn; it was not stored."""


class Desk:
    """One per process: turns in, events out. Turns of a conversation keep their order.

    ``elsewhere`` hands a turn over with the transaction that keeps it, where other processes act on them.
    """

    def __init__(
        self, studio: Studio, graph: Graph, worker: Hands, *, elsewhere: Callable[[Turn], Awaitable[None]] | None = None
    ) -> None:
        self.studio = studio
        self.worker = worker
        self._elsewhere = elsewhere
        self._understanding = Understanding(studio, graph)
        self._heard = Heard()
        self._allowance = Allowance(now_us=studio.now_us)
        self._at_once = anyio.Semaphore(TURNS_AT_ONCE)

    async def say(self, conversation_id: str, *, project_id: str, text: str) -> str | None:
        """Act on one message; the answer and the clips follow as events.

        A message that cannot be taken as a turn is not stored; then the reason is returned.
        """
        try:
            message = sayable(text)
        except UnsayableError as error:
            return str(error)
        async with self.studio.lease(_lease(conversation_id)):
            turn = await self._begin(conversation_id, project_id, message)
            self._set_going(await self._understanding.of(turn))
        return None

    async def hear(self, conversation_id: str, *, project_id: str, text: str, key: str = "") -> str:
        """Keep one message; `run` acts on it, after those heard before it. The turn's id.

        Args:
            conversation_id: Whose turn it is.
            project_id: The conversation's film.
            text: The message.
            key: Names the message for whoever may have to send it again; it is heard once.

        Raises:
            UnsayableError: It cannot be taken as a turn; it was not stored.
            ConflictError: Another message was sent under that key.
            NotAllowedError: Whoever asks has no part in the film; it was not stored.
            TooManyError: The film was told more than is heard in that time; it was not stored.
        """
        message = sayable(text)
        asker().must_be_let(people.Right.LOOK, project_id=project_id)
        self._allowance.take(project_id)
        turn_id = _keyed(conversation_id, key) if key else self.studio.new_id("turn")
        try:
            turn = await self._begin(conversation_id, project_id, message, turn_id=turn_id, later=True)
        except ConflictError:
            if await self.studio.store.turn_text(turn_id) != message:
                raise ConflictError("another message was sent under that key; use a key of its own") from None
            return turn_id
        await self.studio.fail.reach("turn.acked")
        if not self._elsewhere:
            self._soon(turn, partial(self._act_on, turn))
        return turn_id

    async def act(self, conversation_id: str, *, project_id: str, text: str, intents: Sequence[Intent]) -> Done:
        """Do what typed intents say, in their order, as a turn like any other; ``text`` is the same in words.

        Raises:
            CountersteerError: One cannot be done; what was done before it stays, and the story says so.
        """

        async def each(turn: Turn) -> Sequence[Outcome]:
            return [await dispatch.act(self.studio, turn, intent) for intent in intents]

        return await self.do(conversation_id, project_id=project_id, text=text, work=each)

    async def do(self, conversation_id: str, *, project_id: str, text: str, work: Work) -> Done:
        """The same for what no intent says exactly, such as a sheet filled in by hand."""
        async with self.studio.lease(_lease(conversation_id)):
            turn = await self._begin(conversation_id, project_id, text, button=True)
            try:
                await permitting.permit(self.studio, turn, people.Right.DIRECT)
                outcomes = await work(turn)
            except CountersteerError as error:
                await self._reply(turn, _sentence(error))
                raise
            lines = tuple(line for outcome in outcomes for line in outcome.lines)
            going = [shot_id for outcome in outcomes for shot_id in (*outcome.start, *outcome.answered)]
            await self._reply(turn, "\n".join(lines), shots=going)
        for outcome in outcomes:
            self._start(outcome.start, answered=outcome.answered)
        return Done(turn_id=turn.id, lines=lines)

    async def story(self, conversation_id: str, *, after: int = 0) -> tuple[Event, ...]:
        """What happened since an event, in order."""
        return await self.studio.store.events(conversation_id=conversation_id, after=after)

    async def recover(self) -> None:
        """Take up every turn that was heard and not finished when the last process ended."""
        if self._elsewhere:
            return  # whoever acts on them may still be at it, and finds what was left
        for said in await self.studio.store.unanswered():
            talk = await self.studio.store.conversation(said.conversation_id)
            turn = Turn(id=said.id, project_id=talk.project_id, conversation_id=talk.id)
            self._soon(turn, partial(self._take_up, turn, said.text))

    async def take_up(self, turn_id: str, *, again: bool) -> None:
        """Act on a turn that was kept here or elsewhere, until it is answered; ``again`` if that was begun before."""
        said = await self.studio.store.turn(turn_id)
        talk = await self.studio.store.conversation(said.conversation_id)
        turn = Turn(id=said.id, project_id=talk.project_id, conversation_id=talk.id)
        deed = partial(self._take_up, turn, said.text) if again else partial(self._act_on, turn)
        await self._guarded(turn, deed)

    async def run(self) -> None:
        """Act on what is heard, until cancelled."""
        await self._heard.run()

    async def rest(self) -> None:
        """Wait until all that was heard is acted on."""
        await self._heard.rest()

    async def _begin(
        self,
        conversation_id: str,
        project_id: str,
        text: str,
        *,
        turn_id: str | None = None,
        button: bool = False,
        later: bool = False,
    ) -> Turn:
        """Keep a turn and tell it."""

        async def heard() -> Turn:
            kept_id = await self.studio.store.add_turn(conversation_id, text, turn_id=turn_id)
            turn = Turn(id=kept_id, project_id=project_id, conversation_id=conversation_id)
            if later and self._elsewhere:
                await self._elsewhere(turn)
            await self._tell(turn, What.REQUEST, text=text, **({"button": True} if button else {}))
            return turn

        return await self.studio.store.together(heard)

    def _soon(self, turn: Turn, deed: Deed) -> None:
        self._heard.add(partial(self._guarded, turn, deed))

    async def _guarded(self, turn: Turn, deed: Deed) -> None:
        """One turn of a conversation at a time, and not too many at once; a failure is told, and stops no other."""
        try:
            async with self.studio.lease(_lease(turn.conversation_id)), self._at_once:
                if (await self.studio.store.turn(turn.id)).reply is None:  # else another process was quicker
                    await deed()
        except LostLeaseError:
            _log.info("turn %s went on elsewhere", turn.id)
        except CountersteerError as error:
            await self._reply(turn, _sentence(error))
        except Exception as error:
            _log.exception("turn %s stopped", turn.id)
            await self._reply(turn, f"An unexpected {type(error).__name__}; see the log. What was done of it stands.")

    async def _act_on(self, turn: Turn) -> None:
        self._set_going(await self._understanding.of(turn))

    async def _take_up(self, turn: Turn, text: str) -> None:
        """Go on with a turn where it stood.

        One that may have been acted on in part is not acted on again, nor one that others were answered behind.
        """
        story = await self.story(turn.conversation_id)
        request = next((event for event in story if (event.what, event.turn_id) == (What.REQUEST, turn.id)), None)
        if request is None:  # it was stopped before it could be told
            await self._tell(turn, What.REQUEST, text=text)
        button = request is not None and request.data.get("button") is True
        done = None if button or await self._overtaken(turn) else await self._understanding.rest_of(turn)
        if done is None:
            await self._reply(turn, STOPPED)
        else:
            self._set_going(done)

    async def _overtaken(self, turn: Turn) -> bool:
        later = dropwhile(lambda said: said.id != turn.id, await self.studio.store.turns(turn.conversation_id))
        return any(said.reply is not None for said in later)

    def _set_going(self, done: TurnState) -> None:
        self._start(done["start"], answered=done["answered"])

    def _start(self, shot_ids: Sequence[str], *, answered: Sequence[str]) -> None:
        for shot_id in shot_ids:
            self.worker.start(shot_id)
        for shot_id in answered:
            self.worker.go_on(shot_id)

    async def _reply(self, turn: Turn, text: str, *, shots: Sequence[str] = ()) -> None:
        async def answer() -> None:
            await self.studio.store.finish_turn(turn.id, reply=text)
            await self._tell(turn, What.REPLY, text=text, shots=[*shots])

        await self.studio.store.together(answer)

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


def _lease(conversation_id: str) -> str:
    return f"conversation:{conversation_id}"


def _keyed(conversation_id: str, key: str) -> str:
    return f"turn_{hashlib.sha256(f'{conversation_id} {key}'.encode()).hexdigest()[:32]}"


def _sentence(error: CountersteerError) -> str:
    return f"{str(error)[:1].upper()}{str(error)[1:]}."
