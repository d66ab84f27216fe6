"""The whole service over a film being made, and a client for it."""

import threading
from collections.abc import AsyncGenerator, Generator, Iterable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
import httpx
import uvicorn
from fastapi import FastAPI

from agent.ports import Eyes, Planner
from interfaces import service
from interfaces.api.access import Access
from interfaces.settings import Settings
from tests.support.house import Set, a_set
from tools.sandbox.app import Sandbox
from tools.sandbox.faultplan import Rule

HOST = "http://127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Service:
    """A film, the service over it, and a caller on this machine."""

    film: Set
    app: FastAPI
    http: httpx.AsyncClient

    @property
    def at(self) -> str:
        """Where the film's own routes begin."""
        return f"/api/films/{self.film.project.id}"


@asynccontextmanager
async def a_service(
    folder: Path,
    *,
    rules: Iterable[Rule] = (),
    eyes: Eyes | None = None,
    planner: Planner | None = None,
    access: Access | None = None,
) -> AsyncGenerator[Service]:
    """A film in that folder, with the worker and the desk at work."""
    async with a_set(folder, rules=rules, eyes=eyes, planner=planner) as film:
        app = service.build(film.house, Settings(folder=folder), access=access or Access())
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with (
            httpx.AsyncClient(transport=transport, base_url=HOST) as http,
            anyio.create_task_group() as group,
        ):
            group.start_soon(film.house.desk.run)
            yield Service(film=film, app=app, http=http)
            group.cancel_scope.cancel()


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
