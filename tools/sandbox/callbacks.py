"""How stand-ins call back: each change of a job's standing is told once, in order, to the address the order gave.

A stand-in says once how its vendor words a callback (`Callbacks.teach`) and registers each job that came with an
address (`Callbacks.expect`). A job's standing is a function of the clock, so nothing leaves by itself: `Callbacks.call`
sends what has become due; the served sandbox does that once a second. What is still to be told is kept with the records
and outlives the process. Two processes that serve one folder may both tell the same change, as vendors may too.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

import anyio
import httpx
from anyio import to_thread

from tools.sandbox.clock import Clock
from tools.sandbox.records import Accepted, Callback, Records, Standing

TIMEOUT_S = 5.0  # for the whole of one delivery; receivers are asked to answer at once
EVERY_S = 1.0
MARK = {"x-sandbox": "1"}  # a callback from here cannot pass for a vendor's


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a job's standing.

    Attributes:
        at_s: When it changed, Unix seconds; the message shows the job as it was then.
        base: Address that links in the message start with.
    """

    job: Accepted
    standing: Standing
    at_s: float
    base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is posted. JSON unless the headers say otherwise."""

    body: bytes
    headers: Mapping[str, str]


Tell = Callable[[Change], Message | None]
"""How a vendor words a change; ``None`` where it does not tell of it. Asked anew for each try, off the event loop."""


class AddressError(ValueError):
    """A callback address that is none; each stand-in refuses it in its vendor's words."""


class Callbacks:
    """Everything that is still to be told, for all stand-ins of one sandbox."""

    def __init__(self, records: Records, clock: Clock, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Send through ``transport``; ``None`` is the network, past any proxy."""
        self._records = records
        self._clock = clock
        self._transport = transport
        self._vendors: dict[str, tuple[Tell, tuple[float, ...]]] = {}
        self._turn = anyio.Lock()

    def teach(self, vendor: str, tell: Tell, *, again_after_s: tuple[float, ...] = ()) -> None:
        """Say how a vendor calls back, and how long it waits before each further try of a failed delivery."""
        self._vendors[vendor] = (tell, again_after_s)

    def expect(self, job: Accepted, address: str, *, base: str) -> None:
        """Tell the job's coming changes to that address.

        Raises:
            AddressError: It is no http or https address.
            KeyError: The vendor was not taught.
        """
        if job.vendor not in self._vendors:
            raise KeyError(job.vendor)
        check(address)
        self._records.keep_callback(Callback(job_id=job.id, address=address, base=base))

    async def call(self) -> int:
        """Send every callback that is due now; how many were delivered.

        Any answer but a 2xx, a redirect included, is a failed delivery. It is tried again as the vendor documents and
        given up afterwards; later changes of the same job wait for it, so that they arrive in order.
        """
        async with self._turn:
            waiting = await to_thread.run_sync(self._records.callbacks)
            if not waiting:
                return 0
            client = httpx.AsyncClient(
                transport=self._transport, timeout=TIMEOUT_S, follow_redirects=False, trust_env=False
            )
            async with client:
                return sum([await self._follow(callback, client) for callback in waiting])

    async def keep_calling(self) -> None:
        """Call once a second until cancelled."""
        while True:
            await self.call()
            await anyio.sleep(EVERY_S)

    async def _follow(self, callback: Callback, client: httpx.AsyncClient) -> int:
        job = await to_thread.run_sync(self._records.get, callback.job_id)
        if job is None or job.deleted or callback.told >= len(job.changes()):
            await to_thread.run_sync(self._records.drop_callback, callback.job_id)
            return 0
        if job.vendor not in self._vendors:
            return 0
        tell, _ = self._vendors[job.vendor]
        delivered = 0
        while change := self._due(job, callback):
            message = await to_thread.run_sync(tell, change)
            arrived = message is None or await _arrives(message, callback.address, client)
            callback = self._after(callback, job, arrived=arrived)
            await to_thread.run_sync(self._records.keep_callback, callback)
            delivered += arrived and message is not None
        return delivered

    def _due(self, job: Accepted, callback: Callback) -> Change | None:
        ahead = job.changes()[callback.told :]
        now_s = self._clock.now_s()
        if not ahead or max(ahead[0][0], callback.not_before_s) > now_s:
            return None
        at_s, standing = ahead[0]
        return Change(job=job, standing=standing, at_s=at_s, base=callback.base)

    def _after(self, callback: Callback, job: Accepted, *, arrived: bool) -> Callback:
        _, again_after_s = self._vendors[job.vendor]
        if arrived or callback.tries >= len(again_after_s):
            return replace(callback, told=callback.told + 1, tries=0, not_before_s=0.0)
        later_s = self._clock.now_s() + again_after_s[callback.tries]
        return replace(callback, tries=callback.tries + 1, not_before_s=later_s)


def check(address: str) -> None:
    """Let pass an address that can be called.

    Raises:
        AddressError: It is no http or https address with a host.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise AddressError(f"no address: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise AddressError("a callback address starts with http:// or https:// and names a host")


async def _arrives(message: Message, address: str, client: httpx.AsyncClient) -> bool:
    headers = {"content-type": "application/json", **message.headers, **MARK}
    with anyio.move_on_after(TIMEOUT_S):  # httpx bounds each step, and a receiver may answer in many
        with suppress(httpx.RequestError):
            answer = await client.post(address, content=message.body, headers=headers)
            return answer.is_success
    return False
