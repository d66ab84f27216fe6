"""A vendor's own client and our adapter at the same stand-in, doing the same jobs, overheard."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Self
from urllib.parse import quote

from agent.jobs import Order
from agent.ports import VideoModel
from agent.profiles import Cancel, Material, Profile
from tests.clients.comparing import ABSENT, Gap, gaps
from tests.clients.door import Asked
from tests.clients.driver import Driver, NoSuchCallError
from tests.clients.drivers import speaks
from tests.clients.rig import Rig, still
from tests.support import orders

CALLBACK = "https://director.example/hooks?take=1"
REGISTERED = {"runway": "runway://uploads/first", "seedance": "asset://first"}
JOB = "(job)"
MEDIA = "/media/"  # plain links, which a stand-in signs as it likes and no vendor's client fetches


class Meeting:
    """All that both can ask of one vendor, each thing asked by both."""

    def __init__(self, rig: Rig, client: Driver, adapter: VideoModel) -> None:
        self._rig = rig
        self._client = client
        self._adapter = adapter
        self._profiles = [profile for profile in adapter.profiles if speaks(profile)]

    @classmethod
    @asynccontextmanager
    async def of(cls, rig: Rig, vendor: str, *, settings: Mapping[str, str] | None = None) -> AsyncGenerator[Self]:
        """Both at the vendor's stand-in, under the same settings of ours."""
        adapter = rig.adapter(vendor, settings=settings)
        try:
            yield cls(rig, rig.client(vendor, settings=settings), adapter)
        finally:
            await adapter.close()

    async def gaps(self) -> tuple[Gap, ...]:
        """Every field that differs, over all operations."""
        found = [*await self.gaps_of_submits()]
        profile, order = self._jobs()[0]
        for more in (self._cancels, self._looks_up, self._polls, self._collects):
            found += await more(order, profile)
        return (*found, *await self._both("account", self._client.account, self._adapter.check))

    async def gaps_of_submits(self) -> tuple[Gap, ...]:
        """Every field that differs in an order, over all variants and materials."""
        return tuple([gap for profile, order in self._jobs() for gap in await self._submits(order, profile)])

    def _jobs(self) -> Sequence[tuple[Profile, Order]]:
        jobs = [
            (profile, orders.order(profile, goes_out, still=still()))
            for profile in self._profiles
            for goes_out in profile.offers
        ]
        calling = [(profile, replace(order, callback=CALLBACK)) for profile, order in jobs if profile.calls_back]
        return *jobs, *calling[:1], *self._registered()

    def _registered(self) -> Sequence[tuple[Profile, Order]]:
        """One job from an image that lies at the vendor already, where it has such addresses."""
        vendor = self._adapter.vendor
        if vendor not in REGISTERED:
            return ()
        known = replace(still(), known_as={vendor: REGISTERED[vendor]})
        profile = next(profile for profile in self._profiles if Material.FIRST in profile.offers)
        return ((profile, orders.order(profile, Material.FIRST, still=known)),)

    async def _submits(self, order: Order, profile: Profile) -> tuple[Gap, ...]:
        what = f"submit to {profile.name} from {order.material}"
        return await self._both(
            what,
            lambda: self._client.submit(order, profile),
            lambda: self._adapter.submit(self._adapter.compose(order), key=order.key),
        )

    async def _cancels(self, order: Order, profile: Profile) -> tuple[Gap, ...]:
        if profile.cancel is Cancel.NEVER:
            return ()
        theirs, ours = self._client.submit(order, profile), self._client.submit(order, profile)
        return await self._both(
            "cancel",
            lambda: self._client.cancel(theirs, profile),
            lambda: self._adapter.cancel(ours, model=profile.name),
            jobs=(theirs, ours),
            last=True,
        )

    async def _looks_up(self, order: Order, profile: Profile) -> tuple[Gap, ...]:
        self._client.submit(order, profile)
        return await self._both(
            "look up",
            lambda: self._client.look_up(order, profile),
            lambda: self._adapter.find(order.key, model=profile.name, sent_us=self._rig.now_us()),
        )

    async def _polls(self, order: Order, profile: Profile) -> tuple[Gap, ...]:
        job = self._client.submit(order, profile)
        return await self._both(
            "poll",
            lambda: self._client.clip(job, profile),
            lambda: self._adapter.poll(job, model=profile.name),
            jobs=(job,),
        )

    async def _collects(self, order: Order, profile: Profile) -> tuple[Gap, ...]:
        job = self._client.submit(order, profile)
        self._rig.finish()
        return await self._both(
            "collect", lambda: self._client.clip(job, profile), lambda: self._fetch(job, profile), jobs=(job,)
        )

    async def _fetch(self, job: str, profile: Profile) -> None:
        media = (await self._adapter.poll(job, model=profile.name)).media
        assert media is not None
        assert [piece async for piece in self._adapter.fetch(media)]

    async def _both(
        self,
        what: str,
        client: Callable[[], object],
        ours: Callable[[], Awaitable[object]],
        *,
        jobs: Sequence[str] = (),
        last: bool = False,
    ) -> tuple[Gap, ...]:
        """What differs between the two; ``last`` where our adapter looks before it asks."""
        self._rig.heard()
        try:
            client()
        except NoSuchCallError:
            return ()
        theirs = self._heard(jobs)
        await ours()
        mine = self._heard(jobs)
        if last:
            theirs, mine = theirs[-1:], mine[-1:]
        return _compared(what, theirs, mine)

    def _heard(self, jobs: Sequence[str]) -> list[Asked]:
        traces = [trace for job in jobs for trace in self._client.traces(job)]
        return [_anonymous(asked, traces) for asked in self._rig.heard() if MEDIA not in asked.path]


def _compared(what: str, theirs: Sequence[Asked], mine: Sequence[Asked]) -> tuple[Gap, ...]:
    """Pair by pair; what one of them asks besides stands before its last request."""
    shared = min(len(theirs), len(mine)) - 1
    pairs = [*zip(theirs[:shared], mine[:shared], strict=True), *zip(theirs[-1:], mine[-1:], strict=True)]
    besides = (
        *(Gap(operation=what, field="request", client=_line(one), ours=ABSENT) for one in theirs[shared:-1]),
        *(Gap(operation=what, field="request", client=ABSENT, ours=_line(one)) for one in mine[shared:-1]),
    )
    return (*(gap for pair in pairs for gap in gaps(what, *pair)), *besides)


def _line(asked: Asked) -> str:
    return f'"{asked.method} {asked.path}"'


def _anonymous(asked: Asked, traces: Sequence[str]) -> Asked:
    path, body = asked.path, asked.body
    for trace in traces:
        path, body = path.replace(quote(trace), JOB), body.replace(trace.encode(), JOB.encode())
    return replace(asked, path=path, body=body)
