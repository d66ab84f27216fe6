"""Both graphs in LangGraph's own server, in the environment that `make .venv/.studio` builds, and its own client."""

import os
import socket
import subprocess
from collections.abc import AsyncGenerator, Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient

from interfaces.settings import Settings
from interfaces.wiring import open_house
from tests.clients.house import SHOT

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / ".venv" / "studio" / "bin" / "langgraph"
LOOPBACK = "127.0.0.1"
LOOKS, LOOKS_EVERY_S = 400, 0.2
RESUMES = 100


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """The server, the films' folder, and a proxy that whoever wanted to leave this machine would have had to take."""

    url: str
    folder: Path
    way_out: socket.socket


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Generator[Viewer]:
    """`langgraph dev` over an empty folder, once it answers."""
    assert PROGRAM.exists(), "LangGraph's viewer is not installed; run: make .venv/.studio"
    folder = tmp_path_factory.mktemp("viewed")
    for name in ("langgraph.json", "interfaces"):  # it keeps its threads where it is started, so not in the tree
        (folder / name).symlink_to(ROOT / name)
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    with socket.create_server((LOOPBACK, 0)) as way_out, (folder / "viewer.log").open("wb") as log:
        environment = surroundings(folder / "films", proxy=f"http://{LOOPBACK}:{way_out.getsockname()[1]}")
        command = [str(PROGRAM), "dev", "--no-browser", "--no-reload", "--allow-blocking", "--port", str(port)]
        with subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log) as process:
            try:
                wait_for(process, port, log=folder / "viewer.log")
                yield Viewer(url=f"http://{LOOPBACK}:{port}", folder=folder / "films", way_out=way_out)
            finally:
                process.kill()


def surroundings(folder: Path, *, proxy: str) -> dict[str, str]:
    """What the server is told: where the films are, to report to nobody, and one way out, which nobody may take."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("LANG", "COUNTERSTEER_"))}
    return {
        **ours,
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), proxy),
        "NO_PROXY": LOOPBACK,
        "no_proxy": LOOPBACK,
        "COUNTERSTEER_FOLDER": str(folder),
        "LANGGRAPH_CLI_NO_ANALYTICS": "1",
    }


def wait_for(process: subprocess.Popen[bytes], port: int, *, log: Path) -> None:
    """Until it listens; a server that ends instead says why."""
    for _ in range(LOOKS):
        try:
            socket.create_connection((LOOPBACK, port)).close()
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=LOOKS_EVERY_S)
                break
        else:
            return
    pytest.fail(f"LangGraph's server does not answer:\n{log.read_text()[-2_000:]}")


@pytest.fixture
async def client(viewer: Viewer) -> AsyncGenerator[LangGraphClient]:
    """Its official client."""
    async with get_client(url=viewer.url) as client:
        yield client


async def assistant(client: LangGraphClient, graph: str) -> str:
    """The id of a graph's assistant."""
    return next(each["assistant_id"] for each in await client.assistants.search() if each["graph_id"] == graph)


@pytest.mark.parametrize(
    ("graph", "drawn", "asked"),
    [
        ("conversation", {"hear", "converse:understand", "converse:act", "converse:say"}, {"message", "film"}),
        (
            "shot",
            {"make:compose", "make:route", "make:approve", "make:wait", "make:judge", "make:deliver"},
            {"shot_id"},
        ),
    ],
)
async def test_each_graph_is_drawn_with_its_steps_and_says_what_it_starts_from(
    client: LangGraphClient, graph: str, drawn: set[str], asked: set[str]
) -> None:
    found = await assistant(client, graph)

    nodes = (await client.assistants.get_graph(found, xray=True))["nodes"]
    schemas = await client.assistants.get_schemas(found)

    assert drawn <= {node["id"] for node in cast(list[dict[str, str]], nodes)}
    assert set(cast(dict[str, Any], schemas["input_schema"])["properties"]) == asked


async def test_a_turn_and_its_shot_run_there_and_leave_their_rows(client: LangGraphClient, viewer: Viewer) -> None:
    settings = Settings(folder=viewer.folder)
    async with open_house(settings) as house:
        film = await house.project("film", create=True)

    turn = await run(client, "conversation", {"message": SHOT, "film": "film"})
    made = await run(client, "shot", {"shot_id": turn["start"][0]})

    async with open_house(settings) as house:
        store = house.studio.store
        said = await store.turn(turn["turn_id"])
        shot = await store.shot(turn["start"][0])
        takes = await store.takes(shot_id=shot.id)
        receipts = await store.receipts(film.id)
    assert turn["lines"] == ["Shot 1: Vi in the rain"]
    assert (said.text, said.reply) == (SHOT, "Shot 1: Vi in the rain")
    assert made["take_id"] in {take.id for take in takes}
    assert len(receipts) == len(takes) > 0


async def test_nothing_of_it_wants_to_leave_this_machine(client: LangGraphClient, viewer: Viewer) -> None:
    await assistant(client, "shot")

    viewer.way_out.setblocking(False)
    with pytest.raises(BlockingIOError):
        viewer.way_out.accept()


async def run(client: LangGraphClient, graph: str, start: dict[str, str]) -> dict[str, Any]:
    """The state at the end of a run; where it pauses for a clip, it is resumed."""
    thread = (await client.threads.create())["thread_id"]
    await client.runs.wait(thread, graph, input=start)
    for _ in range(RESUMES):
        state = await client.threads.get_state(thread)
        if not state["next"]:
            return cast(dict[str, Any], state["values"])
        await client.runs.wait(thread, graph, command={"resume": True})
    raise AssertionError(f"{graph} never came to its end")
