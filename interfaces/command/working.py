"""``countersteer worker``: does what pages and Slack have stored, beside any number of others; hears vendors."""

import signal
from functools import partial

import anyio
import uvicorn

from agent.errors import CountersteerError
from interfaces import hooks
from interfaces.command.ports import listening
from interfaces.command.terminal import console, write
from interfaces.crew import Crew
from interfaces.lasting import lasting
from interfaces.settings import PREFIX, Settings
from interfaces.wiring import House, Parts, open_house

GRACE_S = 3


async def work(settings: Settings, *, port: int | None, parts: Parts | None = None) -> None:
    """Act on turns, and bring every clip home, until stopped by Ctrl-C or SIGTERM.

    Stopped, it begins nothing more. A request that is on its way to a vendor is brought to a known state first; a
    download is begun again by whoever takes the shot up next.

    Raises:
        OutdatedError: A newer program has changed the tables.
        PortError: The port is in use or may not be used.
        CountersteerError: A port was named, and the settings do not say how vendors reach it.
    """
    addresses = hooks.addresses(settings)
    if port is not None and addresses is None:
        raise CountersteerError(f"vendors cannot call a port they do not know: set {PREFIX}HOOKS_URL as well")
    parts = parts or Parts()
    async with open_house(settings.model_copy(update={"workers_elsewhere": True}), parts=parts) as house:
        crew = Crew(house, for_s=parts.lease_s)
        async with anyio.create_task_group() as group:
            group.start_soon(_until_stopped, group.cancel_scope)
            if port is not None and addresses is not None:
                group.start_soon(partial(_listen, house, addresses, port=port))
            write(console(), "Working. Ctrl-C or SIGTERM stops; everything goes on at the next start, or elsewhere.")
            await lasting(crew.run, tell=lambda sentence: write(console(), sentence), sleep=parts.clock.sleep)
    write(console(), "Stopped. Nothing is lost: other workers go on with it, or the next start does.")


async def _until_stopped(scope: anyio.CancelScope) -> None:
    with anyio.open_signal_receiver(signal.SIGTERM) as signals:
        async for _ in signals:
            scope.cancel()


async def _listen(house: House, addresses: hooks.Addresses, *, port: int) -> None:
    with listening(port) as opened:
        write(console(), f"Vendors' calls are heard on port {opened.getsockname()[1]} of this machine.")
        app = hooks.listen(house.studio, addresses, look_now=house.worker.look_now)
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=GRACE_S)
        await uvicorn.Server(config).serve(sockets=[opened])
