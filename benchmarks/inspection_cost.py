"""What looking costs: computing time over plain decoding, and memory, for 8 s at 24 per second.

Run as ``python -m benchmarks.inspection_cost [--long]``: one thread, H.264 at 3.7 Mbit/s (1080p) and 2.2 Mbit/s (720p),
three references, every base check, in a process like the one that a take is examined in. A table with the checks, then
one JSON object. What several checks share counts for the first of them. Letters, copies and what was told to be left
out of a reference are bought extra, with the terms that need them; so is the process itself. With ``--long`` 4K and ten
minutes of 1080p as well: a few minutes more.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import anyio

from agent.jobs import Still
from benchmarks import inspection_cases, inspection_cost_clips, inspection_spending
from tools import confined
from tools.confined import Bounds
from tools.examining import Task

RATES = {1080: 3_700_000, 720: 2_200_000, 2160: 12_000_000}
BARS = {"1080p": 1.5, "720p": 1.9}
MEMORY_BAR_MIB = 200
FRAMES = 192
MINUTES_10 = 75
"""Times 8 s."""

TRIALS = 6
BOUNDS = Bounds(cpu_s=1200, wall_s=3600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One clip in figures; times are the least of some trials, memory is the most of one examination.

    Attributes:
        over_plain: Decoding for the checks and all checks together, over plain decoding.
        parts_s: What decoding for the checks takes beyond plain decoding, and each check.
    """

    plain_s: float
    over_plain: float
    memory_mib: float
    parts_s: Mapping[str, float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="4K and ten minutes of 1080p as well")
    with tempfile.TemporaryDirectory() as folder:
        costs = measured(Path(folder), long=parser.parse_args().long)
    for name, cost in costs.items():
        print(f"{name}: plain decoding {cost.plain_s:.2f} s, examined {cost.over_plain:.2f} times as much")
        print(f"  {'memory':16}{cost.memory_mib:8.0f} MiB")
        for part, spent_s in sorted(cost.parts_s.items(), key=lambda pair: -pair[1]):
            print(f"  {part:16}{spent_s:8.3f} s")
    missed = [name for name, bar in BARS.items() if costs[name].over_plain > bar]
    missed += [f"memory of {name}" for name, cost in costs.items() if cost.memory_mib > MEMORY_BAR_MIB]
    figures = {name: asdict(cost) for name, cost in costs.items()}
    bars = {**BARS, "memory_mib": MEMORY_BAR_MIB}
    print(json.dumps({"benchmark": "inspection_cost", "figures": figures, "bars": bars, "missed": missed}))


def measured(folder: Path, *, long: bool) -> Mapping[str, Cost]:
    """The cost of each clip, by its name."""
    clips = {f"{lines}p": _written(folder, lines) for lines in (1080, 720)}
    costs = {name: cost(clip, trials=TRIALS) for name, clip in clips.items()}
    if long:
        costs["2160p"] = cost(_written(folder, 2160), trials=1)
        ten_minutes = inspection_cost_clips.repeat(clips["1080p"], folder / "long.mp4", times=MINUTES_10)
        costs["1080p, ten minutes"] = cost(ten_minutes, trials=1)
    return costs


def cost(clip: Path, *, trials: int) -> Cost:
    """What one clip costs."""
    references = inspection_cost_clips.references()
    rows, memory_mib = anyio.run(_confined, clip, references, trials)
    plain_s = min(row["plain"] for row in rows)
    examined_s = min(sum(row.values()) - row["plain"] for row in rows)
    parts_s = {part: round(min(row[part] for row in rows), 3) for part in rows[0] if part not in ("plain", "decode")}
    decoding_s = min(row["decode"] for row in rows) - plain_s
    return Cost(
        plain_s=round(plain_s, 3),
        over_plain=round(examined_s / plain_s, 2),
        memory_mib=memory_mib,
        parts_s={"decoding": round(decoding_s, 3), **parts_s},
    )


async def _confined(
    clip: Path, references: tuple[Still, ...], trials: int
) -> tuple[Sequence[Mapping[str, float]], float]:
    """Computing time, part by part, and the most memory of one examination; each in a process of its own."""
    checks = tuple(replace(check, always=True) for check in inspection_spending.base())
    task = Task(clip=clip, terms=(), checks=checks, references=references)
    rows = await confined.run(inspection_spending.spent, clip, references, trials, bounds=BOUNDS)
    return rows, await confined.run(inspection_cases.held_mib, task, bounds=BOUNDS)


def _written(folder: Path, lines: int) -> Path:
    return inspection_cost_clips.write(folder / f"{lines}.mp4", lines=lines, frames=FRAMES, bit_rate=RATES[lines])


if __name__ == "__main__":
    main()
