"""The sandbox as one ASGI app: every stand-in below its vendor's name, the judge beside them; in process or served."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import httpx
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.types import Message, Receive, Scope, Send

from tools.sandbox import judge, renderer
from tools.sandbox.callbacks import Callbacks
from tools.sandbox.clips import Clips, Draw
from tools.sandbox.clock import Clock, Pace, SystemClock
from tools.sandbox.faultplan import FaultPlan
from tools.sandbox.records import Records
from tools.sandbox.registry import stand_ins
from tools.sandbox.stage import SLOTS, Stage

RECORDS_FILE = "accepted.sqlite3"
CLIPS_FOLDER = "clips"
JUDGE_KEY = "sandbox-judge-key"  # any key opens the judge; fixed, public and not secret
JUDGE_MODEL = judge.MODEL
MARK = (b"x-sandbox", b"1")  # on every answer: no clip from here can pass for a vendor's


class Sandbox:
    """An ASGI app that marks every answer, and the records behind it. Served, it calls back by itself.

    Attributes:
        stage: What the stand-ins share; ``stage.records`` is for tests and benchmarks.
    """

    def __init__(self, stage: Stage, routes: list[BaseRoute]) -> None:
        self.stage = stage
        self._app = Starlette(routes=routes, lifespan=self._alive)

    @property
    def records(self) -> Records:
        """Every accepted job and the truth about it."""
        return self.stage.records

    async def call_back(self) -> int:
        """Send every callback that has become due; how many were delivered. For a sandbox that nobody serves."""
        return await self.stage.callbacks.call()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), MARK]}
            await send(message)

        await self._app(scope, receive, marked)

    @asynccontextmanager
    async def _alive(self, _: Starlette) -> AsyncGenerator[None]:
        async with anyio.create_task_group() as calling:
            calling.start_soon(self.stage.callbacks.keep_calling)
            yield
            calling.cancel_scope.cancel()


def build(
    *,
    folder: Path | None = None,
    clock: Clock | None = None,
    seed: int = 0,
    pace: Pace | None = None,
    plan: FaultPlan | None = None,
    slots: int = SLOTS,
    draw: Draw | None = None,
    outward: httpx.AsyncBaseTransport | None = None,
) -> Sandbox:
    """The sandbox.

    Args:
        folder: Where accepted jobs and clips are kept, so that they outlive the process; ``None`` keeps them in memory.
        seed: All that is drawn hangs on it, on the model, on the words, and on how often they were sent there.
        pace: How long jobs take; by default a second or so.
        slots: Open jobs per model before a vendor says it is busy.
        draw: What turns a scene into an MP4; the sandbox's renderer by default.
        outward: How callbacks travel; ``None`` for the network.
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    clock = clock or SystemClock()
    records = Records(folder / RECORDS_FILE if folder else None)
    stage = Stage(
        records=records,
        clips=Clips(draw or renderer.render, folder=folder / CLIPS_FOLDER if folder else None),
        clock=clock,
        pace=pace or Pace(),
        plan=plan or FaultPlan(),
        callbacks=Callbacks(records, clock, transport=outward),
        seed=seed,
        slots=slots,
    )
    vendors = [Mount(f"/{one.vendor}", routes=one.routes(stage)) for one in stand_ins()]
    return Sandbox(stage, [*vendors, Mount("/judge", app=judge.build(seed=seed))])
