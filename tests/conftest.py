"""No network, no environment: what a test needs it is given."""

import os
import socket

os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"  # read once, when langgraph is first imported

import pytest

from tests.support.postgres import postgres, postgres_database, postgres_server

__all__ = ["postgres", "postgres_database", "postgres_server"]


@pytest.fixture
def anyio_backend() -> str:
    """Run async tests on asyncio."""
    return "asyncio"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the person running the tests, and the width of a terminal, must not leak in."""
    for name in list(os.environ):
        if name == "COLUMNS" or name.startswith(("COUNTERSTEER_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family == socket.AF_UNIX or (isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")):
            return connect(self, address)  # type: ignore[arg-type]  # the signature is as wide as socket's own
        raise AssertionError(f"a test tried to reach {address!r}")

    monkeypatch.setattr(socket.socket, "connect", guarded)
