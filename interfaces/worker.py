"""The worker: runs shots, looks in on their jobs when they are due, and takes up after a crash what was on its way."""

import heapq
import itertools
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import anyio
from anyio.abc import TaskGroup
from langgraph.types import Command

from agent import buying, watching
from agent.circuits import PROBE_AFTER_S
from agent.errors import ConflictError, CountersteerError, StoreError
from agent.film import Shot, ShotStatus
from agent.graphs.shot import Graph, thread
from agent.graphs.state import ShotStart, forget
from agent.jobs import IN_LINE, Job, JobState
from agent.lines import RUNS_AT_ONCE
from agent.policy import polling
from agent.studio import Studio
from agent.troubles import Step
from interfaces import failing
from interfaces.failing import Failures

WAITING = (JobState.INTENT, JobState.SENDING, JobState.ACCEPTED, JobState.READY)
MOVES = (ShotStatus.OPEN, ShotStatus.APPROVAL, ShotStatus.RENDERING, ShotStatus.CANCELLED)
"""A shot in one of these may have to go on: one that is called off still has to come to its end."""

STARTS = (ShotStatus.OPEN, ShotStatus.HELD)
"""Whoever asks for a shot opens it first; a held one is tried again."""

LOOKS_AT_ONCE = 512  # a look waits for its vendor and for little else, and none is late because of the others

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
        self._due: list[tuple[int, int, str, _Work]] = []  # when, in which order, for which job or line if for one
        self._fresh: list[_Work] = []
        self._watched: dict[str, int] = {}  # job, or first model of a line, to when it is looked at
        self._nth = itertools.count()  # keeps works that are due together in order
        self._busy = 0
        self._alive = False
        self._failures = Failures(studio)
        self._wake = anyio.Event()
        self._at_once = anyio.Semaphore(RUNS_AT_ONCE)
        self._looks_at_once = anyio.Semaphore(LOOKS_AT_ONCE)

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

    async def carry_out(self, shot_id: str) -> None:
        """Run a shot now, from where its row says it stands, until it pauses or ends; one that rests is left alone."""
        self._busy += 1
        await self._guarded(partial(self._go, shot_id), self._at_once)

    def look_now(self, job: Job) -> None:
        """Look in on a job before its time: its vendor called, or a slot is free."""
        self._plan(job.id, due_us=self._studio.now_us(), look=partial(self._look, job.shot_id, job.id, called=True))
        self._wake.set()

    async def recover(self, project_id: str | None = None) -> None:
        """Take up every shot that was on its way when the last process ended."""
        store = self._studio.store
        bought = {job.shot_id for job in await store.jobs(states=buying.UNDER_WAY)}
        for project in await store.projects():
            if project_id not in (None, project.id):
                continue
            asked = {shot_id for _, shot_id, _ in await store.open_questions(project.id)}
            for shot in await store.shots(project.id):
                await self._take_up(shot, bought=shot.id in bought, asked=shot.id in asked)

    async def _take_up(self, shot: Shot, *, bought: bool, asked: bool) -> None:
        if shot.status is ShotStatus.HELD and bought:  # a fault of ours keeps no paid clip away
            await self._studio.store.set_status(shot.id, ShotStatus.RENDERING)
            self.go_on(shot.id)
        elif shot.status is ShotStatus.OPEN:  # new or edited: what its thread remembers is older than its row
            self.start(shot.id)
        elif shot.status is ShotStatus.RENDERING or (shot.status is ShotStatus.APPROVAL and not asked):
            self.go_on(shot.id)

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
        ready, self._fresh = [(work, self._at_once) for work in self._fresh], []
        now_us = self._studio.now_us()
        while self._due and self._due[0][0] <= now_us:
            *_, watched, work = heapq.heappop(self._due)
            ready.append((work, self._looks_at_once if watched else self._at_once))
        for work, at_once in ready:
            self._busy += 1
            group.start_soon(self._guarded, work, at_once)

    async def _guarded(self, work: _Work, at_once: anyio.Semaphore) -> None:
        try:
            async with at_once:
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
        await self._alone(shot_id, partial(self._begin_shot if from_top else self._run_graph, shot_id))

    async def _begin_shot(self, shot_id: str) -> None:
        """Run it from the top, unless an earlier start has brought it to its end meanwhile: a take is bought once."""
        if (await self._studio.store.shot(shot_id)).status in STARTS:
            await self._run_graph(shot_id, from_top=True)

    async def _go(self, shot_id: str) -> None:
        await self._alone(shot_id, partial(self._move, shot_id))

    async def _move(self, shot_id: str) -> None:
        status = (await self._studio.store.shot(shot_id)).status
        if status in MOVES:
            await self._run_graph(shot_id, from_top=status is ShotStatus.OPEN)

    async def _look(self, shot_id: str, job_id: str, *, called: bool = False) -> None:
        await self._alone(shot_id, partial(self._look_in, shot_id, job_id, called=called))

    async def _look_in(self, shot_id: str, job_id: str, *, called: bool) -> None:
        """Ask the vendor about a job that is due; its graph goes on only when it has moved.

        A vendor may call a moment before its own answer says so: then it is asked once more, soon.
        """
        job = await self._studio.store.job(job_id)
        if job.state is JobState.ACCEPTED:
            job = await watching.look_in(self._studio, await self._studio.store.shot(shot_id), job)
        if job.state is JobState.ACCEPTED and called:
            soon_us = self._studio.now_us() + int(polling.SHORTEST_S * 1e6)
            self._plan(job_id, due_us=soon_us, look=partial(self._look, shot_id, job_id))
        elif job.state is JobState.ACCEPTED:
            self._wait_for(job)
        else:
            if job.state is not JobState.INTENT:
                await self._call_next(job.model)
            # By itself: fetching and inspecting a clip takes longer than a look, and others are due.
            self._fresh.append(partial(self._alone, shot_id, partial(self._take_on, shot_id, job_id)))

    async def _take_on(self, shot_id: str, job_id: str) -> None:
        """Let the graph go on if it still stands before this job; another process may have taken it on."""
        state = await self._graph.aget_state(thread(shot_id))
        if state.next == ("wait",) and state.values["job_id"] == job_id:
            await self._run_graph(shot_id)

    async def _alone(self, shot_id: str, work: _Work) -> None:
        """One run of a shot at a time, over all processes. A failure is told; it never takes other shots along."""
        try:
            async with self._studio.lease(f"shot:{shot_id}"):
                await work()
        except ConflictError:
            _log.info("shot %s went on elsewhere", shot_id)
        except StoreError as error:
            self._later(self._studio.now_us() + int(failing.AGAIN_S * 1e6), work=partial(self._go, shot_id))
            await self._failures.unstored(shot_id, error)
        except CountersteerError as error:
            await self._failures.stops(shot_id, str(error))
        except Exception as error:
            _log.exception("shot %s stopped", shot_id)
            await self._failures.stops(shot_id, f"an unexpected {type(error).__name__}; see the log, then say 'again'")
        else:
            await self._probe_later(shot_id)

    async def _call_next(self, model: str) -> None:
        """A slot that may be free goes to the first in line; a line of nobody is watched no more."""
        store, line = self._studio.store, self._studio.line_of(model)
        called = await store.call_next(line, slots=self._studio.lines.slots(self._studio.profile(model)))
        if called is not None:
            self.look_now(called)
        elif line[0] in self._watched and not await store.in_line(line):
            self._unplan(line[0])

    async def _look_at_line(self, model: str) -> None:
        """Call the next of a line whose slots may have become free without a word."""
        look_s = buying.LINE_LOOK_S * self._studio.pace_of(model)
        self._watch_line(model, due_us=self._studio.now_us() + int(look_s * 1e6))
        try:
            await self._call_next(model)
        except CountersteerError as error:
            _log.warning("the line for %s is looked at again later: %s", model, error)

    def _wait_for(self, job: Job) -> None:
        if job.state is JobState.INTENT and job.message == IN_LINE:
            self._watch_line(job.model, due_us=job.due_us)
        elif job.id not in self._watched:
            self._plan(job.id, due_us=job.due_us, look=partial(self._look, job.shot_id, job.id))

    def _watch_line(self, model: str, *, due_us: int) -> None:
        """One plan for all that wait in a line, however many: the earliest."""
        line = self._studio.line_of(model)[0]
        if due_us < self._watched.get(line, due_us + 1):
            self._plan(line, due_us=due_us, look=partial(self._look_at_line, model))

    def _plan(self, watched: str, *, due_us: int, look: _Work) -> None:
        """Look in on a job or a line then, instead of when that was planned before."""
        self._unplan(watched)
        self._watched[watched] = due_us
        self._later(due_us, watched=watched, work=partial(self._planned, watched, due_us=due_us, look=look))

    def _unplan(self, watched: str) -> None:
        if self._watched.pop(watched, None) is not None:  # else no plan of it could keep the worker from its rest
            self._due = [planned for planned in self._due if planned[2] != watched]
            heapq.heapify(self._due)

    async def _planned(self, watched: str, *, due_us: int, look: _Work) -> None:
        if self._watched.get(watched) == due_us:  # else it was looked at since this was planned
            del self._watched[watched]
            await look()

    def _later(self, due_us: int, *, work: _Work, watched: str = "") -> None:
        heapq.heappush(self._due, (due_us, next(self._nth), watched, work))

    async def _run_graph(self, shot_id: str, *, from_top: bool = False) -> None:
        config = thread(shot_id)
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
        if before.next == ("wait",):  # it may have left its slot, or the line for one
            await self._call_next((await self._studio.store.job(before.values["job_id"])).model)

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
