"""What a turn costs above the graph it runs on, and how long the command line takes to answer ``--help``.

Run as ``python -m benchmarks.turn [ROUNDS]``. One round is one message and the whole shot it starts, from the first
word to the delivered take, with stand-ins that need no time and eyes that see nothing; beside it runs a bare LangGraph
graph of as many steps, pausing and going on once as a shot does, with the same checkpoints on the same disk. The bare
graph counts its steps and does nothing else: it keeps no rows, sends nothing and proves nothing, so the ratio is the
price of all that. Compared is CPU time, user and system of all threads; the time on the clock is told beside it.
*Floor* is the bare graph and the parts of a turn that need no row (`benchmarks.turn_floor`).
"""

import os

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict
from unittest.mock import patch

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, interrupt
from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks import turn_floor
from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house
from memory.checkpoints import open_checkpoints
from tests.support.house import Eyesight, blank
from tools.sandbox import app
from tools.sandbox.clock import Pace

ROUNDS = 15
WARM_UP = 3  # rounds that are run and not counted
MESSAGE = "low angle, Vi in the rain, neon, 35mm, 5 s"
NO_WAIT = 1e-9  # share of a vendor's usual waits
TURN = ("understand", "act", "say")
SHOT = ("compose", "route", "submit", "wait", "fetch", "inspect", "judge", "deliver")
PAUSE = "wait"
HELP = (str(Path(sys.executable).with_name("countersteer")), "--help")
IMPORTS = (sys.executable, "-c", "import pydantic, httpx, sqlite3")
BARS = {"turn_ratio": 2.0, "help_ratio": 1.5}

Round = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one round: on the clock, and of CPU."""

    wall_ms: float
    cpu_ms: float


class BareState(TypedDict, total=False):
    """As small as a state can be."""

    shot_id: str
    steps: int


Bare = CompiledStateGraph[BareState, None, BareState, BareState]


def bare(steps: Sequence[str], saver: BaseCheckpointSaver[str]) -> Bare:
    """A graph of steps that do nothing, one of which pauses if it is named `PAUSE`."""
    graph = StateGraph(BareState)

    async def step(state: BareState) -> BareState:
        return {"steps": state.get("steps", 0) + 1}

    async def pause(state: BareState) -> BareState:
        interrupt({"kind": "render"})
        return await step(state)

    for before, name in zip((START, *steps), steps, strict=False):
        graph.add_node(name, pause if name == PAUSE else step)
        graph.add_edge(before, name)
    graph.add_edge(steps[-1], END)
    return graph.compile(checkpointer=saver)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Rounds of ours and of the bare graph, taken in turns, and what ours would need without rows."""

    ours: Sequence[Spent]
    theirs: Sequence[Spent]
    floor: Mapping[str, float]


async def time_turns(folder: Path, *, rounds: int) -> Timed:
    """Both ways to make that many steps, side by side."""
    async with AsyncExitStack() as stack:
        house, ours = await _our_round(folder, stack)
        theirs = await _bare_round(folder, stack)
        pairs = [(await _spent(ours), await _spent(theirs)) for _ in range(rounds + WARM_UP)][WARM_UP:]
        (film,) = await house.studio.store.projects()
        floor = await turn_floor.floor(house.studio, (await house.studio.store.shots(film.id))[0], message=MESSAGE)
    return Timed(ours=[one for one, _ in pairs], theirs=[other for _, other in pairs], floor=floor)


