"""A caller that leaves an event stream is no fault of the server's, and is not logged as one."""

import anyio
from starlette.types import ASGIApp, Receive, Scope, Send


class Parting:
    """Lets a stream end quietly whose reader went away in the middle of a message."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        try:
            await self._app(scope, receive, send)
        except ExceptionGroup as group:
            _, other = group.split(anyio.BrokenResourceError)
            if other is not None:
                raise
