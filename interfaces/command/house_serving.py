"""``countersteer serve``: the page, the API and the worker in one process."""

import gc
from types import FrameType

import anyio
import anyio.to_thread
import uvicorn

from agent.intents import Scene
from agent.reading import planner
from interfaces import service
from interfaces.api import access as guarding
from interfaces.api.feed import Feed
from interfaces.command import slack_door
from interfaces.command.ports import listening
from interfaces.command.terminal import console, write
from interfaces.settings import Settings
from interfaces.wiring import Parts, open_house

GRACE_S = 3


async def serve(settings: Settings, *, host: str, port: int, parts: Parts | None = None) -> None:
    """Serve until stopped; what is on its way goes on at the next start.

    Raises:
        NoTokenError: Other machines can reach the address, and no token is set.
        PortError: The port is in use or may not be used.
    """
    access = guarding.of(settings, host=host)
    with listening(port, host=host) as opened:
        async with open_house(settings, parts=parts) as house, anyio.create_task_group() as group:
            await house.worker.recover()
            await house.desk.recover()
            group.start_soon(house.worker.run)
            group.start_soon(house.desk.run)
            group.start_soon(anyio.to_thread.run_sync, warm)
            app = service.build(house, settings, access=access)
            slack_door.join(app, house, settings, group)
            settle()
            shown = f"[{host}]" if ":" in host else host
            write(
                console(), f"Countersteer on http://{shown}:{opened.getsockname()[1]}/  Ctrl-C stops; nothing is lost."
            )
            config = uvicorn.Config(
                app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE_S
            )
            await _Server(config, app.state.feed).serve(sockets=[opened])
            group.cancel_scope.cancel()


def warm() -> None:
    """Read the readers' word lists: the first message would hold up everybody else for half a second while it did."""
    planner.understand("a fox crosses the snow, wide, 5 s", scene=Scene())


def settle() -> None:
    """Take what is loaded by now out of the garbage collector's sight: it stays until the end anyway.

    Looking through it again and again was half of what a board of 500 shots took: 430 ms, and 270 ms without.
    """
    gc.collect()
    gc.freeze()


class _Server(uvicorn.Server):
    """Ends the event streams first: an open page would keep the server from stopping for as long as it may."""

    def __init__(self, config: uvicorn.Config, feed: Feed) -> None:
        super().__init__(config)
        self._feed = feed

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Asked to stop."""
        self._feed.close()
        super().handle_exit(sig, frame)
