"""How long a long film's board takes on the server, and how large it is.

Run as ``python -m benchmarks.board [--shots N] [--takes N] [--rounds N] [--keep FOLDER]``. The film is made in rows as
the agent leaves them, evidence pictures in the verdicts included; with ``--keep`` it stays in the folder, where
``countersteer serve`` shows it (the film is called ``board``). *Gather* is reading the rows into the board's values,
*write* is the JSON of them, *shot* is one shot of it, which is what a page asks for after an event. Processor time is
measured, so that a machine that is busy with other things gives the same figures.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from pathlib import Path

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import anyio
from pydantic import TypeAdapter

from benchmarks.board_film import fill
from interfaces.board import gathering
from interfaces.board.values import Board
from interfaces.command.house_serving import settle
from interfaces.settings import Settings
from interfaces.wiring import House, open_house

NAME = "board"
SHOTS, TAKES, ROUNDS = 500, 3, 9
BARS_MS = {"gather_ms": 300.0}
"""Well inside the second that the first paint of the board may take."""


async def measure(house: House, project_id: str, *, rounds: int) -> dict[str, float]:
    """Medians in milliseconds, and the size of the JSON in kilobytes."""
    studio, boards = house.studio, TypeAdapter(Board)
    board = await gathering.board(studio, project_id)
    middle = board.shots[len(board.shots) // 2].id

    async def written() -> bytes:
        return boards.dump_json(board)

    return {
        "gather_ms": await _median_ms(lambda: gathering.board(studio, project_id), rounds),
        "write_ms": await _median_ms(written, rounds),
        "shot_ms": await _median_ms(lambda: gathering.shot(studio, middle), rounds),
        "json_kb": len(await written()) / 1e3,
    }


def main() -> int:
    """Make the film where there is none, measure, and print; fails past a bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=SHOTS)
    parser.add_argument("--takes", type=int, default=TAKES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    place = nullcontext(str(given.keep)) if given.keep else tempfile.TemporaryDirectory(prefix="countersteer-")
    with place as folder:
        figures = anyio.run(_run, Path(folder), given.shots, given.takes, given.rounds)
    for name, figure in figures.items():
        print(f"{name:>10}  {figure:10,.1f}")
    rounded = {name: round(figure, 1) for name, figure in figures.items()}
    print(json.dumps({"shots": given.shots, "takes": given.takes, **rounded}))
    return int(any(figures[name] > bar for name, bar in BARS_MS.items()))


async def _run(folder: Path, shots: int, takes: int, rounds: int) -> dict[str, float]:
    async with open_house(Settings(folder=folder)) as house:
        known = {film.name: film for film in await house.studio.store.projects()}
        settle()
        film = known.get(NAME) or await fill(house.studio, name=NAME, shots=shots, takes=takes)
        return await measure(house, film.id, rounds=rounds)


async def _median_ms(work: Callable[[], Awaitable[object]], rounds: int) -> float:
    took: list[float] = []
    for _ in range(rounds):
        begun = time.process_time()
        await work()
        took.append((time.process_time() - begun) * 1e3)
    return statistics.median(took)


if __name__ == "__main__":
    raise SystemExit(main())
