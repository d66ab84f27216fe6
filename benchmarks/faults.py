"""Seeded random fault schedules over a small batch; afterwards everything that must always hold is checked.

Run as ``python -m benchmarks.faults [--schedules 1000] [--seed N]``. Each schedule plays a few shots through the real
graphs, adapters and store against the stand-ins, on a clock of its own, while requests are lost, answers cut, keys
refused, disks full, clocks wrong and the program dies, two or three times over. Then the program starts once more,
undisturbed, and the doctor's list is gone through with the stand-ins' own records at hand. A seed that fails is
printed; ``--seed N`` plays it alone, and says what went wrong in it.
"""

import os

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import argparse
import json
import logging
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import anyio

from benchmarks.faults_lives import Played, play
from benchmarks.faults_schedule import drawn

SCHEDULES = 1_000
FIRST = 1


async def one(seed: int) -> Played:
    """The schedule of one seed, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return await play(drawn(seed), Path(folder))


def main(arguments: Iterable[str]) -> int:
    """Play them, print a table and one line of JSON; 1 where something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    parser.add_argument("--schedules", type=int, default=SCHEDULES)
    parser.add_argument("--first", type=int, default=FIRST)
    parser.add_argument("--seed", type=int)
    given = parser.parse_args(list(arguments))
    if given.seed is None:
        logging.disable(logging.CRITICAL)  # what goes wrong here is meant to
    seeds = [given.seed] if given.seed is not None else range(given.first, given.first + given.schedules)
    if given.seed is not None:
        print(drawn(given.seed))
    began_s = time.monotonic()
    all_played = [_told(anyio.run(one, seed)) for seed in seeds]
    if given.seed is not None:
        print("\n".join(all_played[0].story))
    return _summed_up(all_played, seconds=time.monotonic() - began_s)


def _told(played: Played) -> Played:
    for wrong in played.wrong:
        print(f"seed {played.schedule.seed}: {wrong}", flush=True)
    return played


def _summed_up(all_played: list[Played], *, seconds: float) -> int:
    failed = [played.schedule.seed for played in all_played if played.wrong]
    figures = {
        "schedules": len(all_played),
        "violations": len(failed),
        "accepted_jobs": sum(played.accepted for played in all_played),
        "takes": sum(played.takes for played in all_played),
        "unknown_outcomes": sum(played.unknown for played in all_played),
        "crashes": sum(played.crashes for played in all_played),
        "requests": sum(played.requests for played in all_played),
    }
    for name, figure in figures.items():
        print(f"{name.replace('_', ' '):<18}{figure:>9,}")
    if failed:
        print(f"replay with: python -m benchmarks.faults --seed {failed[0]}   (failed: {', '.join(map(str, failed))})")
    print(json.dumps({"benchmark": "faults", **figures, "failed_seeds": failed, "seconds": round(seconds, 1)}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
