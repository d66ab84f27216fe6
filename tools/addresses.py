"""Addresses of the network that may be reached on somebody else's word: public ones, checked and then connected to."""

import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from ipaddress import ip_address, ip_network

import anyio
import httpx

HTTPS_PORT = 443
Resolve = Callable[[str], Awaitable[Sequence[str]]]

_NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])\Z")
_NEVER = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network (RFC 6890)
            "100.64.0.0/10",  # shared by carriers (RFC 6598); one cloud's metadata lies in it
            "192.0.0.0/24",  # protocol assignments (RFC 6890)
            "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
            "198.18.0.0/15",  # benchmarks (RFC 2544)
            "::/8",  # mapped, compatible and NAT64: each carries an address of IPv4 (RFC 4291, 6052)
            "64:ff9b:1::/48",  # NAT64 inside a network (RFC 8215)
            "2001::/23",  # protocol assignments; Teredo carries two addresses (RFC 2928, 4380)
            "2002::/16",  # 6to4 carries one (RFC 7526)
            "fec0::/10",  # site-local (RFC 3879)
        ),
    )
)
"""Not public, whatever a release of Python thinks of each."""


class PrivateAddressError(httpx.ConnectError):
    """A host lies where nobody outside may lead us; nothing was connected to."""


def is_name(host: str) -> bool:
    """Whether a host is a name in plain letters with a dot in it; no number in any spelling is."""
    return _NAME.match(host) is not None


def is_public(address: str) -> bool:
    """Whether a numeric address is of the public network and carries no other address inside."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    odd = found.is_multicast or found.is_reserved or any(found in network for network in _NEVER)
    return found.is_global and not odd


async def resolved(host: str) -> Sequence[str]:
    """The addresses of a host, as the system finds them."""
    found = await anyio.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


class Checked(httpx.AsyncBaseTransport):
    """Looks a host up once, refuses it unless every address is public, and connects to what was looked at.

    The certificate is still held against the host's name.
    """

    def __init__(self, *, through: httpx.AsyncBaseTransport | None = None, resolve: Resolve = resolved) -> None:
        """``through`` takes the place of the network, ``resolve`` that of the system's own look-up."""
        # No connection is kept: two names at one address would share one whose certificate is of the first alone.
        self._through = through or httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
        self._resolve = resolve

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, to the first of the addresses that answers.

        Raises:
            PrivateAddressError: The host has an address that is not public, or none.
        """
        host = request.url.raw_host.decode("ascii")
        *first, last = await self._public(host)
        for address in first:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return await self._send(request, host=host, address=address)
        return await self._send(request, host=host, address=last)

    async def aclose(self) -> None:
        """Let go of its connections."""
        await self._through.aclose()

    async def _public(self, host: str) -> Sequence[str]:
        try:
            addresses = await self._resolve(host)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"{host} is not known: {error}") from error
        if not addresses or not all(map(is_public, addresses)):
            raise PrivateAddressError(f"{host} is no host of the public network; nothing was connected to")
        return addresses

    async def _send(self, request: httpx.Request, *, host: str, address: str) -> httpx.Response:
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return await self._through.handle_async_request(pinned)
