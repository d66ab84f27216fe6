"""``countersteer sandbox``: all stand-ins on a loopback port."""

import os
import socket

import uvicorn

from agent.errors import CountersteerError
from interfaces.command.terminal import console, write
from interfaces.settings import Settings
from tools.sandbox import app
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan
from tools.sandbox.registry import sandbox_keys

GRACE_S = 3
LOOPBACK = "127.0.0.1"


class PortError(CountersteerError):
    """Nobody can listen on the port."""


async def serve(settings: Settings, *, port: int, seed: int) -> None:
    """Serve until stopped; accepted jobs are kept in the data folder.

    Raises:
        PortError: The port is in use or may not be used.
    """
    with _listening(port) as listening:
        built = app.build(folder=settings.folder / "sandbox", seed=seed, pace=Pace(), plan=FaultPlan())
        address = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        write(console(), f"Sandbox on {address}: a model of the vendors, not a measurement of them.")
        write(console(), f"Prefixes: {', '.join(sandbox_keys())}. Keys are printed in docs/sandbox.md. Ctrl-C stops.")
        config = uvicorn.Config(built, log_level="warning", timeout_graceful_shutdown=GRACE_S)
        try:
            await uvicorn.Server(config).serve(sockets=[listening])
        finally:
            built.records.close()


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        why = os.strerror(error.errno or 0)
        reason = f"port {port} cannot be used ({why}); name another with --port, or 0 for a free one"
        raise PortError(reason) from error
