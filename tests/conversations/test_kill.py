"""kill -9 at the places where money is at stake, then a second start: one accepted job, or a visible unknown."""

import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from agent.film import ShotStatus
from tests.support.house import a_set, blank
from tools.sandbox import app
from tools.sandbox.app import Sandbox
from tools.sandbox.clock import Pace

ROOT = Path(__file__).resolve().parents[2]
BEFORE_SENDING, IN_FLIGHT, AFTER = "submit.intent_saved", "submit.sent", "submit.accepted"


@contextmanager
def served(sandbox: Sandbox) -> Generator[str]:
    """The stand-ins behind a real port, outliving whoever talks to them."""
    server = uvicorn.Server(uvicorn.Config(sandbox, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def run(folder: Path, url: str, *, at: str = "nowhere", message: str = "") -> int:
    """One life of the program; its exit code, negative for the signal that ended it."""
    command = [sys.executable, "-m", "tests.support.killed", str(folder), url, at, message]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=90, capture_output=True).returncode


@pytest.mark.parametrize("at", [BEFORE_SENDING, IN_FLIGHT, AFTER])
@pytest.mark.parametrize("vendor", ["Kling", "Seedance"])
async def test_one_job_is_accepted_where_the_vendor_can_be_asked(tmp_path: Path, at: str, vendor: str) -> None:
    sandbox = app.build(folder=tmp_path / "vendor", seed=1, pace=Pace(factor=0.05), draw=blank)
    with served(sandbox) as url:
        assert run(tmp_path, url, at=at, message=f"a boat on the river, wide, 5 s, with {vendor}") == -signal.SIGKILL
        assert run(tmp_path, url) == 0

    assert len(sandbox.records.accepted()) == 1
    async with a_set(tmp_path, sandbox=sandbox) as film:
        assert (await film.shot()).status is ShotStatus.DELIVERED


@pytest.mark.parametrize("vendor", ["Veo", "Runway"])
async def test_it_is_a_visible_unknown_and_nothing_is_sent_again_where_nobody_can_be_asked(
    tmp_path: Path, vendor: str
) -> None:
    sandbox = app.build(folder=tmp_path / "vendor", seed=1, pace=Pace(factor=0.05), draw=blank)
    with served(sandbox) as url:
        message = f"a boat on the river, wide, 5 s, with {vendor}"
        assert run(tmp_path, url, at=IN_FLIGHT, message=message) == -signal.SIGKILL
        assert run(tmp_path, url) == 0
        assert run(tmp_path, url) == 0

    assert len(sandbox.records.accepted()) == 1
    async with a_set(tmp_path, sandbox=sandbox) as film:
        assert (await film.shot()).status is ShotStatus.UNKNOWN
        assert "yes" in await film.say("status") or (await film.shot()).because


async def test_an_intent_that_was_never_sent_is_sent_once_even_where_nobody_can_be_asked(tmp_path: Path) -> None:
    sandbox = app.build(folder=tmp_path / "vendor", seed=1, pace=Pace(factor=0.05), draw=blank)
    with served(sandbox) as url:
        run(tmp_path, url, at=BEFORE_SENDING, message="a boat on the river, wide, 5 s, with Veo")
        assert sandbox.records.accepted() == ()
        assert run(tmp_path, url) == 0

    assert len(sandbox.records.accepted()) == 1
