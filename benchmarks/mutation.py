"""Every guard is there because a test says so: each is taken out in turn, and its test has to fail.

Run as ``python -m benchmarks.mutation [--threat S4] [--minutes M]``. The guards are those of ``guards.toml``; the work
is done in a copy of the tree, so nothing here changes.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

ROOT = Path(__file__).parents[1]
LISTED = Path(__file__).with_name("guards.toml")
LEFT_BEHIND = shutil.ignore_patterns(".venv", ".git", ".hypothesis", ".*_cache", "__pycache__", "build", "demo")
LONGEST_S = 1_800
PLUGINS = ("-p", "anyio", "-p", "pytest_timeout", "-p", "_hypothesis_pytestplugin")
FAILED, PASSED = 1, 0  # pytest's own codes; any other says that nothing was tested


class Guard(BaseModel):
    """One guard.

    Attributes:
        threats: Rows of docs/security.md.
        out: What stands in the file once; ``put`` takes its place.
        test: What fails then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threats: tuple[str, ...]
    file: str
    out: str
    put: str
    test: str


def guards() -> tuple[Guard, ...]:
    """All that are listed."""
    listed: Sequence[Any] = tomllib.loads(LISTED.read_text(encoding="utf-8"))["guard"]
    return tuple(Guard.model_validate(each) for each in listed)


def take_out(guard: Guard, tree: Path) -> str:
    """Change the tree so that the guard is gone; what the file held before.

    Raises:
        ValueError: The guard is not where the list says, or stands there more than once.
    """
    file = tree / guard.file
    before = file.read_text(encoding="utf-8")
    if before.count(guard.out) != 1:
        raise ValueError(f"{guard.file} holds {guard.out!r} {before.count(guard.out)} times")
    file.write_text(before.replace(guard.out, guard.put), encoding="utf-8")
    return before


def noticed(guard: Guard, tree: Path) -> bool:
    """Whether the guard's test fails without it."""
    before = take_out(guard, tree)
    try:
        return _run([guard.test], tree) == FAILED
    finally:
        (tree / guard.file).write_text(before, encoding="utf-8")


def main() -> int:
    """Take each out and print which were noticed; fails if one was not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threat")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="No guard is begun after that.")
    given = parser.parse_args()
    wanted = [guard for guard in guards() if given.threat in (None, *guard.threats)]
    with tempfile.TemporaryDirectory(prefix="countersteer-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_BEHIND)
        if _run(sorted({guard.test for guard in wanted}), tree) != PASSED:
            print("a guard's test fails with its guard in place")
            return 1
        missed, tried = _all(wanted, tree, over_s=time.monotonic() + given.minutes * 60)
    rows = {threat for guard in wanted for threat in guard.threats}
    print(json.dumps({"guards": len(wanted), "tried": tried, "noticed": tried - missed, "threats": len(rows)}))
    return 1 if missed else 0


def _all(wanted: Sequence[Guard], tree: Path, *, over_s: float) -> tuple[int, int]:
    """How many were missed, and how many tried."""
    missed = tried = 0
    for guard in wanted:
        if time.monotonic() > over_s:
            break
        seen = noticed(guard, tree)
        tried, missed = tried + 1, missed + (not seen)
        print(
            f"{'noticed' if seen else 'MISSED':8} {', '.join(guard.threats):8} {guard.file}: {guard.out!r}", flush=True
        )
    return missed, tried


def _run(tests: Sequence[str], tree: Path) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-x", *PLUGINS, *tests]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # most of a short test's time is their start
    return subprocess.run(command, cwd=tree, env=alone, capture_output=True, timeout=LONGEST_S, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
