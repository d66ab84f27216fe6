"""The worker: runs shots, looks in on their jobs when they are due, and takes up after a crash what was on its way."""

import heapq
import itertools
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import anyio
from anyio.abc import TaskGroup
from langchain_core.runnables import RunnableConfig
from langgraph.types import Command

from agent import watching
from agent.circuits import PROBE_AFTER_S
from agent.errors import ConflictError, CountersteerError
from agent.events import What
from agent.film import ShotStatus
from agent.graphs.forgetting import forget
from agent.graphs.shot import STEP_LIMIT, Graph
from agent.graphs.state import ShotStart
from agent.jobs import Job, JobState
from agent.narrating import tell
from agent.policy import polling
from agent.studio import Studio
from agent.troubles import Step

RUNS_AT_ONCE = 4  # shots whose graph moves at the same time; clips being rendered at vendors do not count
WAITING = (JobState.INTENT, JobState.SENDING, JobState.ACCEPTED)

_Work = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Pulse:
    """What the worker is doing: ``busy`` runs, how many jobs it waits for, and whether it is ``alive``."""

    busy: int = 0
    waiting: int = 0
    alive: bool = False


class Worker:
    """One per process. A shot that waits for a clip is a row, a checkpoint and a due time; nothing sleeps for it."""

    def __init__(self, studio: Studio, graph: Graph) -> None:
        self._studio = studio
        self._graph = graph
        self._due: list[tuple[int, int, str, _Work]] = []  # when, in which order, for which job if for one
        self._fresh: list[_Work] = []
        self._watched: dict[str, int] = {}  # job to when it is looked at; earlier plans for it no longer hold
        self._nth = itertools.count()  # keeps works that are due together in order
        self._busy = 0
        self._alive = False
        self._wake = anyio.Event()
        self._at_once = anyio.Semaphore(RUNS_AT_ONCE)

    @property
    def pulse(self) -> Pulse:
        """How much is going on."""
        return Pulse(busy=self._busy + len(self._fresh), waiting=len(self._due), alive=self._alive)

    def start(self, shot_id: str) -> None:
        """Run a shot from the top: it is new, edited, or taken again."""
        self._fresh.append(partial(self._advance, shot_id, from_top=True))
        self._wake.set()

    def go_on(self, shot_id: str) -> None:
        """Let a paused shot go on: its question was answered, or its job has moved."""
        self._fresh.append(partial(self._advance, shot_id, from_top=False))
        self._wake.set()

    def look_now(self, job: Job) -> None:
        """Look in on a job before its time: its vendor called, or a slot is free."""
        self._plan(job, due_us=self._studio.now_us(), called=True)
        self._wake.set()

    async def recover(self, project_id: str | None = None) -> None:
        """Take up every shot that was on its way when the last process ended."""
        projects = await self._studio.store.projects()
        for project in projects:
            if project_id not in (None, project.id):
                continue
            for shot in await self._studio.store.shots(project.id):
                if shot.status is ShotStatus.OPEN:  # new or edited: what its thread remembers is older than its row
                    self.start(shot.id)
                elif shot.status is ShotStatus.RENDERING:
                    self.go_on(shot.id)
            for decision_id, shot_id, _ in await self._studio.store.open_questions(project.id):
                if await self._studio.store.answered(decision_id) is not None:
                    self.go_on(shot_id)

    async def run(self, *, until_rest: bool = False) -> None:
        """Work until cancelled, or until nothing moves by itself any more."""
        self._alive = True
        try:
            async with anyio.create_task_group() as group:
                while not (until_rest and self._resting()):
                    self._wake = anyio.Event()
                    self._begin(group)
                    with anyio.move_on_after(self._until_next_s()):
                        await self._wake.wait()
        finally:
            self._alive = False

    def _resting(self) -> bool:
        return not (self._busy or self._fresh or self._due)

    def _begin(self, group: TaskGroup) -> None:
        ready, self._fresh = self._fresh, []
        now_us = self._studio.now_us()
        while self._due and self._due[0][0] <= now_us:
            ready.append(heapq.heappop(self._due)[-1])
        for work in ready:
            self._busy += 1
            group.start_soon(self._guarded, work)

    async def _guarded(self, work: _Work) -> None:
        try:
            async with self._at_once:
                await work()
        finally:
            self._busy -= 1
            self._wake.set()

    def _until_next_s(self) -> float:
        if not self._due:
            return 3600.0
        return max(0.0, (self._due[0][0] - self._studio.now_us()) / 1e6)

    async def _advance(self, shot_id: str, *, from_top: bool) -> None:
        """Run the shot's graph until it pauses or ends."""
        async with self._alone(shot_id):
            await self._run_graph(shot_id, from_top=from_top)

    async def _look(self, shot_id: str, job_id: str, *, due_us: int, called: bool) -> None:
        """Ask the vendor about a job that is due; its graph goes on only when it has moved."""
        if self._watched.get(job_id) != due_us:
            return  # it was looked at since this was planned
        del self._watched[job_id]
        async with self._alone(shot_id):
            job = await self._studio.store.job(job_id)
            if job.state is JobState.ACCEPTED:
                job = await watching.look_in(self._studio, await self._studio.store.shot(shot_id), job)
                await self._let_next_in(job)
            if job.state is JobState.ACCEPTED and called:
                self._plan(job, due_us=self._studio.now_us() + int(polling.SHORTEST_S * 1e6))
            elif job.state is JobState.ACCEPTED:
                self._wait_for(job)
            elif await self._waits_for(shot_id, job_id):
                await self._run_graph(shot_id, from_top=False)

    @asynccontextmanager
    async def _alone(self, shot_id: str) -> AsyncGenerator[None]:
        """One run of a shot at a time, over all processes. A failure is told; it never takes other shots along."""
        try:
            async with self._studio.lease(f"shot:{shot_id}"):
                yield
        except ConflictError:
            _log.info("shot %s went on elsewhere", shot_id)
        except CountersteerError as error:
            await self._tell_failure(shot_id, str(error))
        except Exception as error:
            _log.exception("shot %s stopped", shot_id)
            await self._tell_failure(shot_id, f"an unexpected {type(error).__name__}; see the log, then say 'again'")
        else:
            await self._probe_later(shot_id)

    async def _let_next_in(self, done: Job) -> None:
        """A job that is no longer at its vendor leaves a slot to the first in line."""
        if done.state is JobState.ACCEPTED:
            return
        called = await self._studio.store.call_next(self._studio.line_of(done.model))
        if called is not None:
            self.look_now(called)

    def _wait_for(self, job: Job) -> None:
        if job.id not in self._watched:
            self._plan(job, due_us=job.due_us)

    def _plan(self, job: Job, *, due_us: int, called: bool = False) -> None:
        """Look in on a job then. A vendor may call a moment before its own answer says so: then once more, soon."""
        if job.id in self._watched:  # else the worker would not rest before the earlier plan's time has come
            self._due = [planned for planned in self._due if planned[2] != job.id]
            heapq.heapify(self._due)
        self._watched[job.id] = due_us
        self._later(due_us, job_id=job.id, work=partial(self._look, job.shot_id, job.id, due_us=due_us, called=called))

    async def _waits_for(self, shot_id: str, job_id: str) -> bool:
        """Whether the shot's graph still stands before this job; another process may have taken it on."""
        state = await self._graph.aget_state(_thread(shot_id))
        return state.next == ("wait",) and state.values["job_id"] == job_id

    def _later(self, due_us: int, *, work: _Work, job_id: str = "") -> None:
        heapq.heappush(self._due, (due_us, next(self._nth), job_id, work))

    async def _run_graph(self, shot_id: str, *, from_top: bool) -> None:
        config = _thread(shot_id)
        before = await self._graph.aget_state(config)
        entry: ShotStart | Command[str] | None = None
        if from_top or not before.next:
            entry = {"shot_id": shot_id}
        elif before.interrupts:
            if before.next == ("wait",) and await self._still_waiting(before.values["job_id"]):
                return
            entry = Command(resume={before.interrupts[0].id: True})
        await self._graph.ainvoke(entry, config, context=self._studio, durability="sync")
        after = await self._graph.aget_state(config)
        if after.next == ("wait",):
            self._wait_for(await self._studio.store.job(after.values["job_id"]))
        elif not after.next:
            await forget(self._graph, shot_id)

    async def _probe_later(self, shot_id: str) -> None:
        """A shot held by an outage looks again by itself."""
        troubles = [self._studio.circuits.closed(vendor) for vendor in self._studio.vendors]
        if not any(trouble and trouble.step is Step.TRY_LATER for trouble in troubles):
            return
        shot = await self._studio.store.shot(shot_id)
        if shot.status is ShotStatus.HELD:
            due_us = self._studio.now_us() + int(PROBE_AFTER_S * 1e6)
            self._later(due_us, work=partial(self._advance, shot_id, from_top=True))

    async def _still_waiting(self, job_id: str) -> bool:
        """Whether the job has not moved and is not due; then it only has to be watched again."""
        job = await self._studio.store.job(job_id)
        waiting = job.state is JobState.ACCEPTED or (job.state in WAITING and job.due_us > self._studio.now_us())
        if waiting:
            self._wait_for(job)
        return waiting

    async def _tell_failure(self, shot_id: str, reason: str) -> None:
        shot = await self._studio.store.shot(shot_id)
        await self._studio.store.set_status(shot_id, ShotStatus.HELD, because=reason)
        await tell(self._studio, shot, What.HOLD, reason=reason)


def _thread(shot_id: str) -> RunnableConfig:
    """The shot's thread of the graph."""
    return {"configurable": {"thread_id": shot_id}, "recursion_limit": STEP_LIMIT}
