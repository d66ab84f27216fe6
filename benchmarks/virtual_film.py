"""A film of many shots sent through the real worker, lines and rows in virtual time, to vendors that count.

What is not the project's own here: the vendors, which render for as long as a film's plan says and turn away what is
over their limit, and the shot's graph, of which only buying is left: which model takes a take, and whether it passes,
is the plan's. Rows are an SQLite file of its own, whose driver has no thread: that has no place in virtual time.
"""

import asyncio
import random
import shutil
import sqlite3
from collections.abc import AsyncGenerator, Callable, Generator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import aiosqlite
import anyio

from agent import buying
from agent.circuits import VendorCircuits
from agent.errors import VendorError
from agent.film import Ceilings, Route, Shot, ShotStatus, Wishes
from agent.graphs.shot import Graph
from agent.jobs import Body, Going, Job, JobState, Progress
from agent.lines import Lines
from agent.ports import Clips, Darkroom, Eyes, Failpoints, Planner, VideoModel
from agent.profiles import Profile
from agent.studio import Studio
from agent.troubles import Trouble
from interfaces.worker import Worker
from memory import sqlite
from memory.store import SqlStore, open_store
from tests.contract.store.building import NEGATIVES, Ids, a_prompt, a_receipt, a_rendering, a_sheet

REQUEST_S = 0.3  # what a submission takes at the vendor
PLENTY_MICRO_USD = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One take of the plan: whose it is, and how long its clip is made."""

    model: str
    seconds: float


class Vendor:
    """Renders jobs for as long as the plan says. Over its limit it answers 429.

    Attributes:
        limit: Jobs it takes at once, by the time in seconds.
        posts: Submissions that reached it; ``accepted`` those it took.
    """

    def __init__(
        self, its: Profile, *, limit: Callable[[float], int], retry_after_s: float | None, now_s: Callable[[], float]
    ) -> None:
        self.vendor = its.vendor
        self.profiles = (its,)
        self.posts = self.accepted = 0
        self._limit, self._retry_after_s, self._now_s = limit, retry_after_s, now_s
        self._done_s: dict[str, float] = {}
        self.takes_s: dict[str, float] = {}

    async def submit(self, body: Body, *, key: str) -> str:
        """Its id, or 429."""
        self.posts += 1
        await anyio.sleep(REQUEST_S)
        if sum(done_s > self._now_s() for done_s in self._done_s.values()) >= self._limit(self._now_s()):
            raise VendorError(
                vendor=self.vendor,
                trouble=Trouble.CONCURRENCY,
                message="all slots are busy",
                retry_after_s=self._retry_after_s,
            )
        self.accepted += 1
        self._done_s[key] = self._now_s() + self.takes_s[key]
        return key

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Whether its clip is ready."""
        ready = self._now_s() >= self._done_s[vendor_id]
        return Progress(going=Going.DONE if ready else Going.RENDERING)


@dataclass(frozen=True, slots=True)
class _Interrupt:
    id: str


@dataclass(frozen=True, slots=True)
class _State:
    next: tuple[str, ...]
    values: dict[str, str]
    interrupts: tuple[_Interrupt, ...]


@dataclass(kw_only=True)
class Buying:
    """The shot's graph, of which only the buying of the planned takes is left.

    Attributes:
        plan: The takes of each shot, in order.
        ended_s: When a shot came to its end.
    """

    store: SqlStore
    project_id: str
    vendors: Mapping[str, Vendor]
    plan: Mapping[str, Sequence[Planned]]
    ids: Ids
    now_s: Callable[[], float]
    ended_s: dict[str, float] = field(default_factory=dict[str, float])
    _made: dict[str, int] = field(default_factory=dict[str, int])
    _job: dict[str, str] = field(default_factory=dict[str, str])

    checkpointer = None

    async def aget_state(self, config: Mapping[str, Any]) -> _State:
        """Standing before its wait, or at its beginning or end."""
        job_id = self._job.get(str(config["configurable"]["thread_id"]))
        return _State(("wait",), {"job_id": job_id}, (_Interrupt("wait"),)) if job_id else _State((), {}, ())

    async def ainvoke(self, entry: object, config: Mapping[str, Any], *, context: Studio, durability: str) -> None:
        """Send the next take, or go on with the one at its vendor; a clip that is there is kept."""
        shot = await self.store.shot(str(config["configurable"]["thread_id"]))
        job = await self.store.job(self._job[shot.id]) if shot.id in self._job else await self._intend(shot)
        job = await buying.resume(context, shot, job)
        if job.state is JobState.READY:
            await self.store.save_job(replace(job, state=JobState.KEPT), was=JobState.READY)
            self._made[shot.id] = self._made.get(shot.id, 0) + 1
            if self._made[shot.id] == len(self.plan[shot.id]):
                del self._job[shot.id]
                self.ended_s[shot.id] = self.now_s()
                return
            await buying.resume(context, shot, await self._intend(shot))

    async def _intend(self, shot: Shot) -> Job:
        """An intent as `agent.buying` stores it, without a body that anybody would read."""
        nth = self._made.get(shot.id, 0)
        take = self.plan[shot.id][nth]
        route = Route(
            id=self.ids("route"),
            shot_id=shot.id,
            model=take.model,
            chance=0.5,
            cost_micro_usd=1,
            seconds=5,
            reasons=(),
        )
        await self.store.keep_route(self.project_id, route)
        now_us = round(self.now_s() * 1e6)
        job = Job(
            id=self.ids("job"),
            project_id=self.project_id,
            shot_id=shot.id,
            route_id=route.id,
            model=take.model,
            attempt=nth + 1,
            seconds=5,
            state=JobState.INTENT,
            reserved_micro_usd=1,
            created_us=now_us,
            due_us=now_us,
        )
        self._job[shot.id] = job.id
        self.vendors[take.model].takes_s[job.id] = take.seconds
        return await self.store.reserve(
            job, prompt_digest=a_prompt().digest, rendering=a_rendering(), receipt=a_receipt()
        )


