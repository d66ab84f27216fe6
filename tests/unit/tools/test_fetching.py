"""An image from an address: from where, how much, and what is told when it is not fetched."""

import anyio
import httpx
import pytest

from prompts.errors import BadSheetError
from tests.wire.line import Answer, Line
from tools import fetching
from tools.fetching import fetch

LINK = "https://images.example.com/a.png"


def leads_to(there: str) -> Answer:
    return Answer(status=302, headers={"location": there})


async def test_what_lies_at_an_address_is_fetched_through_redirects() -> None:
    line = Line(leads_to("/b.png"), leads_to("https://cdn.example.com/c.png"), Answer(pieces=(b"pic", b"ture")))

    assert await fetch(LINK, transport=line) == b"picture"
    assert [str(sent.url) for sent in line.sent] == [
        LINK,
        "https://images.example.com/b.png",
        "https://cdn.example.com/c.png",
    ]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://images.example.com/a.png",
            "https://images.example.com:8443/a.png",
            "file:///etc/passwd",
            "",
            "https://[",
        ),
        *("https://me:word@images.example.com/a.png", "https://93.184.216.34/a.png", "https://localhost/a.png"),
        *("data:image/png;base64,AAAA", f"https://images.example.com/{'a' * 3000}"),
    ],
)
async def test_an_address_that_is_not_fetched_is_refused_before_a_byte_leaves(address: str) -> None:
    for line, first in ((Line(), address), (Line(leads_to(address or "https://[")), LINK)):
        before = len(line.sent) if first == address else 1
        with pytest.raises(BadSheetError):
            await fetch(first, transport=line)
        assert len(line.sent) == before


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ([leads_to("/again")] * 5, "more than 3 times"),
        ([Answer(status=404)], "HTTP 404"),
        ([Answer(headers={"content-encoding": "gzip"})], "compressed"),
        ([Answer(pieces=(bytes(30_000_000), bytes(30_000_000)))], "at most 50 MB"),
    ],
)
async def test_an_answer_that_cannot_be_used_says_why(script: list[Answer], told: str) -> None:
    with pytest.raises(BadSheetError, match=told):
        await fetch(LINK, transport=Line(*script))


async def test_an_answer_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LONGEST_S", 0.0)

    class Silent(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await anyio.sleep_forever()
            raise AssertionError

    with pytest.raises(BadSheetError, match="did not come within"):
        await fetch(LINK, transport=Silent())
