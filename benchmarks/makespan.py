"""How long a film of many shots takes over what its vendors' slots allow at best, in virtual time.

Run as ``python -m benchmarks.makespan [SEEDS [SHOTS]]``. Shots go to four vendors with the slots and waits of their
profiles; three in ten takes do not pass and are made again elsewhere. The real worker, lines, rows and rhythm of
looking in send them (`benchmarks.virtual_film`). The bound is that of the same takes on the same vendors: no order can
be done before the fullest line has worked off its renders on all its slots, nor before the longest shot's own takes are
made one after another. What is above it is slots that stood empty, and clips that lay unnoticed.
"""

import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from agent.profiles import Profile
from benchmarks.virtual_film import Planned, Vendor, play, spread
from benchmarks.waiting import VirtualLoop
from memory.store import open_store
from tests.contract.store.building import Clock, Ids
from tools.video import registry

SEEDS, SHOTS = 200, 164
SIGMA = 0.4  # of the logarithm of a render's length; see benchmarks.polling
MISSES, MOST_TAKES = 0.3, 4
MODELS = ("veo-3.1", "kling-3.0", "runway-gen4.5", "seedance-2.0")
"""One per vendor, with the slots and the usual wait of its profile."""

BARS = {"median": 1.08, "p95": 1.15}


def profiles() -> tuple[Profile, ...]:
    """The models, each as a vendor of its own."""
    known = {its.name: its for vendor in registry.vendors() for its in vendor.profiles}
    return tuple(replace(known[name], vendor=name) for name in MODELS)


def plan(rng: random.Random, models: Sequence[Profile], *, shots: int) -> list[list[Planned]]:
    """The takes of every shot: to each vendor as many as it can make, a re-route to any other."""
    weights = [its.slots / its.usual_wait_s for its in models]
    made: list[list[Planned]] = []
    for _ in range(shots):
        takes: list[Planned] = []
        while not takes or (len(takes) < MOST_TAKES and rng.random() < MISSES):
            others = [
                (its, weight)
                for its, weight in zip(models, weights, strict=True)
                if not takes or its.name != takes[-1].model
            ]
            (its,) = rng.choices([its for its, _ in others], [weight for _, weight in others])
            takes.append(Planned(model=its.name, seconds=spread(rng, median_s=its.usual_wait_s, sigma=SIGMA)))
        made.append(takes)
    return made


def bound_s(models: Sequence[Profile], planned: Sequence[Sequence[Planned]]) -> float:
    """Before this no order of the same takes on the same vendors is through."""
    takes = [take for shot in planned for take in shot]
    lines = [sum(take.seconds for take in takes if take.model == its.name) / its.slots for its in models]
    return max(*lines, *(sum(take.seconds for take in shot) for shot in planned))


async def ratio(template: Path, *, seed: int, shots: int) -> float:
    """One film's makespan over its bound."""
    loop, models = asyncio.get_running_loop(), profiles()
    planned = plan(random.Random(seed), models, shots=shots)
    vendors = [Vendor(its, limit=partial(_always, its.slots), retry_after_s=None, now_s=loop.time) for its in models]
    with tempfile.TemporaryDirectory() as folder:
        film = await play(template, Path(folder), vendors=vendors, plan=planned, now_s=loop.time)
    if len(film.ended_s) != shots:
        raise RuntimeError(f"seed {seed}: {len(film.ended_s)} of {shots} shots came to an end")
    return max(film.ended_s.values()) / bound_s(models, planned)


def _always(slots: int, now_s: float) -> int:
    return slots


async def make_template(file: Path) -> None:
    """A file with all tables."""
    async with open_store(f"sqlite:///{file}", now_us=Clock(), new_id=Ids()):
        pass


def main() -> None:
    """Measure and print."""
    seeds, shots = (*(int(each) for each in sys.argv[1:]), *(SEEDS, SHOTS)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        asyncio.run(make_template(template))
        ratios: list[float] = []
        for seed in range(seeds):
            with asyncio.Runner(loop_factory=VirtualLoop) as runner:
                ratios.append(runner.run(ratio(template, seed=seed, shots=shots)))
    ordered = sorted(ratios)
    figures = {
        "median": round(median(ordered), 4),
        "p95": round(ordered[min(len(ordered) * 95 // 100, len(ordered) - 1)], 4),
    }
    print(f"{shots} shots, {seeds} seeds, {len(MODELS)} vendors with {sum(its.slots for its in profiles())} slots")
    print(
        "  makespan over the bound: {median:.3f} (median), {p95:.3f} (p95)".format(**figures),
        f"{ordered[-1]:.3f} (most)\n",
    )
    missed = [name for name, figure in figures.items() if figure > BARS[name]]
    print(
        json.dumps(
            {
                "benchmark": "makespan",
                "seeds": seeds,
                "shots": shots,
                "figures": figures,
                "bars": BARS,
                "missed": missed,
            }
        )
    )


if __name__ == "__main__":
    main()
