"""``countersteer serve`` as it is run: a process of its own, an open stream, and Ctrl-C."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from benchmarks.serving_fuzz import fuzz
from benchmarks.serving_house import a_film, a_server

MESSAGE = "low angle, Vi in the rain, neon, 35mm, 5 s"
WAIT_S = 100
INTERRUPTED = 130


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with stand-ins that draw in no time."""
    with a_server(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="module")
def ids(address: str) -> dict[str, str]:
    """A film with one delivered shot."""
    with httpx.Client(base_url=address, trust_env=False, timeout=WAIT_S) as http:
        return a_film(http, MESSAGE)


def numbers(address: str, ids: dict[str, str], *, count: int, last: int = 0) -> list[int]:
    """The first events of a conversation's stream."""
    at = f"{address}/api/films/{ids['film_id']}/conversations/{ids['conversation_id']}/events"
    found: list[int] = []
    with httpx.stream("GET", at, headers={"last-event-id": str(last)}, trust_env=False, timeout=WAIT_S) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                found.append(int(json.loads(line.removeprefix("data: "))["number"]))
            if len(found) == count:
                return found
    return found


def test_a_stream_is_resumed_by_the_number_of_its_last_event(address: str, ids: dict[str, str]) -> None:
    whole = numbers(address, ids, count=6)

    assert numbers(address, ids, count=3, last=whole[2]) == whole[3:]


def test_no_answer_is_a_fault_of_the_servers_whatever_is_sent(address: str, ids: dict[str, str]) -> None:
    fuzzed = fuzz(address, ids, examples=2, seed_=7)

    assert fuzzed.faults == {}
    assert [status for status in fuzzed.calls if status >= 500] == []
    assert fuzzed.operations > 40


def test_an_open_page_does_not_keep_the_server_from_stopping(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (sys.executable, "-c", "from interfaces.command.main import run; run()", "serve", "--port", str(port))
    environment = {**os.environ, "COUNTERSTEER_FOLDER": str(tmp_path)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout is not None
        assert f"127.0.0.1:{port}" in served.stdout.readline()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=WAIT_S) as http:
            film = http.post("/api/films", json={"name": "film"}).json()["id"]
            with http.stream("GET", f"/api/films/{film}/events") as stream:
                served.send_signal(signal.SIGINT)
                list(stream.iter_bytes())  # it ends by itself
        told = served.communicate(timeout=WAIT_S)[1]

    assert (served.returncode, told.strip().splitlines()[-1]) == (
        INTERRUPTED,
        "Stopped. Nothing is lost: start again and it goes on.",
    )


def test_a_port_that_others_reach_is_not_opened_without_a_token(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "from interfaces.command.main import run; run()", "serve", "--host", "0.0.0.0")
    environment = {**os.environ, "COUNTERSTEER_FOLDER": str(tmp_path)}

    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=WAIT_S, check=False)

    assert done.returncode == 1
    assert "set COUNTERSTEER_TOKEN" in done.stderr
    assert not (tmp_path / "countersteer.db").exists()
