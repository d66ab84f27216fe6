"""Where Slack calls: its signature is the key, and a request that was taken in is not taken in again."""

import time
from collections.abc import Awaitable, Callable

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from interfaces import bodies

PATH = "/slack/events"
MOST_BYTES = 1_000_000
OLDEST_S = 300
"""How old a signed request may be; Bolt refuses older ones."""

TAKEN, REFUSED, TOO_LARGE = 200, 401, 413

Called = Callable[[Request], Awaitable[Response]]


class Replays:
    """Signatures that were taken in, for as long as Bolt would take them again."""

    def __init__(self, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._taken: dict[str, float] = {}

    def knows(self, signature: str) -> bool:
        """Whether it was taken in before."""
        oldest = self._now_s() - 2 * OLDEST_S  # Slack's clock may be ahead of ours by as much as it may be behind
        self._taken = {each: at for each, at in self._taken.items() if at >= oldest}
        return signature in self._taken

    def keep(self, signature: str) -> None:
        """It was taken in."""
        self._taken[signature] = self._now_s()


def route(called: Called) -> Route:
    """Where Slack calls."""
    return Route(PATH, called, methods=["POST"])


def called(app: AsyncApp) -> Called:
    """What answers Slack's calls.

    Slack's own second delivery, within the same second, has the same signature and says that it is one; what that holds
    is known by its key. Anybody else who sends a signature again is refused.
    """
    replays = Replays()

    async def answer(request: Request) -> Response:
        body = await bodies.within(request, most_bytes=MOST_BYTES)
        if body is None:
            return Response(status_code=TOO_LARGE)
        signature = request.headers.get("x-slack-signature", "")
        if replays.knows(signature) and "x-slack-retry-num" not in request.headers:
            return Response(status_code=REFUSED)
        answered = to_starlette_response(await app.async_dispatch(to_async_bolt_request(request, body)))
        if answered.status_code == TAKEN:
            replays.keep(signature)
        return answered

    return answer
