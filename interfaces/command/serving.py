"""``countersteer sandbox``: all stand-ins on a loopback port."""

import uvicorn

from interfaces.command.ports import LOOPBACK, listening
from interfaces.command.terminal import console, write
from interfaces.settings import Settings
from tools.sandbox import app
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan
from tools.sandbox.registry import sandbox_keys

GRACE_S = 3


async def serve(settings: Settings, *, port: int, seed: int) -> None:
    """Serve until stopped; accepted jobs are kept in the data folder.

    Raises:
        PortError: The port is in use or may not be used.
    """
    with listening(port) as opened:
        built = app.build(folder=settings.folder / "sandbox", seed=seed, pace=Pace(), plan=FaultPlan())
        address = f"http://{LOOPBACK}:{opened.getsockname()[1]}"
        write(console(), f"Sandbox on {address}: a model of the vendors, not a measurement of them.")
        write(console(), f"Prefixes: {', '.join(sandbox_keys())}. Keys are printed in docs/sandbox.md. Ctrl-C stops.")
        config = uvicorn.Config(built, log_level="warning", timeout_graceful_shutdown=GRACE_S)
        try:
            await uvicorn.Server(config).serve(sockets=[opened])
        finally:
            built.records.close()
