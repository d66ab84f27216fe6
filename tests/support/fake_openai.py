"""An OpenAI-compatible server in process that gives scripted answers and remembers what it was asked."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tools.language.client import LanguageModel

Asked = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer as it goes over the wire."""

    body: bytes
    status: int = 200
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


Script = Reply | Callable[[Asked], Reply]


def says(content: object, *, finish_reason: str = "stop", refusal: str | None = None, choices: int = 1) -> Reply:
    """A completion; anything but text goes out as JSON text."""
    text = content if content is None or isinstance(content, str) else json.dumps(content)
    choice = {
        "index": 0,
        "finish_reason": finish_reason,
        "logprobs": None,
        "message": {"role": "assistant", "content": text, "refusal": refusal},
    }
    completion = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": "fake",
        "choices": [choice] * choices,
    }
    return Reply(body=json.dumps(completion).encode())


def fails(status: int, message: str = "no", *, headers: Mapping[str, str] | None = None) -> Reply:
    """An error as OpenAI words it; a retry is asked for at once, so that no test waits."""
    body = json.dumps({"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}})
    return Reply(body=body.encode(), status=status, headers={"retry-after-ms": "1", **(headers or {})})


def page(media_type: str = "text/html") -> Reply:
    """What a proxy in between shows, with status 200."""
    return Reply(body=b"<html>Please sign in</html>", media_type=media_type)


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
    return Response(reply.body, reply.status, headers=dict(reply.headers), media_type=reply.media_type)


def model_over(
    server: FakeOpenAI | httpx2.AsyncBaseTransport, *, name: str = "a model", retries: int = 0
) -> LanguageModel:
    """A client whose network is this server."""
    transport = httpx2.ASGITransport(app=server) if isinstance(server, FakeOpenAI) else server
    return LanguageModel(
        base_url="http://fake/v1", api_key="sk-canary", model=name, transport=transport, retries=retries
    )
