"""The HTTP policy: what it sends, what a failure means for money, and what never gets into a message."""

import asyncio
import gzip

import httpx
import pytest
from pydantic import BaseModel

from agent.errors import VendorError
from agent.troubles import Trouble
from tests.wire.line import NOW_US, Answer, Line
from tools.http import MOST_REPLY_BYTES, Http, Reply, trouble_of

NEVER_LEFT = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("no route"),
    httpx.PoolTimeout("busy"),
    httpx.ProxyError("tunnel"),
]
MAY_HAVE_ARRIVED = [
    httpx.ReadTimeout("slow"),
    httpx.WriteTimeout("slow"),
    httpx.ReadError("reset"),
    httpx.WriteError("reset"),
    httpx.RemoteProtocolError("dropped"),
]


class Named(BaseModel):
    name: str


def open_http(line: Line, *clock_us: int) -> Http:
    ticks = iter(clock_us)
    return Http(
        vendor="acme",
        base_url="https://acme.example/api/",
        secrets={"api_key": "sesame-1234"},
        transport=line,
        now_us=lambda: next(ticks, NOW_US),
    )


async def submit(line: Line) -> Reply:
    return await open_http(line).submit("POST", "/jobs", content=b'{"a":1}', headers={"authorization": "Bearer x"})


async def test_a_submit_leaves_once_as_given_and_asks_for_no_compression() -> None:
    line = Line(Answer(pieces=(b"{}",)))
    assert (await submit(line)).content == b"{}"
    request = line.sent[0]
    assert str(request.url) == "https://acme.example/api/jobs"
    assert request.content == b'{"a":1}'
    assert request.headers["content-type"] == "application/json"
    assert request.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("broken", NEVER_LEFT, ids=repr)
async def test_a_submit_that_never_left_may_be_sent_again(broken: Exception) -> None:
    line = Line(broken)
    with pytest.raises(VendorError, match="nothing was sent") as caught:
        await submit(line)
    assert caught.value.trouble is Trouble.PROVIDER_TRANSIENT
    assert len(line.sent) == 1


@pytest.mark.parametrize("broken", MAY_HAVE_ARRIVED, ids=repr)
async def test_a_submit_that_may_have_arrived_has_an_unknown_outcome(broken: Exception) -> None:
    for line in (Line(broken), Line(Answer(pieces=(b"{",), broken=broken))):
        with pytest.raises(VendorError) as caught:
            await submit(line)
        assert caught.value.trouble is Trouble.UNKNOWN_OUTCOME
        assert len(line.sent) == 1


async def test_a_redirected_submit_is_not_followed() -> None:
    line = Line(Answer(status=307, headers={"location": "https://elsewhere.example/"}))
    assert (await submit(line)).status == 307
    assert len(line.sent) == 1


async def test_an_endless_answer_is_cut_off() -> None:
    endless = Answer(pieces=[bytes(1024 * 1024)] * (MOST_REPLY_BYTES // (1024 * 1024) + 1))
    with pytest.raises(VendorError, match="more than") as caught:
        await submit(Line(endless))
    assert caught.value.trouble is Trouble.UNKNOWN_OUTCOME
    with pytest.raises(VendorError) as caught:
        await open_http(Line(endless)).ask("GET", "/jobs", headers={})
    assert caught.value.trouble is Trouble.PROVIDER_TRANSIENT


async def test_a_trickling_answer_is_cut_off() -> None:
    with pytest.raises(VendorError, match="trickles"):
        await open_http(Line(Answer(pieces=(b"{", b"}"))), 0, 301_000_000).ask("GET", "/jobs", headers={})


async def test_a_compressed_answer_counts_by_what_it_unpacks_to() -> None:
    bomb = gzip.compress(bytes(MOST_REPLY_BYTES + 1))
    with pytest.raises(VendorError, match="more than"):
        await submit(Line(Answer(pieces=(bomb,), headers={"content-encoding": "gzip"})))
    reply = await submit(Line(Answer(pieces=(gzip.compress(b"{}"),), headers={"content-encoding": "gzip"})))
    assert reply.content == b"{}"


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [
        ("120", 120.0),
        ("Fri, 20 Nov 2026 12:01:00 GMT", 60.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("99999999", 86_400.0),
        ("soon", None),
        ("-5", None),
    ],
)
async def test_retry_after_is_read_in_either_form(header: str, wait_s: float | None) -> None:
    reply = await submit(Line(Answer(status=429, headers={"retry-after": header})))
    assert reply.retry_after_s == wait_s


def test_an_answer_of_another_shape_is_an_error_by_what_it_answers() -> None:
    http = open_http(Line())
    reply = Reply(status=200, content=b'{"other":1}')
    with pytest.raises(VendorError) as caught:
        http.read(reply, Named, sending=True)
    assert caught.value.trouble is Trouble.UNKNOWN_OUTCOME
    with pytest.raises(VendorError) as caught:
        http.read(reply, Named)
    assert caught.value.trouble is Trouble.PROVIDER_TRANSIENT
    assert http.peek(reply, Named) is None
    assert http.read(Reply(status=200, content=b'{"name":"a"}'), Named).name == "a"


@pytest.mark.parametrize(
    ("status", "spoke", "submitted", "asked"),
    [
        (200, True, Trouble.UNKNOWN_OUTCOME, Trouble.PROVIDER_TRANSIENT),
        (307, False, Trouble.PROVIDER_PERMANENT, Trouble.PROVIDER_PERMANENT),
        (401, False, Trouble.AUTH, Trouble.AUTH),
        (402, False, Trouble.PAYMENT, Trouble.PAYMENT),
        (404, True, Trouble.MODEL_RETIRED, Trouble.NOT_FOUND),
        (404, False, Trouble.NOT_FOUND, Trouble.NOT_FOUND),
        (408, True, Trouble.UNKNOWN_OUTCOME, Trouble.PROVIDER_TRANSIENT),
        (422, True, Trouble.VALIDATION, Trouble.VALIDATION),
        (429, False, Trouble.RATE_LIMITED, Trouble.RATE_LIMITED),
        (500, True, Trouble.UNKNOWN_OUTCOME, Trouble.PROVIDER_TRANSIENT),
        (503, True, Trouble.PROVIDER_TRANSIENT, Trouble.PROVIDER_TRANSIENT),
        (503, False, Trouble.UNKNOWN_OUTCOME, Trouble.PROVIDER_TRANSIENT),
    ],
)
def test_each_status_means_one_thing_to_a_submit_and_one_to_a_question(
    status: int, spoke: bool, submitted: Trouble, asked: Trouble
) -> None:
    assert trouble_of(status, sending=True, spoke=spoke) is submitted
    assert trouble_of(status, sending=False, spoke=spoke) is asked


def test_an_error_holds_no_key() -> None:
    error = open_http(Line()).error(Trouble.AUTH, "key sesame-1234 is wrong")
    assert "sesame" not in str(error)
    assert error.message == "key [key] is wrong"


async def test_a_server_on_this_machine_is_reached_past_the_proxy_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
        writer.close()
        await writer.wait_closed()

    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        http = Http(vendor="acme", base_url=address, secrets={}, transport=None, now_us=lambda: NOW_US)
        assert (await http.ask("GET", "/", headers={})).content == b"{}"
