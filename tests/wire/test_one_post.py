"""Counted on real sockets: one submit is one connection and one POST, whatever the other side does with it.

Transports that a test scripts cannot notice a library below us that repeats; a server that counts can.
"""

import asyncio
import socket
import struct
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from enum import StrEnum

import httpx
import pytest
from runwayml import DefaultHttpxClient, InternalServerError, RunwayML

from agent.errors import VendorError
from agent.jobs import Account
from agent.ports import VideoModel
from agent.profiles import Profile
from agent.troubles import Trouble
from tests.clients.door import LOOPBACK, Door, opened
from tests.clients.rig import still
from tests.support import orders
from tests.wire.line import NOW_US
from tools.sandbox import app
from tools.sandbox.clock import HandClock
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule
from tools.sandbox.registry import sandbox_keys
from tools.video import registry

READ_S = 0.05  # the wait of the one test that has to sit out a read time-out

WIRES = {(profile.vendor, profile.dialect.channel): profile for profile in orders.VARIANTS}
"""One variant for every way in which a vendor takes negatives: there its paths and bodies differ."""

each_wire = pytest.mark.parametrize("profile", WIRES.values(), ids=lambda profile: profile.name)


class Habit(StrEnum):
    """What a server does with everybody who connects."""

    UNAVAILABLE = "answers 503 as a gateway does"
    SILENT = "reads the request and never answers"
    HANGS_UP = "reads the request and closes"
    RESETS = "reads the request and resets"
    RESETS_UNREAD = "resets before it reads anything"


@dataclass(kw_only=True)
class Count:
    """What arrived at a server."""

    address: str
    connections: int = 0
    posts: int = 0


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with opened() as door:
        yield door


class Impatient(httpx.AsyncHTTPTransport):
    """The network as our adapters use it, but for the time it waits for an answer."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["timeout"] = {**request.extensions["timeout"], "read": READ_S}
        return await super().handle_async_request(request)


@each_wire
@pytest.mark.parametrize("habit", [habit for habit in Habit if habit is not Habit.SILENT])
async def test_a_submit_that_went_wrong_was_one_post_and_may_have_been_accepted(profile: Profile, habit: Habit) -> None:
    async with counting(habit) as count:
        assert await trouble(profile, count.address) is Trouble.UNKNOWN_OUTCOME
    assert (count.connections, count.posts) == (1, 0 if habit is Habit.RESETS_UNREAD else 1)


@each_wire
async def test_a_submit_that_is_never_answered_is_one_post_and_may_have_been_accepted(profile: Profile) -> None:
    async with counting(Habit.SILENT) as count:
        assert await trouble(profile, count.address, transport=Impatient()) is Trouble.UNKNOWN_OUTCOME
    assert (count.connections, count.posts) == (1, 1)


def test_every_vendor_is_counted() -> None:
    assert {vendor for vendor, _ in WIRES} == {vendor.name for vendor in registry.vendors()}


@each_wire
async def test_a_submit_that_nobody_listens_to_was_certainly_not_sent(profile: Profile) -> None:
    with socket.create_server((LOOPBACK, 0)) as closed:
        address = f"http://{LOOPBACK}:{closed.getsockname()[1]}"
    assert await trouble(profile, address) is Trouble.PROVIDER_TRANSIENT


@each_wire
async def test_a_submit_turned_away_in_the_vendors_own_words_is_one_post(profile: Profile, door: Door) -> None:
    # Ark documents no answer that says "unavailable, and not accepted".
    turned_away = Trouble.UNKNOWN_OUTCOME if profile.vendor == "seedance" else Trouble.PROVIDER_TRANSIENT
    assert await at_stand_in(profile, door, Mishap.UNAVAILABLE) == (turned_away, 0)
    assert posts(door) == 1


@each_wire
async def test_a_submit_whose_answer_is_lost_bought_one_clip_by_one_post(profile: Profile, door: Door) -> None:
    assert await at_stand_in(profile, door, Mishap.LOSE_RESPONSE) == (Trouble.UNKNOWN_OUTCOME, 1)
    assert posts(door) == 1


async def test_a_library_that_repeats_is_seen_by_the_same_count() -> None:
    def order(address: str) -> None:
        direct = DefaultHttpxClient(trust_env=False)
        with (
            RunwayML(base_url=address, api_key="any", http_client=direct) as client,
            pytest.raises(InternalServerError),
        ):
            client.text_to_video.create(model="gen4.5", prompt_text="a fox", ratio="1280:720", duration=5)

    async with counting(Habit.UNAVAILABLE) as count:
        await asyncio.to_thread(order, count.address)
    assert count.posts == 3  # its default is two repeats [S]


async def trouble(profile: Profile, address: str, *, transport: httpx.AsyncBaseTransport | None = None) -> Trouble:
    """What our adapter makes of a submit to that address."""
    adapter = connect(profile, address, transport=transport)
    order = orders.order(profile, next(iter(profile.offers)), still=still())
    try:
        with pytest.raises(VendorError) as caught:
            await adapter.submit(adapter.compose(order), key=order.key)
    finally:
        await adapter.close()
    return caught.value.trouble


async def at_stand_in(profile: Profile, door: Door, mishap: Mishap) -> tuple[Trouble, int]:
    """What our adapter makes of a submit to the stand-in, and how many jobs were accepted."""
    sandbox = app.build(clock=HandClock(), plan=FaultPlan([Rule(mishap=mishap)]))
    door.open_to(sandbox)
    try:
        return await trouble(profile, f"{door.address}/{profile.vendor}"), len(sandbox.records.accepted(profile.vendor))
    finally:
        sandbox.records.close()


def posts(door: Door) -> int:
    """How many orders came in by the door."""
    return sum(asked.method == "POST" for asked in door.take())


def connect(profile: Profile, address: str, *, transport: httpx.AsyncBaseTransport | None) -> VideoModel:
    """Our adapter at that address, by the same way as in earnest unless a transport is given."""

    async def sleep(_: float) -> None:
        return None

    secrets = sandbox_keys()[profile.vendor]
    account = Account(base_url=address, secrets=secrets, ids={}, options={"project": "sandbox"}, sandbox=True)
    return registry.vendor(profile.vendor).make(account, transport=transport, now_us=lambda: NOW_US, sleep=sleep)


@asynccontextmanager
async def counting(habit: Habit) -> AsyncGenerator[Count]:
    """A server of that habit on a free port of this machine."""
    count, serving = Count(address=""), set[asyncio.Task[None]]()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.create_task(_serve(habit, count, reader, writer)))

    async with await asyncio.start_server(connected, LOOPBACK, 0) as server:
        count.address = f"http://{LOOPBACK}:{server.sockets[0].getsockname()[1]}"
        yield count
        await asyncio.gather(*serving)


async def _serve(habit: Habit, count: Count, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with closing(writer):
        count.connections += 1
        if habit is not Habit.RESETS_UNREAD:
            await _read(reader, count)
        match habit:
            case Habit.UNAVAILABLE:
                writer.write(b"HTTP/1.1 503 -\r\nconnection: close\r\nretry-after-ms: 1\r\ncontent-length: 0\r\n\r\n")
            case Habit.SILENT:
                await reader.read()  # until the other side gives up
            case Habit.HANGS_UP:
                pass
            case Habit.RESETS | Habit.RESETS_UNREAD:
                # Lingering for no time makes the close a reset.
                linger = struct.pack("ii", 1, 0)
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


async def _read(reader: asyncio.StreamReader, count: Count) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    _, _, length = head.partition(b"content-length:")
    await reader.readexactly(int(length.split(b"\r\n")[0]))
    count.posts += head.startswith(b"post ")
