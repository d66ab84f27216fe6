"""``countersteer mcp``: the films of this machine to an MCP client that started this process, over its pipes."""

from importlib.util import find_spec

import anyio

from agent.errors import CountersteerError
from interfaces.mcp_door.mounting import NOT_INSTALLED
from interfaces.settings import Settings
from interfaces.wiring import open_house


async def serve(settings: Settings) -> None:
    """Serve until the client leaves; what is on its way goes on at the next start, or in a running `serve`.

    Raises:
        CountersteerError: The library that speaks to such clients is not installed.
    """
    if find_spec("mcp") is None:
        raise CountersteerError(NOT_INSTALLED)
    from interfaces.mcp_door.server import build  # noqa: PLC0415 - an extra

    async with open_house(settings) as house, anyio.create_task_group() as group:
        await house.worker.recover()
        await house.desk.recover()
        group.start_soon(house.worker.run)
        group.start_soon(house.desk.run)
        await build(house).run_stdio_async()
        group.cancel_scope.cancel()
