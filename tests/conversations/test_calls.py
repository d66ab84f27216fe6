"""A vendor calls when a clip is done: the shot goes on at once, and a call that is not the vendor's changes nothing."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
import httpx
import pytest
from pydantic import SecretStr

from agent.film import ShotStatus, Wishes
from agent.intents import Draft
from agent.jobs import Job
from agent.profiles import Material
from interfaces import hooks
from interfaces.hooks import MOST_BYTES, Addresses
from interfaces.settings import Settings
from tests.support.house import Set, Shooting, a_set, blank
from tools.sandbox import app
from tools.sandbox.clock import Pace
from tools.video import registry

CALLING = Settings(
    sandbox_pace=1.0,  # the first look at a job is most of a minute away
    hooks_url="http://film.example",
    hooks_secret=SecretStr("a secret of thirty-two signs or more"),
)
CALLERS = sorted({profile.vendor for each in registry.vendors() for profile in each.profiles if profile.calls_back})

each_caller = pytest.mark.parametrize("vendor", CALLERS)


class Late(httpx.AsyncBaseTransport):
    """A way to an app that is built later."""

    inner: httpx.AsyncBaseTransport | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert self.inner is not None
        return await self.inner.handle_async_request(request)


@dataclass(kw_only=True)
class Line:
    """A shot that waits for its clip, and the way by which its vendor calls."""

    film: Set
    http: httpx.AsyncClient
    job: Job
    addresses: Addresses
    vendor: str

    async def call(self, *, job_id: str | None = None, vendor: str | None = None, body: bytes = b"{}") -> int:
        """Call as somebody who knows a token; what is answered."""
        address = self.addresses.of(vendor or self.vendor, job_id or self.job.id)
        return (await self.http.post(address, content=body)).status_code

    async def goes_on(self) -> ShotStatus:
        """Where the shot stands after half a minute's work at most, far before the first look is due."""
        with anyio.move_on_after(20):
            async with anyio.create_task_group() as group:
                group.start_soon(self.film.house.worker.run)
                while (await self.film.shot()).status is ShotStatus.RENDERING:  # noqa: ASYNC110 - a row has no event
                    await anyio.sleep(0.05)
                group.cancel_scope.cancel()
        return (await self.film.shot()).status


@asynccontextmanager
async def waiting(folder: Path, vendor: str) -> AsyncGenerator[Line]:
    late = Late()
    sandbox = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.001), draw=blank, outward=late)
    plain = next(p for p in registry.vendor(vendor).profiles if p.calls_back and Material.WORDS in p.offers)
    fox = Draft(action="a fox runs over wet roofs", wishes=Wishes(models=(plain.name,)))
    async with a_set(folder, sandbox=sandbox, settings=CALLING, planner=Shooting((fox,))) as film:
        addresses = hooks.addresses(CALLING)
        assert addresses is not None
        late.inner = httpx.ASGITransport(
            app=hooks.listen(film.house.studio, addresses, look_now=film.house.worker.look_now)
        )
        await film.say("go", rest=False)
        await accepted(film)
        (job,) = await film.house.studio.store.jobs(shot_id=(await film.shot()).id)
        async with httpx.AsyncClient(transport=late) as http:
            yield Line(film=film, http=http, job=job, addresses=addresses, vendor=vendor)


async def accepted(film: Set) -> None:
    """Work until the shot waits for its clip."""
    async with anyio.create_task_group() as group:
        group.start_soon(film.house.worker.run)
        with anyio.fail_after(20):
            while film.house.worker.pulse.waiting == 0:  # noqa: ASYNC110 - a row has no event
                await anyio.sleep(0.02)
        group.cancel_scope.cancel()


@each_caller
async def test_the_vendors_own_call_brings_the_clip_home_before_its_time(tmp_path: Path, vendor: str) -> None:
    async with waiting(tmp_path, vendor) as line:
        assert await line.film.sandbox.call_back() > 0
        assert await line.goes_on() is ShotStatus.DELIVERED


async def test_a_call_without_our_token_or_about_another_job_is_answered_alike_and_changes_nothing(
    tmp_path: Path,
) -> None:
    async with waiting(tmp_path, "seedance") as line:
        forged = await line.http.post(f"http://film.example/hooks/seedance/{line.job.id}?token={'0' * 64}")
        assert forged.status_code == 404
        assert await line.call(job_id="job-of-nobody") == 404
        assert await line.call(vendor="kling") == 404
        assert line.film.house.worker.pulse.waiting == 1


async def test_a_call_that_is_too_long_is_not_read_to_its_end(tmp_path: Path) -> None:
    async with waiting(tmp_path, "seedance") as line:
        assert await line.call(body=b"x" * (MOST_BYTES + 1)) == 413
        assert line.film.house.worker.pulse.waiting == 1


async def test_what_a_call_says_is_not_believed_and_a_second_one_makes_no_second_take(tmp_path: Path) -> None:
    async with waiting(tmp_path, "seedance") as line:
        assert await line.call(body=b'{"status": "failed", "error": {"code": "x", "message": "y"}}') == 204
        assert await line.goes_on() is ShotStatus.DELIVERED
        assert await line.call() == 204
        assert await line.goes_on() is ShotStatus.DELIVERED
        assert len(await line.film.takes()) == 1
        assert len(line.film.sandbox.records.accepted()) == 1


async def test_unsigned_where_the_vendor_signs_is_turned_away(tmp_path: Path) -> None:
    async with waiting(tmp_path, "fal") as line:
        assert await line.call() == 401
        assert line.film.house.worker.pulse.waiting == 1
