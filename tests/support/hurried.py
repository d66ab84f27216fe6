"""A house on a clock that moves only while nothing does, behind a line on which things happen to requests."""

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import httpx
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.graphs.shot import Graph
from agent.ports import Eyes
from agent.studio import Studio
from interfaces.settings import Settings
from interfaces.times import Clock
from interfaces.wiring import Parts, open_house
from interfaces.worker import Worker
from tests.support.house import Eyesight, Set, blank
from tools.sandbox import app
from tools.sandbox.app import Sandbox
from tools.sandbox.clock import REHEARSAL_FACTOR, HandClock, Pace
from tools.sandbox.faultplan import FaultPlan, Rule

LONGEST_S = 3 * 3600.0
"""How long a house works on where a vendor never ends a job."""


class Strike(StrEnum):
    """What can happen to one request on its way."""

    UNREACHED = "unreached"  # it never left
    DROPPED = "dropped"  # it arrived, the answer did not
    BUSY = "429"
    GATEWAY = "502"  # a page of a machine between; the request went no further
    PAGE = "page"  # an error page with status 200; the request went no further
    CUT = "cut"  # half of the answer's body
    GONE = "404"


Fate = Callable[[str], Strike | None]
"""What happens to the next request, which begins with ``METHOD /vendor/``."""


@dataclass(kw_only=True)
class Time:
    """A wall clock that may be wrong, over the vendors' own."""

    vendors: HandClock
    skew_s: float = 0.0

    def now_us(self) -> int:
        """What this machine's wall clock says."""
        return int((self.vendors.now_s() + self.skew_s) * 1e6)

    async def sleep(self, seconds: float) -> None:
        """Waiting passes at once."""
        self.vendors.pass_s(seconds)

    @property
    def clock(self) -> Clock:
        """As a house takes it: durations are never set back."""
        return Clock(now_us=self.now_us, now_s=self.vendors.now_s, sleep=self.sleep)


@dataclass(frozen=True, kw_only=True)
class Struck:
    """The stand-ins behind a bad line."""

    inner: ASGIApp
    fate: Fate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request and what happens to it."""
        strike = self.fate(f"{scope['method']} {scope['path']}") if scope["type"] == "http" else None
        if strike in _INSTEAD:
            await _INSTEAD[strike](scope, receive, send)
            return
        if strike is Strike.UNREACHED:
            raise httpx.ConnectError("nobody answers")
        await self.inner(scope, receive, _SENDS.get(strike, _whole)(send))
        if strike is Strike.DROPPED:
            raise httpx.ReadError("the connection was reset")


class Hurried(Worker):
    """Lets time pass whenever it would only wait, and stops where nothing but waiting is left."""

    time: Time
    until_s: float

    @classmethod
    def on(cls, time: Time) -> Callable[[Studio, Graph], "Hurried"]:
        """Makes the worker of a house on that clock."""

        def hired(studio: Studio, graph: Graph) -> Hurried:
            worker = cls(studio, graph)
            worker.time = time
            worker.until_s = time.vendors.now_s() + LONGEST_S
            return worker

        return hired

    def _until_next_s(self) -> float:
        wait_s = super()._until_next_s()
        if self._due and not (self._busy or self._fresh):
            self.time.vendors.pass_s(wait_s)
            return 0.0
        return wait_s

    def _resting(self) -> bool:
        return super()._resting() or self.time.vendors.now_s() > self.until_s


def stand_ins(folder: Path, *, clock: HandClock, rules: Iterable[Rule] = (), seed: int = 1) -> Sandbox:
    """Stand-ins on that clock, whose clips take as long as directors know them to and show nothing."""
    pace, plan = Pace(factor=REHEARSAL_FACTOR), FaultPlan(tuple(rules))
    return app.build(folder=folder / "sandbox", clock=clock, seed=seed, pace=pace, plan=plan, draw=blank)


@asynccontextmanager
async def a_hurried_set(
    folder: Path,
    *,
    rules: Iterable[Rule] = (),
    fate: Fate = lambda _: None,
    eyes: Eyes | None = None,
    time: Time | None = None,
) -> AsyncGenerator[Set]:
    """A film in that folder, new or as it is there, that rests as soon as nothing is left to do."""
    time = time or Time(vendors=HandClock())
    sandbox = stand_ins(folder, clock=time.vendors, rules=rules)
    struck = Struck(inner=sandbox, fate=fate)
    parts = Parts(sandbox=struck, eyes=eyes or Eyesight(), clock=time.clock, worker=Hurried.on(time))
    try:
        async with open_house(Settings(folder=folder, sandbox_pace=1.0), parts=parts) as house:
            project = await house.project("film", create=True)
            known = await house.studio.store.conversations(project.id)
            talk_id = known[0] if known else await house.studio.store.open_conversation(project.id, door="test")
            yield Set(house=house, sandbox=sandbox, project=project, conversation_id=talk_id)
    finally:
        sandbox.records.close()


def _halved(send: Send) -> Send:
    async def sent(message: Message) -> None:
        body: bytes = message.get("body", b"")
        await send({**message, "body": body[: len(body) // 2]} if body else message)

    return sent


def _lost(_: Send) -> Send:
    async def sent(message: Message) -> None:
        """An answer that nobody gets."""

    return sent


def _whole(send: Send) -> Send:
    return send


_SENDS: Mapping[Strike | None, Callable[[Send], Send]] = {Strike.DROPPED: _lost, Strike.CUT: _halved}

_INSTEAD: Mapping[Strike | None, ASGIApp] = {
    Strike.BUSY: PlainTextResponse("slow down", 429, {"retry-after": "7"}),
    Strike.GATEWAY: PlainTextResponse("<html>bad gateway</html>", 502),
    Strike.PAGE: PlainTextResponse("<html>sign in</html>"),
    Strike.GONE: PlainTextResponse("{}", 404),
}
"""What is answered before a request has arrived."""
