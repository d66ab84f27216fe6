"""How many shots a second get through the whole loop with one worker process, with two and with four, on Postgres.

Run as ``python -m benchmarks.workers [SHOTS]``. A page process stores messages, one shot each, in four conversations;
then the workers begin, and the clock runs until nothing moves any more. The stand-ins need no time and live in each
worker; eyes see nothing. More workers help until the cores are used up, which the database shares.
"""

import os

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import asyncio
import cProfile
import json
import pstats
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from agent.film import ShotStatus
from benchmarks import crews
from interfaces.crew import Crew

SHOTS = 64
CONVERSATIONS = 4
WORKERS = (1, 2, 4)
SHOWN = 14  # lines of the profile
PROFILE = "profile"


async def page(folder: Path, *, url: str, shots: int) -> None:
    """Store what the workers will do."""
    async with crews.house(folder, url=url, elsewhere=True) as house:
        project, _ = await crews.film(house, folder.name)
        talks = [await house.studio.store.open_conversation(project.id, door="benchmark") for _ in range(CONVERSATIONS)]
        for n in range(shots):
            text = f"a boat on the river at dawn, number {n} of the fleet, wide, 5 s"
            await house.desk.hear(talks[n % CONVERSATIONS], project_id=project.id, text=text)


async def worker(folder: Path, *, url: str, profiled: bool) -> None:
    """Work until nothing moves."""
    profile = cProfile.Profile()
    async with crews.house(folder, url=url, elsewhere=True) as house:
        if profiled:
            profile.enable()
        await Crew(house, for_s=crews.LEASE_S).run(until_rest=True)
        profile.disable()
    if profiled:
        profile.dump_stats(folder / PROFILE)


async def outcome(folder: Path, *, url: str) -> tuple[int, int]:
    """Delivered shots, and jobs that were accepted."""
    async with crews.house(folder, url=url) as house:
        project = await house.studio.store.project_named(folder.name)
        statuses = [shot.status for shot in await house.studio.store.shots(project.id)]
    return statuses.count(ShotStatus.DELIVERED), len(crews.accepted(folder))


def shots_per_s(folder: Path, *, url: str, shots: int, workers: int, profiled: bool = False) -> float:
    """Shots a second through the whole loop, from the first worker's start to the last one's end.

    Raises:
        RuntimeError: Not every shot was delivered with one accepted job.
    """
    crews.ended(crews.forked(partial(page, folder, url=url, shots=shots)))
    started_s = time.perf_counter()
    children = [crews.forked(partial(worker, folder, url=url, profiled=profiled)) for _ in range(workers)]
    codes = [crews.ended(child) for child in children]
    took_s = time.perf_counter() - started_s
    delivered, accepted = asyncio.run(outcome(folder, url=url))
    if (delivered, accepted) != (shots, shots) or any(codes):
        raise RuntimeError(f"{delivered} of {shots} delivered, {accepted} jobs accepted, workers ended with {codes}")
    return shots / took_s


def main() -> None:
    """Measure and print."""
    shots = int(sys.argv[1]) if len(sys.argv) > 1 else SHOTS
    crews.ready()
    rates: dict[int, float] = {}
    with crews.postgres() as url:
        for workers in WORKERS:
            with tempfile.TemporaryDirectory() as folder:
                rates[workers] = shots_per_s(Path(folder), url=url, shots=shots, workers=workers)
        with tempfile.TemporaryDirectory() as folder:
            shots_per_s(Path(folder), url=url, shots=shots, workers=1, profiled=True)
            pstats.Stats(str(Path(folder) / PROFILE)).sort_stats("tottime").print_stats(SHOWN)
    print(f"{'workers':>8}{'shots/s':>10}{'against one':>13}   ({os.cpu_count()} cores, {shots} shots)")
    for workers, rate in rates.items():
        print(f"{workers:>8}{rate:>10.2f}{rate / rates[1]:>12.2f}x")
    figures = {f"shots_per_s_{workers}": round(rate, 2) for workers, rate in rates.items()}
    print(json.dumps({"benchmark": "workers", "shots": shots, "cores": os.cpu_count(), "figures": figures}))


if __name__ == "__main__":
    main()