class _Now:
    """A queue to a thread that needs none: whatever is put in is done."""

    def put_nowait(self, item: tuple[asyncio.Future[Any], Callable[[], Any]]) -> None:
        """Do it, and answer."""
        future, work = item
        try:
            future.set_result(work())
        except Exception as error:
            future.set_exception(error)


class _Inline(aiosqlite.Connection):
    """A connection without the driver's thread."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._tx = cast(Any, _Now())

    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        """Open it."""
        return self._connect().__await__()


class _Quiet:
    async def reach(self, name: str) -> None:
        """No failpoint is armed."""


async def play(
    template: Path,
    folder: Path,
    *,
    vendors: Sequence[Vendor],
    plan: Sequence[Sequence[Planned]],
    now_s: Callable[[], float],
) -> Buying:
    """All shots of a plan, made to the end.

    Args:
        template: A store's file with its tables and nothing else.
        folder: Where the film's own file is made.
        vendors: One per model.
        plan: The takes of each shot, by number.
        now_s: The clock of the event loop it runs in, see `benchmarks.waiting.VirtualLoop`.
    """
    file = folder / "film.db"
    shutil.copy(template, file)
    ids = Ids()
    by_model = {vendor.vendor: vendor for vendor in vendors}
    with patch.object(sqlite, "_AtOnce", _Inline):
        async with open_store(f"sqlite:///{file}", now_us=lambda: round(now_s() * 1e6), new_id=ids) as store:
            shots, project_id = await _film(store, ids, shots=len(plan))
            takes = dict(zip(shots, plan, strict=True))
            film = Buying(store=store, project_id=project_id, vendors=by_model, plan=takes, ids=ids, now_s=now_s)
            worker = Worker(_studio(store, by_model, ids, now_s), cast(Graph, film))
            for shot_id in shots:
                worker.start(shot_id)
            await worker.run(until_rest=True)
    return film


def spread(rng: random.Random, *, median_s: float, sigma: float) -> float:
    """A render's length, log-normal: many a little quicker than usual, few much slower."""
    return rng.lognormvariate(0.0, sigma) * median_s


async def _film(store: SqlStore, ids: Ids, *, shots: int) -> tuple[list[str], str]:
    plenty = Ceilings(
        takes_per_shot=99,
        shot_micro_usd=PLENTY_MICRO_USD,
        project_micro_usd=PLENTY_MICRO_USD,
        day_micro_usd=PLENTY_MICRO_USD,
    )
    project = await store.create_project(
        "film", style="ink", negative=NEGATIVES, ceilings=plenty, ratio="16:9", seconds=5.0
    )
    talk = await store.open_conversation(project.id, door="benchmark")
    await store.keep_prompt(project.id, a_prompt())
    blank = Shot(
        id="",
        project_id=project.id,
        conversation_id=talk,
        number=0,
        revision=1,
        sheet=a_sheet(),
        status=ShotStatus.OPEN,
        wishes=Wishes(),
    )
    made = await store.add_shots([replace(blank, id=ids("shot")) for _ in range(shots)])
    return [shot.id for shot in made], project.id


def _studio(store: SqlStore, vendors: Mapping[str, Vendor], ids: Ids, now_s: Callable[[], float]) -> Studio:
    nothing: Any = None
    return Studio(
        store=store,
        clips=cast(Clips, nothing),
        darkroom=cast(Darkroom, nothing),
        planner=cast(Planner, nothing),
        eyes=cast(Eyes, nothing),
        vendors=cast(Mapping[str, VideoModel], vendors),
        sandbox=frozenset(),
        now_us=lambda: round(now_s() * 1e6),
        new_id=ids,
        lease=_free,
        circuits=VendorCircuits(now_s=now_s),
        lines=Lines(now_s=now_s),
        fail=cast(Failpoints, _Quiet()),
        sandbox_pace=1.0,
        sleep=anyio.sleep,
    )


@asynccontextmanager
async def _free(key: str) -> AsyncGenerator[None]:
    yield
