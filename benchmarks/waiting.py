"""What ten thousand waiting shots cost one process, and whether each is still looked at when it is due.

Run as ``python -m benchmarks.waiting [SHOTS]``. The real worker, the real looking in and the real rhythm, in virtual
time: the event loop's clock jumps to whatever is due next. Rows, graph and vendor are stand-ins in memory that need no
thread; a look takes the vendor as long as a request does. Lateness is the time from a look's being due to its reaching
the vendor. Memory is what the worker itself keeps for a shot that waits.
"""

import asyncio
import json
import math
import random
import selectors
import sys
import tracemalloc
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

import anyio

from agent.film import Shot, ShotStatus, Wishes
from agent.graphs.shot import Graph
from agent.jobs import Going, Job, JobState, Progress
from agent.lines import Lines
from agent.policy import polling
from agent.ports import Circuits, Clips, Darkroom, Eyes, Planner, VideoModel
from agent.store import Store
from agent.studio import Studio
from interfaces.worker import Worker
from prompts.sheet import Sheet
from tests.unit.agent.policy.builders import profile

SHOTS = 10_000
MEDIAN_S, SPREAD = 100.0, 0.4  # of the vendor's waits, log-normal; see benchmarks.polling
SENT_OVER_S = 100.0  # the jobs were accepted over this time, not all at once
SETTLED_S = 1.0  # of virtual time: by then all are planned, and none is due
REQUEST_S = 0.2  # what one look takes at the vendor
BARS = {"bytes_per_shot": 4096.0, "late_p99_s": 1.0}

R = TypeVar("R")


class _Jumping(selectors.DefaultSelector):
    """Never waits: the time it would have waited has passed at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready; if nothing is, the clock moves on instead."""
        ready = super().select(0)
        if not ready and timeout:
            self.now_s += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on a clock that jumps to what is due next; for work without threads and sockets."""

    def __init__(self) -> None:
        self._clock = _Jumping()
        super().__init__(self._clock)

    def time(self) -> float:
        """Seconds since its beginning."""
        return self._clock.now_s


@dataclass(kw_only=True)
class Stage:
    """Rows, vendor and graph of many waiting shots, all in memory.

    Attributes:
        done_us: By shot, when its clip is ready.
        late_us: Of every look, how long after its time it reached the vendor.
    """

    now_us: Callable[[], int]
    jobs: dict[str, Job] = field(default_factory=dict[str, Job])
    done_us: dict[str, int] = field(default_factory=dict[str, int])
    late_us: list[int] = field(default_factory=list[int])
    finished: set[str] = field(default_factory=set[str])

    vendor = "one"
    profiles = (profile("one", vendor="one", usual_wait_s=MEDIAN_S),)

    def send(self, shots: int, *, seed: int) -> None:
        """That many jobs, accepted lately, one per shot."""
        rng = random.Random(seed)
        for nth in range(shots):
            shot_id, sent_us = f"shot-{nth}", round(rng.uniform(0, SENT_OVER_S) * 1e6)
            self.done_us[shot_id] = sent_us + round(MEDIAN_S * math.exp(rng.gauss(0, SPREAD)) * 1e6)
            self.jobs[shot_id] = Job(
                id=shot_id,
                project_id="film",
                shot_id=shot_id,
                route_id="",
                model="one",
                attempt=1,
                seconds=5,
                state=JobState.ACCEPTED,
                reserved_micro_usd=0,
                created_us=sent_us,
                sent_us=sent_us,
                vendor_id=shot_id,
                due_us=polling.first_us(self.profiles[0], sent_us=sent_us),
            )

    # the vendor
    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Whether its clip is ready, after as long as a request takes."""
        self.late_us.append(self.now_us() - self.jobs[vendor_id].due_us)
        await anyio.sleep(REQUEST_S)
        ready = self.now_us() >= self.done_us[vendor_id]
        return Progress(going=Going.DONE if ready else Going.RENDERING)

    # rows
    async def together(self, work: Callable[[], Awaitable[R]], *, durable: bool = False) -> R:
        """The work, in memory."""
        return await work()

    async def job(self, job_id: str) -> Job:
        """The job as it stands."""
        return self.jobs[job_id]

    async def save_job(self, job: Job, *, was: JobState) -> None:
        """Keep it as it is now."""
        self.jobs[job.id] = job

    async def shot(self, shot_id: str) -> Shot:
        """A shot that is being rendered."""
        status = ShotStatus.DELIVERED if shot_id in self.finished else ShotStatus.RENDERING
        return replace(_SHOT, id=shot_id, status=status)

    async def tell(self, *told: object, **of: object) -> None:
        """Nobody listens."""

    async def call_next(self, line: Sequence[str], *, slots: int) -> Job | None:
        """Nobody is in line."""
        return None

    # the graph
    async def aget_state(self, config: Mapping[str, Any]) -> "_State":
        """Standing before its wait, or at its end."""
        shot_id = str(config["configurable"]["thread_id"])
        if shot_id in self.finished:
            return _State((), {}, ())
        return _State(("wait",), {"job_id": shot_id}, (_Interrupt("wait"),))

    async def ainvoke(self, entry: object, config: Mapping[str, Any], **of: object) -> None:
        """Runs to its end."""
        self.finished.add(str(config["configurable"]["thread_id"]))

    @property
    def checkpointer(self) -> None:
        """It keeps none."""
        return


