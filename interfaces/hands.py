"""Who does what a turn sets going: the worker of this process, or workers in others, who are told by rows."""

import logging
from typing import Protocol

import anyio

from agent import errands
from agent.acting.outcome import Turn
from agent.errands import Errand, Errands
from agent.errors import StoreError
from agent.jobs import Job
from interfaces.worker import Pulse

LOOKS_EVERY_S = 0.1

_log = logging.getLogger(__name__)


class Hands(Protocol):
    """What a door knows of whoever does the work; `interfaces.worker.Worker` is the one of this process."""

    @property
    def pulse(self) -> Pulse:
        """How much is going on."""
        ...

    def start(self, shot_id: str) -> None:
        """Run a shot from the top: it is new, edited, or taken again."""
        ...

    def go_on(self, shot_id: str) -> None:
        """Let a paused shot go on."""
        ...

    def look_now(self, job: Job) -> None:
        """Look in on a job before its time."""
        ...

    async def recover(self, project_id: str | None = None) -> None:
        """Take up what was on its way when the last process ended."""
        ...

    async def run(self, *, until_rest: bool = False) -> None:
        """Work until cancelled, or until nothing moves by itself any more."""
        ...


class ElsewhereHands:
    """Hands everything over to `countersteer worker` processes, in the order it came.

    A shot whose errand is lost because this process dies before it is kept is found by a worker, by its status.
    """

    def __init__(self, rows: Errands) -> None:
        self._rows = rows
        self._given: list[Errand] = []
        self._moved = anyio.Event()
        self._alive = False

    @property
    def pulse(self) -> Pulse:
        """What is not handed over yet; what the workers do is in the rows."""
        return Pulse(busy=len(self._given), alive=self._alive)

    def start(self, shot_id: str) -> None:
        """Have a shot run; from where, its status says."""
        self._give(errands.of_shot(shot_id))

    def go_on(self, shot_id: str) -> None:
        """Have a paused shot go on."""
        self._give(errands.of_shot(shot_id))

    def look_now(self, job: Job) -> None:
        """Have somebody look in on a job."""
        self._give(errands.of_job(job.id, shot_id=job.shot_id))

    async def hear(self, turn: Turn) -> None:
        """Have a turn acted on, after those before it in its conversation."""
        await self._rows.hand_over([errands.of_turn(turn.id, conversation_id=turn.conversation_id)])

    async def recover(self, project_id: str | None = None) -> None:
        """Nothing: the workers see by the rows what was left."""

    async def run(self, *, until_rest: bool = False) -> None:
        """Hand over until cancelled, or until the workers have nothing left to do."""
        self._alive = True
        try:
            while not (until_rest and not self._given and await self._rows.quiet()):
                self._moved = anyio.Event()
                try:
                    await self.flush()
                except StoreError as error:
                    _log.warning("what was set going is handed over later: %s", error)
                with anyio.move_on_after(LOOKS_EVERY_S if until_rest or self._given else None):
                    await self._moved.wait()
        finally:
            self._alive = False

    async def flush(self) -> None:
        """Keep what was given by now."""
        given, self._given = self._given, []
        try:
            if given:
                await self._rows.hand_over(given)
        except BaseException:
            self._given = [*given, *self._given]
            raise

    def _give(self, errand: Errand) -> None:
        self._given.append(errand)
        self._moved.set()
