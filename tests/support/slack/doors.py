"""How events reach the app: signed requests to its address, or envelopes over the socket that it opened.

Written from docs.slack.dev: "Verifying requests from Slack", "The Events API", "Using Socket Mode".
"""

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import anyio
import httpx
from aiohttp import WSMsgType, web

from tests.support.slack.workspace import LONGEST_WAIT_S, Json, Workspace

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
PATH = "/slack/events"


@dataclass(frozen=True, kw_only=True)
class Ack:
    """What the app answered: 200 for an acknowledgement, and what came with it."""

    status: int
    payload: Json


class Door(Protocol):
    """One way in."""

    async def deliver(self, kind: str, payload: Json, *, retry: int = 0) -> Ack:
        """Send it, and wait for the acknowledgement; ``kind`` is ``events_api`` or ``interactive``."""
        ...


@dataclass(frozen=True, kw_only=True)
class Signed:
    """The body and headers of one request, to be sent once or again."""

    body: bytes
    headers: dict[str, str]


def signed(kind: str, payload: Json, *, retry: int = 0, age_s: int = 0, secret: str = SECRET) -> Signed:
    """A request as Slack signs it: ``v0:`` + time + ``:`` + body under the app's secret."""
    interactive = kind == "interactive"
    body = (urlencode({"payload": json.dumps(payload)}) if interactive else json.dumps(payload)).encode()
    at = str(int(time.time()) - age_s)
    proof = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded" if interactive else "application/json",
        "x-slack-request-timestamp": at,
        "x-slack-signature": f"v0={proof}",
    }
    again = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_timeout"} if retry else {}
    return Signed(body=body, headers={**headers, **again})


class HttpDoor:
    """Signed requests to the service."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def deliver(self, kind: str, payload: Json, *, retry: int = 0) -> Ack:
        """One request."""
        return await self.send(signed(kind, payload, retry=retry))

    async def send(self, request: Signed) -> Ack:
        """Exactly these bytes."""
        answer = await self.http.post(PATH, content=request.body, headers=request.headers)
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        return Ack(status=answer.status_code, payload=answer.json() if is_json else {})


class SocketDoor:
    """The other end of Socket Mode: greets whoever connects, and sends it what happens."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._link: web.WebSocketResponse | None = None
        self._numbers = itertools.count(1)
        self._acks: dict[str, Json] = {}

    async def answer(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, until it is closed."""
        link = web.WebSocketResponse()
        await link.prepare(request)
        await link.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0STEER"}})
        self._link = link
        self._workspace.wake()
        async for message in link:
            if message.type is WSMsgType.TEXT:
                told: Any = json.loads(message.data)
                self._acks[told["envelope_id"]] = told.get("payload") or {}
                self._workspace.wake()
        return link

    async def refresh(self) -> None:
        """Ask for a new connection, as Slack does every few hours, and wait for it."""
        assert self._link is not None
        link, self._link = self._link, None
        await link.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
        await self._workspace.until(lambda: self._link is not None)

    async def deliver(self, kind: str, payload: Json, *, retry: int = 0) -> Ack:
        """One envelope, acknowledged by its id."""
        await self._workspace.until(lambda: self._link is not None and not self._link.closed)
        assert self._link is not None
        envelope = f"envelope-{next(self._numbers)}"
        again = {"retry_attempt": retry, "retry_reason": "timeout"} if retry else {}
        sent = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True}
        await self._link.send_json({**sent, **again})
        with anyio.fail_after(LONGEST_WAIT_S):
            await self._workspace.until(lambda: envelope in self._acks)
        return Ack(status=200, payload=self._acks[envelope])
