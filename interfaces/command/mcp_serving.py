"""``countersteer mcp``: the films of this machine to an MCP client that started this process, over its pipes."""

import anyio

from interfaces.mcp_door.server import build
from interfaces.settings import Settings
from interfaces.wiring import Parts, open_house


async def serve(settings: Settings, *, parts: Parts | None = None) -> None:
    """Serve until the client leaves; what is on its way goes on at the next start, or in a running `serve`."""
    async with open_house(settings, parts=parts) as house, anyio.create_task_group() as group:
        await house.worker.recover()
        await house.desk.recover()
        group.start_soon(house.worker.run)
        group.start_soon(house.desk.run)
        await build(house).run_stdio_async()
        group.cancel_scope.cancel()
