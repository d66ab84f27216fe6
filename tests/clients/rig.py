"""A fresh sandbox behind the door, with vendors' own clients and our adapters on its loopback address."""

from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from io import BytesIO
from types import TracebackType
from typing import Self

import httpx
from PIL import Image

from agent.jobs import Account, Still
from agent.ports import VideoModel
from tests.clients.door import Asked, Door
from tests.clients.driver import Driver
from tests.clients.drivers import DRIVERS
from tools.sandbox import app
from tools.sandbox.clock import HandClock, Pace
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule
from tools.sandbox.records import Standing
from tools.sandbox.registry import sandbox_keys
from tools.video import registry

CLIP = bytes(range(256)) * 40
JOB_S = 100.0  # how long every job takes; it waits for the first fifth of that
SLOTS = 100  # open jobs per model: a comparison leaves many behind


@cache
def still() -> Still:
    """A picture that every vendor's limits let through."""
    picture = BytesIO()
    Image.new("RGB", (1280, 720), (20, 90, 120)).save(picture, "PNG")
    return Still(label="1", data=picture.getvalue(), media_type="image/png")


class Rig:
    """Everything one test needs to compare a vendor's own client with our adapter."""

    def __init__(self, door: Door, *mishaps: Mishap) -> None:
        self.clock = HandClock()
        self._door = door
        self._sandbox = app.build(
            clock=self.clock,
            pace=Pace(shortest_s=JOB_S, longest_s=JOB_S),
            plan=FaultPlan([Rule(mishap=mishap) for mishap in mishaps]),
            draw=lambda _: CLIP,
            slots=SLOTS,
        )
        self._closing = ExitStack()
        door.open_to(self._sandbox)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()
        self._sandbox.records.close()

    def client(
        self, vendor: str, *, keys: Mapping[str, str] | None = None, settings: Mapping[str, str] | None = None
    ) -> Driver:
        """The vendor's own client, with the keys that the stand-in knows or with others."""
        driver = DRIVERS[vendor](self.address(vendor), keys or sandbox_keys()[vendor], settings or {})
        self._closing.callback(driver.close)
        return driver

    def adapter(self, vendor: str, *, settings: Mapping[str, str] | None = None) -> VideoModel:
        """Our adapter; the caller closes it."""

        async def sleep(seconds: float) -> None:
            self.clock.pass_s(seconds)

        account = Account(
            base_url=self.address(vendor),
            secrets=sandbox_keys()[vendor],
            ids={},
            options={"project": "sandbox", **(settings or {})},
            sandbox=True,
        )
        return registry.vendor(vendor).make(account, transport=None, now_us=self.now_us, sleep=sleep)

    def now_us(self) -> int:
        """The time on the sandbox's clock, in microseconds."""
        return int(self.clock.now_s() * 1e6)

    def called_back(self, vendor: str) -> int:
        """How many jobs of a vendor nobody waits for any more."""
        jobs, now_s = self._sandbox.records.accepted(vendor), self.clock.now_s()
        return sum(job.standing(now_s) is Standing.CANCELLED for job in jobs)

    def heard(self) -> list[Asked]:
        """What was asked of the sandbox since the last time."""
        return self._door.take()

    def finish(self) -> None:
        """Let every job come to its end."""
        self.clock.pass_s(2 * JOB_S)

    def address(self, vendor: str) -> str:
        """Where a vendor's stand-in is, with the path that the vendor's own address ends in."""
        path = httpx.URL(registry.vendor(vendor).default_base_url.replace("{", "").replace("}", "")).path
        return f"{self._door.address}/{vendor}{path.rstrip('/')}"
