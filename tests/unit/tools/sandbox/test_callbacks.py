"""Calling back: what has become due is sent once, in order, tried again as a vendor does, and outlives the process."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import anyio
import httpx
import pytest
import uvicorn

from tests.unit.tools.sandbox.rig import Inbox, draw
from tests.unit.tools.sandbox.test_records import accept, job
from tools.sandbox.app import Sandbox, build
from tools.sandbox.callbacks import AddressError, Callbacks, Change, Message
from tools.sandbox.clock import HandClock
from tools.sandbox.records import Accepted, Records, Standing

ADDRESS = "http://127.0.0.1:9/hook?t=1"


def spoken(change: Change) -> Message | None:
    """A vendor that tells of everything but the start."""
    if change.standing is Standing.QUEUED:
        return None
    told = {"id": change.job.id, "standing": change.standing, "at": change.at_s, "base": change.base}
    return Message(body=json.dumps(told).encode(), headers={"x-vendor": "kling"})


class Post:
    """Callbacks of one vendor over records, an inbox and a clock that stands at the acceptance of `job`."""

    def __init__(
        self, *, again_after_s: tuple[float, ...] = (), file: Path | None = None, now_s: float = 100.0
    ) -> None:
        self.records, self.clock, self.inbox = Records(file), HandClock(now_s), Inbox()
        self.callbacks = Callbacks(self.records, self.clock, transport=self.inbox)
        self.callbacks.teach("kling", spoken, again_after_s=again_after_s)

    def accept(self, job_id: str) -> Accepted:
        """One job, running after 1 s and over after 5 s, that calls back."""
        accepted = accept(self.records, job_id)
        self.callbacks.expect(accepted, ADDRESS, base="http://sandbox/kling")
        return accepted

    async def after(self, seconds: float) -> list[str]:
        """Let time go by, call, and tell what came in."""
        self.clock.pass_s(seconds)
        self.inbox.got.clear()
        await self.callbacks.call()
        return [json.loads(request.content)["standing"] for request in self.inbox.got]


async def test_nothing_is_told_before_something_changed_and_each_change_once() -> None:
    post = Post()
    post.accept("1")
    assert await post.after(0.5) == []
    assert await post.after(1) == ["running"]
    assert await post.after(1) == []
    assert await post.after(5) == ["over"]
    assert await post.after(50) == []
    assert post.records.callbacks() == ()


async def test_what_was_missed_is_told_in_order_as_it_was_at_its_time() -> None:
    post = Post()
    post.accept("1")
    post.clock.pass_s(60)
    assert await post.callbacks.call() == 2
    told = [json.loads(request.content) for request in post.inbox.got]
    assert [(one["standing"], one["at"]) for one in told] == [("running", 101.0), ("over", 105.0)]
    assert told[0]["base"] == "http://sandbox/kling"


async def test_a_callback_is_a_marked_json_post_to_exactly_the_given_address() -> None:
    post = Post()
    post.accept("1")
    await post.after(2)
    (request,) = post.inbox.got
    assert (request.method, str(request.url)) == ("POST", ADDRESS)
    headers = [request.headers[name] for name in ("content-type", "x-vendor", "x-sandbox")]
    assert headers == ["application/json", "kling", "1"]


async def test_a_cancelled_job_tells_of_that_and_of_nothing_after() -> None:
    post = Post()
    post.accept("1")
    post.records.cancel("1", at_s=100.5)
    assert await post.after(60) == ["cancelled"]


async def test_a_deleted_job_tells_nothing() -> None:
    post = Post()
    post.accept("1")
    post.records.delete("1")
    assert await post.after(60) == []
    assert post.records.callbacks() == ()


@pytest.mark.parametrize("status", [500, 404, 302])
async def test_a_failed_delivery_is_dropped_where_the_vendor_does_not_try_again(status: int) -> None:
    post = Post()
    post.accept("1")
    post.inbox.answers = [status]
    assert await post.after(60) == ["running", "over"]
    assert {request.url.host for request in post.inbox.got} == {"127.0.0.1"}
    assert await post.after(60) == []


async def test_a_failed_delivery_is_tried_again_after_the_vendors_waits_and_what_follows_waits_for_it() -> None:
    post = Post(again_after_s=(10.0, 20.0))
    post.accept("1")
    post.inbox.answers = [503, 503]
    assert await post.after(60) == ["running"]
    assert await post.after(9) == []
    assert await post.after(1) == ["running"]
    assert await post.after(19) == []
    assert await post.after(1) == ["running", "over"]


async def test_after_the_last_try_the_next_change_is_told() -> None:
    post = Post(again_after_s=(10.0,))
    post.accept("1")
    post.inbox.answers = [503, 503]
    assert await post.after(60) == ["running"]
    assert await post.after(10) == ["running", "over"]


async def test_a_receiver_that_is_not_there_does_not_stop_the_others() -> None:
    post = Post()
    post.accept("1")
    post.accept("2")

    async def absent(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    alone = Callbacks(post.records, post.clock, transport=httpx.MockTransport(absent))
    alone.teach("kling", spoken)
    post.clock.pass_s(2)
    assert await alone.call() == 0
    assert await post.after(60) == ["over", "over"]


@pytest.mark.parametrize("address", ["ftp://host/x", "/hook", "http://", "file:///etc/passwd", "http://a:b/", ""])
def test_an_address_that_cannot_be_called_is_refused_when_the_order_comes(address: str) -> None:
    post = Post()
    with pytest.raises(AddressError):
        post.callbacks.expect(accept(post.records, "1"), address, base="")
    assert post.records.callbacks() == ()


def test_a_vendor_that_was_not_taught_to_call_cannot_be_expected_to() -> None:
    records = Records()
    with pytest.raises(KeyError):
        Callbacks(records, HandClock()).expect(accept(records, "1"), ADDRESS, base="")


async def test_what_was_not_told_is_told_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "accepted.sqlite3"
    first = Post(file=file)
    first.accept("1")
    assert await first.after(2) == ["running"]
    first.records.close()
    assert await Post(file=file, now_s=160.0).after(0) == ["over"]


def test_a_job_without_any_length_still_ends() -> None:
    at_once = replace(job("1"), held_s=100.0, starts_s=100.0, ends_s=100.0)
    assert at_once.changes() == ((100.0, Standing.RUNNING), (100.0, Standing.OVER))


def test_a_job_that_waits_for_a_slot_is_queued_later() -> None:
    assert replace(job("1"), held_s=100.5).changes()[0] == (100.5, Standing.QUEUED)


class Receiver(BaseHTTPRequestHandler):
    """Takes one delivery and says so."""

    came = threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response_only(200)  # which writes no log
        self.end_headers()
        self.came.set()


@pytest.fixture
def receiver() -> Iterator[str]:
    """A server on a free loopback port that waits for a delivery; its address."""
    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook"
        server.shutdown()
        thread.join()


@pytest.fixture
def served() -> Iterator[Sandbox]:
    """A sandbox behind a real server, with its lifespan."""
    sandbox = build(draw=draw)
    server = uvicorn.Server(uvicorn.Config(sandbox, log_level="critical"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield sandbox
        server.should_exit = True
        thread.join()


async def test_a_served_sandbox_calls_by_itself(served: Sandbox, receiver: str) -> None:
    accepted = accept(served.records, "1")  # long over
    served.stage.callbacks.teach("kling", spoken)
    served.stage.callbacks.expect(accepted, receiver, base="")
    assert await anyio.to_thread.run_sync(Receiver.came.wait, 10)
