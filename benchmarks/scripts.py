"""Whether scripts that are played side by side come out as one by one: ``python -m benchmarks.scripts``.

Each script has a house, a seed and faults of its own: some shots pass at once, some are re-routed, some are refused,
some fail a vendor's way, and some expect what does not come. Stand-ins draw in no time and the eyes are told what
they see, so that what is measured is the playing. Compared are all ends, every miss with its difference, the money.
"""

import argparse
import json
import tempfile
import time
from difflib import unified_diff
from io import StringIO
from pathlib import Path
from typing import Any

import anyio
from rich.console import Console

from interfaces.command import playing_many
from interfaces.command.playing import Wanted
from interfaces.script.form import Script
from interfaces.settings import Settings
from interfaces.wiring import Parts
from tests.support.house import Eyesight, blank
from tools.sandbox import app
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan

NO_WAIT = 1e-6
SEEN: tuple[list[set[str] | None], ...] = ([], [{"live action"}], [{"blurry"}, {"blurry"}], [None])
FAULTS = ("", "{mishap: 5xx, nth: [1]}", "{mishap: moderate_input, nth: [1]}", "{mishap: fail_transient, nth: [1]}")
SHOT = """\
version: 1
name: "{name}"
project: "{name}"
seed: {seed}
faults: [{faults}]
turns:
  - user: low angle, the lamplighter in the rain, 5 s
    expect: [{{shot: 1, where: {{status: delivered, takes: {takes}}}}}]
  - user: what have I spent?
    expect: [{{film: {{coverage: 1}}}}]
"""


def main() -> None:
    """Play them one by one and side by side, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scripts", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=200, help="How many at once, the second time.")
    wanted = parser.parse_args()
    print(json.dumps(compare(wanted.scripts, jobs=wanted.jobs)))


def compare(count: int, *, jobs: int) -> dict[str, Any]:
    """How many scripts came out differently, which is printed, and how long either way took."""
    with tempfile.TemporaryDirectory() as folder:
        files = [_write(Path(folder), nth) for nth in range(count)]
        alone, alone_s = _played(Path(folder), files, jobs=1)
        together, together_s = _played(Path(folder), files, jobs=jobs)
    ends = [script["end"] for script in alone]
    different = [(one, other) for one, other in zip(alone, together, strict=True) if one != other]
    for one, other in different:
        before, after = (json.dumps(each, indent=1).splitlines() for each in (one, other))
        print(*unified_diff(before, after, lineterm=""), sep="\n")
    return {
        "scripts": count,
        "jobs": jobs,
        "passed": ends.count("passed"),
        "failed": ends.count("failed"),
        "different": len(different),
        "one_by_one_s": round(alone_s, 1),
        "side_by_side_s": round(together_s, 1),
    }


def _write(folder: Path, nth: int) -> Path:
    file = folder / f"{nth:04}.yaml"
    text = SHOT.format(name=f"script {nth}", seed=nth, faults=FAULTS[nth % len(FAULTS)], takes=1 + nth % 2)
    file.write_text(text, encoding="utf-8")
    return file


def _played(folder: Path, files: list[Path], *, jobs: int) -> tuple[list[dict[str, Any]], float]:
    """What the report says of each script, without how long it took."""
    report, began = folder / f"{jobs}.json", time.monotonic()
    wanted = Wanted(jobs=jobs, json=report)
    settings = Settings(folder=folder, sandbox_pace=NO_WAIT)

    def parts(script: Script) -> Parts:
        return _parts(script, folder / str(jobs) / script.name)

    async def play() -> None:
        await playing_many.play_all(settings, files, wanted=wanted, parts=parts, out=Console(file=StringIO()))

    anyio.run(play)
    found = json.loads(report.read_bytes())["scripts"]
    for script in found:
        script["turns"] = [{**turn, "seconds": 0} for turn in script["turns"]]
    return found, time.monotonic() - began


def _parts(script: Script, folder: Path) -> Parts:
    stand_ins = app.build(
        folder=folder, seed=script.seed or 0, pace=Pace(factor=0.0), plan=FaultPlan(script.faults), draw=blank
    )
    return Parts(sandbox=stand_ins, eyes=Eyesight(SEEN[(script.seed or 0) % 5 % len(SEEN)]))


if __name__ == "__main__":
    main()