def time_processes(*, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of whole processes: help, and the imports it is held against, taken in turns."""
    pairs = [(_process_ms(HELP), _process_ms(IMPORTS)) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


@contextmanager
def counting() -> Generator[Counter[int]]:
    """How many checkpoints go to each file while this is open; equal where both graphs make as many steps.

    They are counted on their way: ours forgets a thread's checkpoints when it has come to its end.
    """
    written: Counter[int] = Counter()
    put = AsyncSqliteSaver.aput

    async def counted(saver: AsyncSqliteSaver, *given: Any, **named: Any) -> RunnableConfig:
        written[id(saver.conn)] += 1
        return await put(saver, *given, **named)

    with patch.object(AsyncSqliteSaver, "aput", counted):
        yield written


@contextmanager
def asking() -> Generator[Counter[str]]:
    """How many statements of each kind reach the rows while this is open."""
    asked: Counter[str] = Counter()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked[statement.split(maxsplit=1)[0].lower()] += 1

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median over the pairs."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as name, counting() as written, asking() as asked:
        timed = asyncio.run(time_turns(Path(name), rounds=rounds))
    shown, imported = time_processes(rounds=rounds)
    cpu = [spent.cpu_ms for spent in timed.ours], [spent.cpu_ms for spent in timed.theirs]
    wall = [spent.wall_ms for spent in timed.ours], [spent.wall_ms for spent in timed.theirs]
    floor_ms = statistics.median(cpu[1]) + sum(timed.floor.values())
    print(f"{'median of ' + str(rounds):42}{'ours':>10}{'against':>10}{'ratio':>8}{'bar':>6}")
    _print_row("a turn and its shot / a bare graph, CPU", *cpu, bar=BARS["turn_ratio"])
    _print_row("the same, on the clock", *wall)
    _print_row("the least it can take, CPU", [floor_ms], [statistics.median(cpu[1])])
    for part, ms in timed.floor.items():
        print(f"  {part:40}{ms:>8.1f}ms")
    _print_row("countersteer --help / pydantic, httpx", shown, imported, bar=BARS["help_ratio"])
    print(f"checkpoints written: {' and '.join(map(str, written.values()))}; rows, per round with its warm-up:")
    print("  " + ", ".join(f"{what} {count / (rounds + WARM_UP):.0f}" for what, count in asked.items()) + "\n")
    figures = {"turn_ratio": round(ratio(*cpu), 2), "help_ratio": round(ratio(shown, imported), 2)}
    medians = {
        "turn_wall_ratio": round(ratio(*wall), 2),
        "floor_ratio": round(floor_ms / statistics.median(cpu[1]), 2),
        "turn_ms": round(statistics.median(cpu[0]), 1),
        "bare_ms": round(statistics.median(cpu[1]), 1),
        "help_ms": round(statistics.median(shown), 1),
        "imports_ms": round(statistics.median(imported), 1),
    }
    missed = [name for name, figure in figures.items() if figure > BARS[name]]
    print(
        json.dumps(
            {"benchmark": "turn", "rounds": rounds, "figures": figures | medians, "bars": BARS, "missed": missed}
        )
    )


async def _our_round(folder: Path, stack: AsyncExitStack) -> tuple[House, Round]:
    stand_ins = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.0), draw=blank)
    parts = Parts(sandbox=stand_ins, eyes=Eyesight())
    stack.callback(stand_ins.records.close)
    house = await stack.enter_async_context(open_house(Settings(folder=folder, sandbox_pace=NO_WAIT), parts=parts))
    film = await house.project("film", create=True)
    conversation_id = await house.studio.store.open_conversation(film.id, door="benchmark")

    async def say() -> None:
        await house.desk.say(conversation_id, project_id=film.id, text=MESSAGE)
        await house.worker.run(until_rest=True)

    return house, say


async def _bare_round(folder: Path, stack: AsyncExitStack) -> Round:
    (folder / "bare").mkdir()
    saver = await stack.enter_async_context(open_checkpoints(f"sqlite:///{folder / 'bare' / 'countersteer.db'}"))
    turn, shot = bare(TURN, saver), bare(SHOT, saver)
    numbers = iter(range(sys.maxsize))

    async def run() -> None:
        same: RunnableConfig = {"configurable": {"thread_id": "conversation"}}
        own: RunnableConfig = {"configurable": {"thread_id": f"shot {next(numbers)}"}}
        await turn.ainvoke({"shot_id": "1"}, same, durability="sync")
        await shot.ainvoke({"shot_id": "1"}, own, durability="sync")
        await shot.ainvoke(Command(resume=True), own, durability="sync")

    return run


async def _spent(run: Round) -> Spent:
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    await run()
    return Spent((time.perf_counter() - wall_s) * 1000, (time.process_time() - cpu_s) * 1000)


def _process_ms(command: Sequence[str]) -> float:
    started_s = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - started_s) * 1000


def _print_row(what: str, ours: Sequence[float], theirs: Sequence[float], *, bar: float | None = None) -> None:
    times = statistics.median(ours) / statistics.median(theirs) if len(ours) != len(theirs) else ratio(ours, theirs)
    print(
        f"{what:42}{statistics.median(ours):>8.1f}ms{statistics.median(theirs):>8.1f}ms"
        f"{times:>8.2f}" + (f"{bar:>6.1f}" if bar else "")
    )


if __name__ == "__main__":
    main()