@dataclass(frozen=True, slots=True)
class _Interrupt:
    id: str


@dataclass(frozen=True, slots=True)
class _State:
    next: tuple[str, ...]
    values: dict[str, str]
    interrupts: tuple[_Interrupt, ...]


class _Open:
    """A vendor that is never out, and places in the code where nothing happens."""

    def closed(self, vendor: str) -> None:
        """It is in reach."""

    async def reach(self, name: str) -> None:
        """Nothing is armed."""


_SHOT = Shot(
    id="",
    project_id="film",
    conversation_id="talk",
    number=1,
    revision=1,
    sheet=Sheet(action="-"),
    status=ShotStatus.RENDERING,
    wishes=Wishes(),
)


@asynccontextmanager
async def _free(key: str) -> AsyncGenerator[None]:
    yield


async def measure(shots: int, *, seed: int = 1) -> tuple[float, Stage]:
    """Bytes that the worker keeps per waiting shot, and how looking in on all of them went to its end."""
    loop = asyncio.get_running_loop()
    stage = Stage(now_us=lambda: round(loop.time() * 1e6))
    stage.send(shots, seed=seed)
    worker = Worker(_studio(stage), cast("Graph", stage))
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for shot_id in stage.jobs:
        worker.go_on(shot_id)
    with anyio.move_on_after(SETTLED_S):
        await worker.run()
    kept = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    await worker.run(until_rest=True)
    return kept / shots, stage


def main() -> None:
    """Measure and print."""
    shots = int(sys.argv[1]) if len(sys.argv) > 1 else SHOTS
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        kept, stage = runner.run(measure(shots))
    late = sorted(each / 1e6 for each in stage.late_us)
    p99 = late[len(late) * 99 // 100]
    print(f"{shots} waiting shots, median wait {MEDIAN_S:.0f} s, a look takes {REQUEST_S:g} s of virtual time")
    print(f"  kept per waiting shot: {kept:.0f} bytes")
    median_s = late[len(late) // 2]
    print(f"  looks: {len(late)}; late by {median_s:.2f} s (median), {p99:.2f} (p99), {late[-1]:.2f} (most)")
    print(f"  finished: {len(stage.finished)}\n")
    figures = {"bytes_per_shot": round(kept), "late_p99_s": round(p99, 3)}
    missed = [name for name, figure in figures.items() if figure > BARS[name]]
    if len(stage.finished) < shots:
        missed.append("finished")
    print(json.dumps({"benchmark": "waiting", "shots": shots, "figures": figures, "bars": BARS, "missed": missed}))


def _studio(stage: Stage) -> Studio:
    nothing: Any = None
    return Studio(
        store=cast("Store", stage),
        clips=cast("Clips", nothing),
        darkroom=cast("Darkroom", nothing),
        planner=cast("Planner", nothing),
        eyes=cast("Eyes", nothing),
        vendors={"one": cast("VideoModel", stage)},
        sandbox=frozenset(),
        now_us=stage.now_us,
        new_id=lambda kind: kind,
        lease=_free,
        circuits=cast("Circuits", _Open()),
        lines=Lines(now_s=lambda: stage.now_us() / 1e6),
        fail=_Open(),
        sandbox_pace=1.0,
        sleep=anyio.sleep,
    )


if __name__ == "__main__":
    main()
