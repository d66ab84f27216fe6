"""kill -9 at every named place, then a second start: one accepted job and its take, or an unknown for a person."""

import json
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from benchmarks import crash

ROOT = Path(__file__).resolve().parents[2]
REACHED = re.compile(r"fail\.reach\(\"([a-z_.]+)\"\)")
OF_SLACK = "slack.posted"  # dies in tests of its own


@pytest.mark.timeout(600)  # forty short lives, also on a machine that has much else to do
def test_whoever_is_killed_pays_once_loses_no_take_and_comes_to_rest() -> None:
    command = [sys.executable, "-m", "benchmarks.crash", "1", "1", "sync"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    runs = len(crash.POINTS) * len(crash.VENDORS)
    assert (found["missed"], found["figures"]["runs"], found["figures"]["killed"]) == ([], runs, runs), done.stdout
    # Only where the request may have left, and nobody can be asked, does it take a person.
    assert found["figures"]["unknown"] == len(["submit.sending", "submit.sent"])


def test_every_named_place_is_one_where_processes_are_killed() -> None:
    files = chain(ROOT.glob("agent/**/*.py"), ROOT.glob("interfaces/**/*.py"))
    reached = [name for file in files for name in REACHED.findall(file.read_text())]
    assert sorted({*reached} - {OF_SLACK}) == sorted(crash.POINTS)
