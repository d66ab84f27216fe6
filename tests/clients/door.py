"""A loopback port behind which any ASGI app can be put, and a record of every request that came in by it."""

import socket
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
IDLE_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it arrived.

    Attributes:
        path: As it was spelled on the wire, still percent-encoded.
        headers: Names in lower case.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class Door:
    """Lets every request through to the app behind it, and keeps a copy."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._asked: list[Asked] = []
        self._app: ASGIApp | None = None

    def open_to(self, app: ASGIApp) -> None:
        """Put another app behind the door and forget what was asked of the last one."""
        self._asked, self._app = [], app

    def take(self) -> list[Asked]:
        """What was asked since the last time, oldest first."""
        taken, self._asked = self._asked, []
        return taken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if self._app is None:
            raise AssertionError("nothing is behind the door")
        body = await _body(receive)
        self._asked.append(_asked(scope, body))

        async def again() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, again, send)


@contextmanager
def opened() -> Generator[Door]:
    """A door on a free port of this machine, served by a thread of its own."""
    with socket.create_server((LOOPBACK, 0)) as listening:
        door = Door(f"http://{LOOPBACK}:{listening.getsockname()[1]}")
        # Connections stay open longer than any test holds one idle, so that none is reused while it closes.
        config = uvicorn.Config(door, lifespan="off", ws="none", log_level="critical", timeout_keep_alive=IDLE_S)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield door
        finally:
            server.should_exit = True
            thread.join()


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _asked(scope: Scope, body: bytes) -> Asked:
    return Asked(
        method=scope["method"],
        path=scope["raw_path"].decode("ascii"),
        query=scope["query_string"].decode("ascii"),
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        body=body,
    )
