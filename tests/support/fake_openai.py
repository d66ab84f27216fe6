"""An OpenAI-compatible server in process that gives scripted answers and remembers what it was asked."""

import json
import re
import socket
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

import anyio
import httpx2
import uvicorn
from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from agent.intents import Intent, Scene
from agent.reading.planner import understand
from tools.language.client import LanguageModel

Asked = dict[str, Any]
HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer as it goes over the wire; ``bytewise`` sends each byte by itself."""

    body: bytes
    status: int = 200
    media_type: str = "application/json"
    bytewise: bool = False
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


Script = Reply | Callable[[Asked], Reply]
_DATA = re.compile(r"\AFILM \(data\):\n(?P<film>.*)\n\nMESSAGE \(data\):\n(?P<message>.*)\n?\Z", re.DOTALL)


def says(
    content: object,
    *,
    finish_reason: str = "stop",
    refusal: str | None = None,
    choices: int = 1,
    tokens: tuple[int, int] | None = None,
) -> Reply:
    """A completion; anything but text goes out as JSON text. ``tokens`` are those read and written."""
    text = content if content is None or isinstance(content, str) else json.dumps(content)
    choice = {
        "index": 0,
        "finish_reason": finish_reason,
        "logprobs": None,
        "message": {"role": "assistant", "content": text, "refusal": refusal},
    }
    completion: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": "fake",
        "choices": [choice] * choices,
    }
    if tokens is not None:
        read, written = tokens
        completion["usage"] = {
            "prompt_tokens": read,
            "completion_tokens": written,
            "total_tokens": read + written,
        }
    return Reply(body=json.dumps(completion).encode())


def means(*intents: Intent, tokens: tuple[int, int] | None = None) -> Reply:
    """An answer that states these intents as the schema has them."""
    return says({"intents": [as_wire(intent) for intent in intents]}, tokens=tokens)


def as_wire(value: Any) -> Any:
    """A domain value as a language model would write it: money in dollars, no ids, nothing left out."""
    if is_dataclass(value):
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        told.pop("id", None)
        return {_said(name): _in_dollars(name, as_wire(each)) for name, each in told.items()}
    several: Any = value
    return [as_wire(each) for each in several] if isinstance(value, tuple) else value


def fails(
    status: int, message: str = "no", *, headers: Mapping[str, str] | None = None, code: str | None = None
) -> Reply:
    """An error as OpenAI words it; a retry is asked for at once, so that no test waits."""
    body = json.dumps({"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}})
    return Reply(body=body.encode(), status=status, headers={"retry-after-ms": "1", **(headers or {})})


def slowly(reply: Reply) -> Reply:
    """The same answer, byte by byte, as a model that is short of breath sends it."""
    return replace(reply, bytewise=True)


def endless() -> Reply:
    """An answer that goes on and never gets anywhere: no single read takes long."""
    return Reply(body=b"", bytewise=True)


def page(media_type: str = "text/html") -> Reply:
    """What a proxy in between shows, with status 200."""
    return Reply(body=b"<html>Please sign in</html>", media_type=media_type)


def by_the_rules(asked: Asked) -> Reply:
    """What a model answers that understands exactly what the rules do: whatever is lost is lost on the wire."""
    data = _DATA.match(asked["messages"][1]["content"])
    assert data is not None, "the turn holds film and message"
    scene = TypeAdapter(Scene).validate_json(data["film"])
    plan = understand(json.loads(data["message"]), scene=scene)
    return means(*plan.intents, tokens=(1000, 100))


def talked_into(*hostile: Intent) -> Callable[[Asked], Reply]:
    """What a model answers that obeys a text it read, and does what was asked as well."""

    def answers(asked: Asked) -> Reply:
        content = json.loads(by_the_rules(asked).body)["choices"][0]["message"]["content"]
        return says({"intents": [*map(as_wire, hostile), *json.loads(content)["intents"]]})

    return answers


class FakeOpenAI:
    """Answers each request with the next line of its script; the last line may be a function of the request."""

    def __init__(self, *script: Script) -> None:
        self._script = list(script)
        self.asked: list[Asked] = []
        self.keys: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        if request.url.path != "/v1/chat/completions":
            raise AssertionError(f"asked for {request.url.path}")
        asked: Asked = await request.json()
        self.asked.append(asked)
        self.keys.append(request.headers["authorization"])
        await _response(self._next(asked))(scope, receive, send)

    def _next(self, asked: Asked) -> Reply:
        if not self._script:
            raise AssertionError("asked more often than the script has lines")
        line = self._script[0] if callable(self._script[0]) else self._script.pop(0)
        return line(asked) if callable(line) else line


def _response(reply: Reply) -> Response:
    if reply.bytewise:
        bytewise = _trickle(reply.body) if reply.body else _blanks()
        return StreamingResponse(bytewise, reply.status, headers=dict(reply.headers), media_type=reply.media_type)
    return Response(reply.body, reply.status, headers=dict(reply.headers), media_type=reply.media_type)


async def _trickle(body: bytes) -> AsyncGenerator[bytes]:
    for byte in body:
        yield bytes([byte])


async def _blanks() -> AsyncGenerator[bytes]:
    """What JSON may begin with, for as long as somebody listens."""
    while True:
        yield b" "
        await anyio.sleep(0.001)


@contextmanager
def listening(server: FakeOpenAI) -> Generator[str]:
    """The server on a loopback port of its own; the address to configure."""
    serving = uvicorn.Server(uvicorn.Config(server, log_level="critical", lifespan="off"))
    with socket.create_server((HOST, 0)) as listener:
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield _address(listener)
        finally:
            serving.should_exit = True
            thread.join()


@contextmanager
def silent() -> Generator[str]:
    """The address of a server that takes a connection and never answers."""
    with socket.create_server((HOST, 0)) as listener:
        yield _address(listener)


def nobody() -> str:
    """An address where nothing listens."""
    with silent() as address:
        return address


def model_over(
    server: FakeOpenAI | httpx2.AsyncBaseTransport, *, name: str = "a model", retries: int = 0
) -> LanguageModel:
    """A client whose network is this server."""
    transport = httpx2.ASGITransport(app=server) if isinstance(server, FakeOpenAI) else server
    return LanguageModel(
        base_url="http://fake/v1", api_key="sk-canary", model=name, transport=transport, retries=retries
    )


def _address(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}/v1"


def _said(name: str) -> str:
    return name.replace("micro_usd", "usd")


def _in_dollars(name: str, value: Any) -> Any:
    return value / 1e6 if name.endswith("micro_usd") and value is not None else value


def main() -> None:
    """Serve a model that understands what the rules do, until interrupted."""
    with listening(FakeOpenAI(by_the_rules)) as address:
        print(address, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
