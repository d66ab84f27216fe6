"""Clips from vendors' links: from where, how much, how slowly."""

from collections.abc import Sequence

import httpx
import pytest

from agent.errors import VendorError
from agent.troubles import Trouble
from tests.wire.line import NOW_US, Answer, Line
from tools.downloads import PIECE_BYTES, Downloads
from tools.http import Http

LINK = "https://media.example/a.mp4?sig=secret"


def downloads(line: Line, *, hosts: Sequence[str] = ("media.example", ".cdn.example"), tick_us: int = 0) -> Downloads:
    clock = iter(range(NOW_US, NOW_US * 2, tick_us)) if tick_us else iter(lambda: NOW_US, 0)
    http = Http(
        vendor="acme", base_url="http://127.0.0.1:8000/v1", secrets={}, transport=line, now_us=lambda: next(clock)
    )
    return Downloads(http, hosts=hosts)


async def fetch(line: Line, link: str = LINK, *, tick_us: int = 0) -> list[bytes]:
    return [piece async for piece in downloads(line, tick_us=tick_us).stream(link, headers={"authorization": "key"})]


async def test_a_clip_comes_in_pieces_of_at_most_64_kib() -> None:
    clip = bytes(range(256)) * 1000
    line = Line(Answer(pieces=(clip,), headers={"content-length": str(len(clip))}))
    pieces = await fetch(line)
    assert b"".join(pieces) == clip
    assert max(map(len, pieces)) == PIECE_BYTES
    assert line.sent[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "link",
    ["https://media.example/a", "https://v1.cdn.example/a", "https://media.example:443/a", "http://127.0.0.1:8000/a"],
)
async def test_listed_hosts_and_the_vendors_own_address_are_fetched(link: str) -> None:
    assert await fetch(Line(Answer(pieces=(b"x",))), link) == [b"x"]


@pytest.mark.parametrize(
    "link",
    [
        "http://media.example/a",
        "https://media.example:8443/a",
        "https://evil.example/a",
        "https://media.example.evil.example/a",
        "https://cdn.example/a",
        "https://evilcdn.example/a",
        "https://media.example@evil.example/a",
        "http://127.0.0.1:9000/a",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "a.mp4",
        "https://[",
        "",
    ],
)
async def test_every_other_link_is_refused_before_a_byte_leaves(link: str) -> None:
    line = Line()
    with pytest.raises(VendorError) as caught:
        await fetch(line, link)
    assert caught.value.trouble is Trouble.PROVIDER_PERMANENT
    assert line.sent == []


async def test_a_redirect_is_followed_to_listed_hosts_without_the_headers() -> None:
    moved = Answer(status=302, headers={"location": "https://v1.cdn.example/b.mp4"})
    line = Line(moved, Answer(pieces=(b"x",)))
    assert await fetch(line) == [b"x"]
    assert line.sent[0].headers["authorization"] == "key"
    assert "authorization" not in line.sent[1].headers
    away = Line(Answer(status=302, headers={"location": "http://169.254.169.254/"}))
    with pytest.raises(VendorError, match="not a listed media host"):
        await fetch(away)
    assert len(away.sent) == 1


async def test_redirects_end() -> None:
    line = Line(*[Answer(status=302, headers={"location": "/again"})] * 9)
    with pytest.raises(VendorError, match="redirects more than 3 times"):
        await fetch(line)
    assert len(line.sent) == 4


@pytest.mark.parametrize(
    ("answer", "trouble", "told"),
    [
        (Answer(status=403, pieces=(b"expired",)), Trouble.NOT_FOUND, "HTTP 403"),
        (Answer(status=404), Trouble.NOT_FOUND, "HTTP 404"),
        (Answer(status=500), Trouble.PROVIDER_TRANSIENT, "HTTP 500"),
        (Answer(pieces=(b"x",), headers={"content-length": "9"}), Trouble.PROVIDER_TRANSIENT, "1 of 9 bytes"),
        (Answer(pieces=(b"x",), headers={"content-encoding": "gzip"}), Trouble.PROVIDER_PERMANENT, "compressed"),
        (Answer(pieces=(b"x",), broken=httpx.ReadError("reset")), Trouble.PROVIDER_TRANSIENT, "did not come through"),
        (httpx.ConnectError("refused"), Trouble.PROVIDER_TRANSIENT, "did not come through"),
    ],
)
async def test_a_clip_that_did_not_arrive_whole_is_an_error(
    answer: Answer | Exception, trouble: Trouble, told: str
) -> None:
    with pytest.raises(VendorError, match=told) as caught:
        await fetch(Line(answer))
    assert caught.value.trouble is trouble
    assert "secret" not in str(caught.value)


async def test_a_dripping_clip_is_given_up_after_half_a_minute() -> None:
    with pytest.raises(VendorError, match="31 s"):
        await fetch(Line(Answer(pieces=[b"x" * PIECE_BYTES, *[b""] * 60, b"x"])), tick_us=31_000_000)


async def test_a_clip_that_takes_a_quarter_of_an_hour_is_given_up() -> None:
    with pytest.raises(VendorError, match="905 s"):
        await fetch(Line(Answer(pieces=[b"x" * PIECE_BYTES] * 900)), tick_us=5_000_000)


async def test_a_slow_but_steady_clip_is_taken() -> None:
    clip = await fetch(Line(Answer(pieces=[b"x" * PIECE_BYTES] * 60)), tick_us=2_000_000)
    assert len(b"".join(clip)) == 60 * PIECE_BYTES


async def test_an_endless_clip_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.downloads.MOST_CLIP_BYTES", 100)
    with pytest.raises(VendorError, match="more than 100 bytes"):
        await fetch(Line(Answer(pieces=[b"x" * 64] * 2)))


async def test_the_sandbox_is_fetched_from_its_own_address_only() -> None:
    with pytest.raises(VendorError, match="not a listed media host"):
        _ = [piece async for piece in downloads(Line(), hosts=()).stream(LINK)]


@pytest.mark.parametrize("there", ["data:video/mp4;base64,AAAA", "https://[", "file:///etc/passwd", "//10.0.0.1/a"])
async def test_a_redirect_to_no_media_host_is_an_error_of_the_vendors(there: str) -> None:
    line = Line(Answer(status=302, headers={"location": there}))
    with pytest.raises(VendorError):
        await fetch(line)
    assert len(line.sent) == 1


async def test_a_listed_host_that_lies_inside_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.http.getproxies", dict)
    http = Http(vendor="acme", base_url="https://acme.example", secrets={}, transport=None, now_us=lambda: NOW_US)
    with pytest.raises(VendorError, match="no host of the public network"):
        [piece async for piece in Downloads(http, hosts=["localhost"]).stream("https://localhost/a.mp4")]
