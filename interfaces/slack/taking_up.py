"""Acting on what was heard: messages are said at the desk, buttons and forms are done as turns of their own."""

import logging
from collections.abc import Callable, Mapping, Sequence

import anyio
from anyio.abc import TaskGroup

from agent.acting.outcome import Outcome, Turn
from agent.errors import CountersteerError, NotFoundError, StaleError
from agent.people import NotAllowedError, Right
from agent.threads import Bound, Heard, Kind, Stage, Thread
from interfaces.allowance import TooManyError
from interfaces.asking import asked_by, asker
from interfaces.desk import UnsayableError
from interfaces.slack import choosing, images
from interfaces.slack.acts import Act, Deed
from interfaces.slack.knowing import asker_of
from interfaces.wiring import House, new_project

DOOR = "slack"
LOOKS_EVERY_S = 30.0
"""Also where nobody woke it: what could not be taken up then may be taken up now."""

STOPPED = "I was stopped while I did that. Look at how things stand, and press it again where it is still wanted."

_log = logging.getLogger(__name__)


class TakingUp:
    """One per workspace. Messages of a thread keep their order; a button waits for none."""

    def __init__(self, house: House, *, acts: Mapping[str, Act], ring: Callable[[Thread], None]) -> None:
        self._house = house
        self._acts = acts
        self._threads = house.threads
        self._ring = ring
        self._moved = anyio.Event()

    def wake(self) -> None:
        """Something was heard."""
        self._moved.set()

    async def recover(self) -> None:
        """Say of each button that was being done when the last process ended that it may be half done."""
        for heard in await self._threads.unfinished():
            if heard.stage is Stage.TAKEN:
                await self._threads.finish(heard.key, note=STOPPED)

    async def run(self) -> None:
        """Act on what is heard, until cancelled."""
        async with anyio.create_task_group() as group:
            while True:
                self._moved = anyio.Event()
                await self._begin(group)
                with anyio.move_on_after(LOOKS_EVERY_S):
                    await self._moved.wait()

    async def all(self) -> None:
        """Act on all that was heard by now; messages are kept by the desk, which goes on by itself."""
        found = True
        while found:
            async with anyio.create_task_group() as group:
                found = await self._begin(group)

    async def _begin(self, group: TaskGroup) -> bool:
        """Take up what is new; whether there was anything. What the rows cannot take now stays new."""
        found = False
        try:
            for heard in await self._threads.unfinished():
                if heard.kind is Kind.MESSAGE:
                    found = await self._say(heard) or found
                elif heard.stage is Stage.NEW and await self._threads.claim(heard.key):
                    found = True
                    group.start_soon(self._do, heard)
        except CountersteerError as error:
            _log.error("what was heard in Slack waits: %s", error)
        return found

    async def _say(self, heard: Heard) -> bool:
        """Say a message at the desk; one whose channel has no film yet waits for it."""
        bound = await self._bound(heard.thread)
        if bound is None:
            self._ring(heard.thread)
            return False
        note = images.left(heard)
        text = str(heard.data["text"])
        try:
            if text or not note:
                with asked_by(await asker_of(self._house.studio.store, heard.user)):
                    turn_id = await self._house.desk.hear(
                        bound.conversation_id, project_id=bound.project_id, text=text, key=heard.key
                    )
                await self._threads.became(heard.key, turn_id=turn_id)
        except (NotAllowedError, TooManyError, UnsayableError) as error:
            note = f"{error} {note}".strip()
        await self._threads.finish(heard.key, note=note)
        self._ring(heard.thread)
        return True

    async def _do(self, heard: Heard) -> None:
        """Do what a button or form means. What went wrong is told in the thread; it stops nothing else."""
        try:
            with asked_by(await asker_of(self._house.studio.store, heard.user)):
                note = await self._done(heard)
        except CountersteerError as error:
            note = str(error)
        except Exception as error:
            _log.exception("%s stopped", heard.key)
            note = f"an unexpected {type(error).__name__}; see the log. What was done of it stands."
        try:
            await self._threads.finish(heard.key, note=note)
        except CountersteerError as error:
            _log.error("%s is done, and cannot be stored as done: %s", heard.key, error)
        self._ring(heard.thread)
        self.wake()

    async def _done(self, heard: Heard) -> str:
        """Do it; what is told of it besides the turn's own answer."""
        if heard.data.get("action") == choosing.KEY:
            return await self._choose(heard)
        bound = await self._bound(heard.thread)
        if bound is None:
            return f"{choosing.ASKS} Nothing was done."
        asker().must_be_let(Right.LOOK, project_id=bound.project_id)
        deeds = [await self._acts[name](self._house.studio, heard) for name in _asked(heard)]
        return "\n".join([await self._turn(bound, heard, deed) for deed in deeds]).strip()

    async def _turn(self, bound: Bound, heard: Heard, deed: Deed) -> str:
        """Do it as a turn, which answers for itself also where it fails; what it does not tell is the difference."""

        async def work(turn: Turn) -> Sequence[Outcome]:
            await self._threads.became(heard.key, turn_id=turn.id)  # before its answer is told: to whom, is known
            return await deed.work(turn)

        try:
            await self._house.desk.do(bound.conversation_id, project_id=bound.project_id, text=deed.text, work=work)
        except StaleError as error:
            return "\n".join(error.diff)
        except CountersteerError as error:
            _log.info("%s was refused: %s", heard.key, error)
        return ""

    async def _choose(self, heard: Heard) -> str:
        """The channel's film; who comes second is told what was chosen."""
        project_id = str(heard.data["value"])
        place = (heard.thread.team, heard.thread.channel)
        if project_id == choosing.NEW and await self._threads.film_of(*place) is None:
            project_id = await self._new_film(str(heard.data["channel"]))
        chosen = await self._threads.film_of(*place)
        if chosen is None:
            asker().must_be_let(Right.DIRECT, project_id=project_id)
            chosen = await self._threads.choose_film(*place, project_id=project_id, by=heard.user)
        if chosen == (project_id, heard.user):
            return ""
        name = (await self._house.studio.store.project(chosen[0])).name
        return f"The channel is about {name} already; nothing was changed."

    async def _new_film(self, channel: str) -> str:
        """A film named as the channel; the one that has the name already is taken for it."""
        name = channel or DOOR
        try:
            return (await self._house.studio.store.project_named(name)).id
        except NotFoundError:
            return (await new_project(self._house.studio.store, name)).id

    async def _bound(self, thread: Thread) -> Bound | None:
        film = await self._threads.film_of(thread.team, thread.channel)
        return await self._threads.bind(thread, project_id=film[0], door=DOOR) if film else None


def _asked(heard: Heard) -> Sequence[str]:
    """Which acts it is: the one of a button, or one for each part of a form that was changed."""
    if heard.kind is Kind.PRESS:
        return (str(heard.data["action"]),)
    forms = heard.data["forms"]
    return [str(name) for name in forms] if isinstance(forms, list) else ()
