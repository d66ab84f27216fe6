"""``countersteer worker``: takes shots on without a conversation, and listens for the vendors' calls."""

from functools import partial

import anyio
import uvicorn

from agent.errors import CountersteerError
from interfaces import hooks
from interfaces.command.ports import listening
from interfaces.command.terminal import console, write
from interfaces.settings import PREFIX, Settings
from interfaces.wiring import House, open_house

GRACE_S = 3


async def work(settings: Settings, *, port: int | None) -> None:
    """Bring every clip home until stopped.

    Raises:
        PortError: The port is in use or may not be used.
        CountersteerError: A port was named, and the settings do not say how vendors reach it.
    """
    addresses = hooks.addresses(settings)
    if port is not None and addresses is None:
        raise CountersteerError(f"vendors cannot call a port they do not know: set {PREFIX}HOOKS_URL as well")
    async with open_house(settings) as house, anyio.create_task_group() as group:
        await house.worker.recover()
        group.start_soon(house.worker.run)
        write(console(), "Working. Ctrl-C stops; everything goes on at the next start.")
        if port is not None and addresses is not None:
            group.start_soon(partial(_listen, house, addresses, port=port))


async def _listen(house: House, addresses: hooks.Addresses, *, port: int) -> None:
    with listening(port) as opened:
        write(console(), f"Vendors' calls are heard on port {opened.getsockname()[1]} of this machine.")
        app = hooks.listen(house.studio, addresses, look_now=house.worker.look_now)
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE_S)
        await uvicorn.Server(config).serve(sockets=[opened])
