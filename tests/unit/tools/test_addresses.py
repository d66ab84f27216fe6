"""Where a request may go on somebody else's word: public hosts, and nowhere that only this machine or network sees."""

from collections.abc import Sequence

import httpx
import pytest

from benchmarks import ssrf
from tools.addresses import Checked, PrivateAddressError, is_name, is_public


class Street(httpx.AsyncBaseTransport):
    """Keeps what is sent; some addresses do not answer."""

    def __init__(self, *closed: str) -> None:
        self.closed = closed
        self.sent: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        if request.url.host in self.closed:
            raise httpx.ConnectError("closed")
        return httpx.Response(200)


async def visit(street: Street, *addresses: str) -> None:
    async def resolve(host: str) -> Sequence[str]:
        return addresses

    async with httpx.AsyncClient(transport=Checked(through=street, resolve=resolve)) as client:
        await client.get("https://cdn.example/a.png")


async def test_no_spelling_of_an_inner_host_is_reached_in_any_way() -> None:
    found = await ssrf.measure()

    assert (found["connections"], found["spellings"] >= 60) == (0, True)
    assert min(found["without_guard"].values()) >= 60  # else the measure would see nothing


@pytest.mark.parametrize(
    "address",
    [
        *(
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.9",
            "192.168.0.1",
        ),
        *("192.88.99.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1"),
        *("::ffff:8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "2001:0:808:808::1", "2002:808:808::1", "fc00::1"),
        *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1", "", "no address"),
    ],
)
def test_an_address_that_is_not_of_the_public_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1"])
def test_an_address_of_the_public_network_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "134744072", "0x8.8", "[2606::1]", "localhost", "a.b.", "-a.b", "a_b.c", "a..b"]
)
def test_a_host_without_a_plain_public_name_is_no_name(host: str) -> None:
    assert not is_name(host)


async def test_the_address_that_was_checked_is_the_one_connected_to_under_the_hosts_own_name() -> None:
    street = Street()
    await visit(street, "93.184.216.34")

    (sent,) = street.sent
    assert (sent.url.host, sent.headers["host"], sent.extensions["sni_hostname"]) == (
        "93.184.216.34",
        "cdn.example",
        "cdn.example",
    )


@pytest.mark.parametrize("addresses", [("93.184.216.34", "10.0.0.1"), ()])
async def test_one_inner_address_among_several_or_none_at_all_refuses_the_host(addresses: tuple[str, ...]) -> None:
    street = Street()
    with pytest.raises(PrivateAddressError, match="nothing was connected to"):
        await visit(street, *addresses)

    assert street.sent == []


async def test_an_address_that_does_not_answer_gives_way_to_the_next() -> None:
    street = Street("2606:2800:220:1::1")
    await visit(street, "2606:2800:220:1::1", "93.184.216.34")

    assert [sent.url.host for sent in street.sent] == ["2606:2800:220:1::1", "93.184.216.34"]
