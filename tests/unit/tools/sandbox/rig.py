"""A sandbox with a clock moved by hand and a quick stand-in for drawing, and a client of it."""

import io
from pathlib import Path

import httpx
from PIL import Image

from tools.sandbox.app import Sandbox, build
from tools.sandbox.clips import Draw
from tools.sandbox.clock import HandClock
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule
from tools.sandbox.scene import Scene
from tools.sandbox.stage import SLOTS

OVER_S = 2.0  # longer than any job at the default pace


def draw(scene: Scene) -> bytes:
    """Ten thousand bytes that depend on the scene: enough for wires, which never look inside."""
    return f"{scene.seed} {sorted(scene.faults)} ".encode().ljust(10_000, b".")


def png(colour: tuple[int, int, int] = (20, 24, 40), *, size: tuple[int, int] = (320, 320), form: str = "PNG") -> bytes:
    """A small picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, format=form)
    return buffer.getvalue()


class Inbox(httpx.AsyncBaseTransport):
    """Whoever is called back: keeps every delivery and answers the statuses it is given, then 200."""

    def __init__(self) -> None:
        self.got: list[httpx.Request] = []
        self.answers: list[int] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.got.append(request)
        status = self.answers.pop(0) if self.answers else 200
        return httpx.Response(status, headers={"location": "http://elsewhere/"} if status == 302 else {})


class Rig:
    """One sandbox, its clock, and a client that reaches it in process."""

    def __init__(
        self,
        vendor: str,
        *mishaps: Mishap | Rule,
        slots: int = SLOTS,
        seed: int = 0,
        folder: Path | None = None,
        drawn_by: Draw = draw,
    ) -> None:
        rules = [
            one if isinstance(one, Rule) else Rule(mishap=one, vendor=vendor, nth=(number,))
            for number, one in enumerate(mishaps, start=1)
        ]
        self.clock = HandClock()
        self.inbox = Inbox()
        self.sandbox: Sandbox = build(
            folder=folder,
            clock=self.clock,
            seed=seed,
            plan=FaultPlan(rules),
            slots=slots,
            draw=drawn_by,
            outward=self.inbox,
        )
        self.vendor = vendor
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.sandbox), base_url=f"http://sandbox/{vendor}"
        )

    def finish(self) -> None:
        """Let every running job come to its end."""
        self.clock.pass_s(OVER_S)

    @property
    def accepted(self) -> int:
        """How many orders the vendor would bill."""
        return len(self.sandbox.records.accepted(self.vendor))
