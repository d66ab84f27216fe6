"""``countersteer sandbox``: all stand-ins on a loopback port."""

import uvicorn

from interfaces.command.terminal import console, write
from interfaces.settings import Settings
from tools.sandbox import app
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan
from tools.sandbox.registry import sandbox_keys

GRACE_S = 3


async def serve(settings: Settings, *, port: int, seed: int) -> None:
    """Serve until stopped; accepted jobs are kept in the data folder."""
    built = app.build(folder=settings.folder / "sandbox", seed=seed, pace=Pace(), plan=FaultPlan())
    config = uvicorn.Config(built, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=GRACE_S)
    write(console(), f"Sandbox on http://127.0.0.1:{port}: a model of the vendors, not a measurement of them.")
    write(console(), f"Prefixes: {', '.join(sandbox_keys())}. Keys are printed in docs/sandbox.md.")
    await uvicorn.Server(config).serve()
