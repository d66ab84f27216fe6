"""Vendors and eyes with a span around each of their calls."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from agent.findings import Looked
from agent.jobs import Body, Checkup, Order, Progress
from agent.ports import Eyes, VideoModel
from agent.profiles import Profile
from agent.screening import Screening
from agent.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedVendor:
    """`agent.ports.VideoModel`, watched."""

    inner: VideoModel
    watch: Watch

    @property
    def vendor(self) -> str:
        """Its name."""
        return self.inner.vendor

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Its variants."""
        return self.inner.profiles

    def compose(self, order: Order) -> Body:
        """The exact request for an order."""
        return self.inner.compose(order)

    async def submit(self, body: Body, *, key: str) -> str:
        """Send it, once."""
        with self.watch.over("vendor", "submit", vendor=self.vendor, job_id=key):
            return await self.inner.submit(body, key=key)

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Where the job stands."""
        with self.watch.over("vendor", "poll", vendor=self.vendor, model=model):
            return await self.inner.poll(vendor_id, model=model)

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip's bytes; the span ends with the last of them."""
        with self.watch.over("vendor", "fetch", vendor=self.vendor):
            async for piece in self.inner.fetch(media):
                yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Call a job back."""
        with self.watch.over("vendor", "cancel", vendor=self.vendor, model=model):
            return await self.inner.cancel(vendor_id, model=model)

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """Look a job up by our key."""
        with self.watch.over("vendor", "find", vendor=self.vendor, model=model, job_id=key):
            return await self.inner.find(key, model=model, sent_us=sent_us)

    async def check(self) -> Checkup:
        """What the vendor tells of the account."""
        with self.watch.over("vendor", "check", vendor=self.vendor):
            return await self.inner.check()

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Whether a callback carries the vendor's signature."""
        return await self.inner.signed(headers, body)

    async def close(self) -> None:
        """Let go of its connections."""
        await self.inner.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedEyes:
    """`agent.ports.Eyes`, watched."""

    inner: Eyes
    watch: Watch

    async def look(self, screening: Screening) -> Looked:
        """Look at a clip."""
        with self.watch.over("look", "inspect", take_id=screening.clip.stem):
            return await self.inner.look(screening)
