"""No address leads inside: spellings of inner hosts, asked for directly, through a redirect, and by changing names.

Run as ``python -m benchmarks.ssrf``. The network is faked below the guard: a look-up that answers as a hostile name
server may, and a line that keeps every address that a request was sent to. What counts is a request to any address
that is not the one public host of this small world; the same is run without the guard, to show that the way to
measure sees what it has to.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import anyio
import httpx

from prompts.errors import BadSheetError
from tools import fetching
from tools.addresses import Checked

PUBLIC_HOST, PUBLIC = "images.example.com", "93.184.216.34"
SPELLINGS = Path(__file__).parents[1] / "tests" / "data" / "ssrf" / "hosts.txt"
WAYS = ("direct", "redirect", "rebinding")
LOOKED_UP_AS = "127.0.0.1"  # what a name that is not numeric resolves to inside


@dataclass
class World:
    """What is out there.

    Attributes:
        inner: The spelled host.
        way: How it is come upon.
        reached: Addresses that a request was sent to.
    """

    inner: str
    way: str
    reached: list[str] = field(default_factory=list[str])
    looked_up: Counter[str] = field(default_factory=Counter[str])

    async def resolve(self, host: str) -> Sequence[str]:
        """As the system would spell an inner host out; a name that changes is public at the first look only."""
        self.looked_up[host] += 1
        if host == PUBLIC_HOST:
            changed = self.way == "rebinding" and self.looked_up[host] > 1
            return [spelled_out(self.inner) if changed else PUBLIC]
        return [spelled_out(host)]

    async def answer(self, request: httpx.Request) -> httpx.Response:
        """The public host leads inside, whichever way; anything else is the inside."""
        self.reached.append(request.url.host)
        if request.url.host != PUBLIC:
            return httpx.Response(200, content=b"secret of the inside")
        named = request.headers["host"] == PUBLIC_HOST
        there = f"https://{self.inner}/" if self.way == "redirect" else f"https://{PUBLIC_HOST}/again"
        return httpx.Response(302, headers={b"location": there.encode()}) if named else httpx.Response(404)

    @property
    def inside(self) -> list[str]:
        """Where a request went that should not have gone anywhere."""
        return [address for address in self.reached if address != PUBLIC]


class Unchecked(httpx.AsyncBaseTransport):
    """What a fetcher without the guard does: it looks a host up when it connects, and connects."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wherever the name leads at this moment."""
        (address, *_) = await self._world.resolve(request.url.host)
        url = request.url.copy_with(host=address)
        return await self._world.answer(httpx.Request("GET", url, headers=request.headers))


def spellings() -> tuple[str, ...]:
    """Hosts that are inside, however they are written."""
    lines = SPELLINGS.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("# "))


def spelled_out(host: str) -> str:
    """What the C library makes of a host: it reads octal, hexadecimal and short forms; a name is looked up."""
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        return _numbered(host) or LOOKED_UP_AS


async def run(host: str, way: str, *, guarded: bool = True) -> World:
    """What was reached by one spelling in one way."""
    world = World(inner=host, way=way)
    first = f"https://{host}/image.png" if way == "direct" else f"https://{PUBLIC_HOST}/image.png"
    through: httpx.AsyncBaseTransport = httpx.MockTransport(world.answer)
    try:
        if guarded:
            await fetching.fetch(first, transport=Checked(through=through, resolve=world.resolve))
        else:
            await _naive(first, Unchecked(world))
    except (BadSheetError, httpx.HTTPError, httpx.InvalidURL):
        pass
    return world


async def _naive(address: str, transport: httpx.AsyncBaseTransport) -> None:
    async with httpx.AsyncClient(transport=transport, follow_redirects=True, trust_env=False) as client:
        await client.get(address)


async def measure() -> Mapping[str, Any]:
    """Connections by way, with the guard and without."""
    hosts = spellings()
    guarded, naive = Counter[str](), Counter[str]()
    for way in WAYS:
        for host in hosts:
            guarded[way] += len((await run(host, way)).inside)
            naive[way] += len((await run(host, way, guarded=False)).inside)
    return {
        "spellings": len(hosts),
        "runs": len(hosts) * len(WAYS),
        "connections": guarded.total(),
        "by_way": {way: guarded[way] for way in WAYS},
        "without_guard": {way: naive[way] for way in WAYS},
    }


def main() -> int:
    """Measure and print; fails on any connection, or if the unguarded run shows none."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    found = anyio.run(measure)
    print("way        connections   without the guard")
    for way in WAYS:
        print(f"{way:10} {found['by_way'][way]:11} {found['without_guard'][way]:19}")
    print(json.dumps(found))
    return 1 if found["connections"] or not all(found["without_guard"].values()) else 0


def _numbered(host: str) -> str:
    """inet_aton's reading; empty where it is no number."""
    try:
        parts = [
            int(part, 0) if not part.isdigit() or part == "0" else int(part, 8 if part[0] == "0" else 10)
            for part in host.rstrip(".").split(".")
        ]
        whole = parts[-1] + sum(part << (24 - 8 * at) for at, part in enumerate(parts[:-1]))
        return str(ip_address(whole))
    except ValueError:
        return ""


if __name__ == "__main__":
    raise SystemExit(main())
