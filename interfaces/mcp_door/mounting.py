"""The MCP server at `/mcp` of the service; where its library is not installed, a sentence that says so."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from interfaces.api import errors
from interfaces.api.feed import Feed
from interfaces.wiring import House

if TYPE_CHECKING:
    from mcp.server import MCPServer

PATH = "/mcp"
NOT_INSTALLED = "MCP clients need the library of the extra `mcp`: pip install 'countersteer[mcp]', and start again"


@dataclass(frozen=True, slots=True)
class Mounted:
    """The server's routes, and what runs as long as the app they are in."""

    routes: Sequence[BaseRoute]
    server: "MCPServer | None" = None

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncGenerator[None]:
        """While the app is up."""
        if self.server is None:
            yield
            return
        async with self.server.session_manager.run():
            yield


def mounted(house: House, feed: Feed) -> Mounted:
    """What the service adds to itself.

    Whose hosts and origins are asked for is seen by the guard before all routes, so the library's own list stays off:
    it could not say "any address, with the token".
    """
    if find_spec("mcp") is None:
        return Mounted([Route(PATH, _not_installed, methods=["GET", "POST", "DELETE"])])
    from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415 - an extra

    from interfaces.mcp_door.server import build  # noqa: PLC0415

    server = build(house, left=lambda: feed.closed)
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return Mounted(app.routes, server)


async def _not_installed(_: Request) -> Response:
    return errors.problem(501, NOT_INSTALLED)
