"""What a turn costs late in a film over what it costs early, and what is left of checkpoints.

Run as ``python -m benchmarks.growth [TURNS]``. Two films in two houses in one process: one has a thousand turns and 164
finished shots behind it, the other ten turns. Both then take the same turns in alternation: shots from first word
to delivered take, changes and questions, with stand-ins that need no time and eyes that see nothing. Compared is the
CPU time of each kind of turn, user and system, so that another program on the machine does not count.
"""

import os

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import asyncio
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import anyio

from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house
from memory.checkpoints import beside
from tests.support.house import Eyesight, blank
from tools.sandbox import app
from tools.sandbox.clock import Pace

TURNS, EARLY = 1000, 10
SHOTS = 164
PAIRS = 8  # of each kind that are compared
SHOT = "low angle, Vi in the rain, neon, 35mm, 5 s"
CHANGE = "plan: shot 1: warmer light"
QUESTION = "what is in my negative block?"
KINDS = {"a shot": SHOT, "a change": CHANGE, "a question": QUESTION}
NO_WAIT = 1e-9  # share of a vendor's usual waits
BARS = {"growth": 1.3, "checkpoint_mb": 0.1}


@dataclass(kw_only=True)
class Film:
    """One film in a house of its own."""

    house: House
    project_id: str
    conversation_id: str
    folder: Path
    turns: int = 0

    async def say(self, text: str) -> float:
        """One turn and all it sets going; milliseconds of CPU."""
        self.turns += 1
        started_s = time.process_time()
        await self.house.desk.say(self.conversation_id, project_id=self.project_id, text=text)
        await self.house.worker.run(until_rest=True)
        return (time.process_time() - started_s) * 1000

    @property
    def checkpoint_bytes(self) -> tuple[int, int]:
        """Bytes of checkpoints that are left, and of the file they were in."""
        file = beside(self.folder / "countersteer.db")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            kept = "SELECT coalesce(sum(length(checkpoint) + length(metadata)), 0) FROM checkpoints"
            written = "SELECT coalesce(sum(length(value)), 0) FROM writes"
            left = sum(int(connection.execute(each).fetchone()[0]) for each in (kept, written))
        return left, file.stat().st_size


async def grow(film: Film, *, turns: int, shots: int) -> None:
    """Say that much, the shots spread evenly over it."""
    others = cycle((CHANGE, QUESTION))
    for turn in range(turns):
        due = (turn + 1) * shots // turns > turn * shots // turns
        await film.say(SHOT if due else next(others))


async def compare(old: Film, young: Film) -> dict[str, tuple[float, float]]:
    """Median milliseconds by kind of turn, of the old film and of the young one, taken in turns."""
    found: dict[str, tuple[float, float]] = {}
    for kind, text in KINDS.items():
        pairs = [(await old.say(text), await young.say(text)) for _ in range(PAIRS)]
        found[kind] = (statistics.median(late for late, _ in pairs), statistics.median(early for _, early in pairs))
    return found


async def measure(folder: Path, *, turns: int) -> tuple[dict[str, tuple[float, float]], tuple[int, int]]:
    """The comparison, and what is left of the old film's checkpoints."""
    async with AsyncExitStack() as stack:
        old, young = await _film(folder / "old", stack), await _film(folder / "young", stack)
        await grow(young, turns=EARLY, shots=2)
        await grow(old, turns=turns, shots=max(2, SHOTS * turns // TURNS))
        left = old.checkpoint_bytes
        return await compare(old, young), left


def main() -> None:
    """Measure and print."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else TURNS
    with tempfile.TemporaryDirectory() as name:
        found, (left, file) = asyncio.run(measure(Path(name), turns=turns))
    print(f"{'CPU ms, median of ' + str(PAIRS):24}{'turn ' + str(turns):>12}{'turn ' + str(EARLY):>12}{'ratio':>8}")
    for kind, (late, early) in found.items():
        print(f"{kind:24}{late:>12.1f}{early:>12.1f}{late / early:>8.2f}")
    print(f"checkpoints left: {left:,} bytes, in a file of {file:,}\n")
    figures = {"growth": round(_worst(list(found.values())), 2), "checkpoint_mb": round(max(left, file) / 1e6, 3)}
    missed = [name for name, figure in figures.items() if figure > BARS[name]]
    print(json.dumps({"benchmark": "growth", "turns": turns, "figures": figures, "bars": BARS, "missed": missed}))


def _worst(found: Sequence[tuple[float, float]]) -> float:
    """The ratio of the kind that grows most."""
    return max(late / early for late, early in found)


async def _film(folder: Path, stack: AsyncExitStack) -> Film:
    await anyio.Path(folder).mkdir()
    stand_ins = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.0), draw=blank)
    parts = Parts(sandbox=stand_ins, eyes=Eyesight())
    stack.callback(stand_ins.records.close)
    house = await stack.enter_async_context(open_house(Settings(folder=folder, sandbox_pace=NO_WAIT), parts=parts))
    film = await house.project("film", create=True)
    conversation_id = await house.studio.store.open_conversation(film.id, door="benchmark")
    return Film(house=house, project_id=film.id, conversation_id=conversation_id, folder=folder)


if __name__ == "__main__":
    main()
