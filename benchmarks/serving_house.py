"""The whole service in a process of its own, as `countersteer serve` runs it, with stand-ins that draw in no time."""

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import anyio
import httpx

from interfaces.settings import Settings
from interfaces.wiring import Parts
from tests.support.house import Eyesight, blank
from tools.sandbox import app
from tools.sandbox.clock import Pace

STARTS_WITHIN_S = 120
STOPS_WITHIN_S = 30
HOST = "127.0.0.1"
NO_WAIT = 1e-9  # share of a vendor's usual waits


@contextmanager
def a_server(folder: Path) -> Generator[str]:
    """Its address, once it answers; it is asked to stop, as by Ctrl-C, in the end."""
    port = _free_port()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(folder, port), daemon=True)
    process.start()
    try:
        _wait_for(f"http://{HOST}:{port}", process)
        yield f"http://{HOST}:{port}"
    finally:
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGINT)
        process.join(STOPS_WITHIN_S)
        process.kill()


def a_film(http: httpx.Client, message: str) -> dict[str, str]:
    """Ids of a film with one delivered shot, made over HTTP: film, conversation, turn, shot and take."""
    film = http.post("/api/films", json={"name": f"film {time.monotonic_ns()}"}).json()["id"]
    talk = http.post(f"/api/films/{film}/conversations").json()["id"]
    turn = http.post(f"/api/films/{film}/conversations/{talk}/turns", json={"text": message}).json()["turn_id"]
    give_up = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < give_up:
        shots = http.get(f"/api/films/{film}/shots").json()
        if shots and shots[0]["status"] == "delivered":
            ids = {"film_id": film, "conversation_id": talk, "turn_id": turn}
            return {**ids, "shot_id": shots[0]["id"], "take_id": shots[0]["takes"][0]["id"]}
        time.sleep(0.1)
    raise RuntimeError("the shot was not delivered")


def _serve(folder: Path, port: int) -> None:
    from interfaces.command import house_serving  # noqa: PLC0415  # heavy, and wanted in the other process only

    stand_ins = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.0), draw=blank)
    parts = Parts(sandbox=stand_ins, eyes=Eyesight())
    settings = Settings(folder=folder, sandbox_pace=NO_WAIT)

    async def serve() -> None:
        await house_serving.serve(settings, host=HOST, port=port, parts=parts)

    with suppress(KeyboardInterrupt):
        anyio.run(serve)


def _wait_for(address: str, process: Any) -> None:
    give_up = time.monotonic() + STARTS_WITHIN_S
    while process.is_alive() and time.monotonic() < give_up:
        try:
            httpx.get(f"{address}/api/films", trust_env=False).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not answer (exit code {process.exitcode})")


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as opened:
        return int(opened.getsockname()[1])
