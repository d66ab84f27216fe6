"""How many submissions a vendor that takes five jobs at once gets for each that it accepts, in virtual time.

Run as ``python -m benchmarks.posts [SHOTS]``. The real worker, lines and rows send the shots to one vendor
(`benchmarks.virtual_film`), which answers 429 with Retry-After to whatever is over its limit. Its limit is what the
account is known to allow; or fewer than was thought; or for a while somebody else on the account takes three of the
slots; or it takes nothing at all for ten minutes.
"""

import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.makespan import SIGMA, make_template
from benchmarks.virtual_film import Planned, Vendor, play, spread
from benchmarks.waiting import VirtualLoop
from tests.unit.agent.policy.builders import profile

SHOTS, LIMIT, WAIT_S = 164, 5, 90.0
RETRY_AFTER_S = 30.0
BAR = 1.02
JUDGED = "as known"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A vendor's limit over time, and how many slots its profile says it has."""

    slots: int
    limit: Callable[[float], int]


WORLDS: Mapping[str, World] = {
    JUDGED: World(slots=LIMIT, limit=lambda now_s: LIMIT),
    "fewer than thought": World(slots=2 * LIMIT, limit=lambda now_s: LIMIT),
    "shared for a while": World(slots=LIMIT, limit=lambda now_s: 2 if 300 < now_s < 1200 else LIMIT),
    "shut for ten minutes": World(slots=LIMIT, limit=lambda now_s: 0 if 300 < now_s < 900 else LIMIT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What sending a film came to; ``done_s`` is when its last clip was here."""

    posts: int
    accepted: int
    done_s: float

    @property
    def share(self) -> float:
        """Submissions per accepted job."""
        return self.posts / self.accepted


async def sent(template: Path, world: World, *, shots: int) -> Sent:
    """All shots sent to the vendor of a world."""
    loop, rng = asyncio.get_running_loop(), random.Random(1)
    its = replace(profile("five", usual_wait_s=WAIT_S), slots=world.slots)
    vendor = Vendor(its, limit=world.limit, retry_after_s=RETRY_AFTER_S, now_s=loop.time)
    plan = [[Planned(model=its.name, seconds=spread(rng, median_s=WAIT_S, sigma=SIGMA))] for _ in range(shots)]
    with tempfile.TemporaryDirectory() as folder:
        film = await play(template, Path(folder), vendors=(vendor,), plan=plan, now_s=loop.time)
    assert len(film.ended_s) == vendor.accepted == shots
    return Sent(posts=vendor.posts, accepted=vendor.accepted, done_s=max(film.ended_s.values()))


def main() -> None:
    """Measure and print."""
    shots = int(sys.argv[1]) if len(sys.argv) > 1 else SHOTS
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        asyncio.run(make_template(template))
        found: dict[str, Sent] = {}
        for name, world in WORLDS.items():
            with asyncio.Runner(loop_factory=VirtualLoop) as runner:
                found[name] = runner.run(sent(template, world, shots=shots))
    print(f"{f'{shots} shots, limit {LIMIT}':24}{'posts':>8}{'per accepted':>14}{'done after':>12}")
    for name, each in found.items():
        print(f"{name:24}{each.posts:8}{each.share:14.3f}{each.done_s / 60:8.0f} min")
    figures = {name: round(each.share, 4) for name, each in found.items()}
    missed = [JUDGED] if figures[JUDGED] > BAR else []
    print(
        json.dumps({"benchmark": "posts", "shots": shots, "figures": figures, "bars": {JUDGED: BAR}, "missed": missed})
    )


if __name__ == "__main__":
    main()
