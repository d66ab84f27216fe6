"""Clips fetched from vendors' links: from listed hosts only, in small pieces, bounded in size and time."""

from collections.abc import AsyncIterator, Collection, Mapping
from urllib.parse import urljoin

import httpx

from agent.troubles import Trouble
from tools.http import Http

PIECE_BYTES = 64 * 1024
MOST_CLIP_BYTES = 1024 * 1024 * 1024
LONGEST_CLIP_S = 900.0
SLOWEST_BYTES_PER_S = 8 * 1024
PATIENCE_S = 30.0
"""How long a clip may trickle before `SLOWEST_BYTES_PER_S` applies."""

MOST_REDIRECTS = 3


class Downloads:
    """The way from a media link to its bytes."""

    def __init__(self, http: Http, *, hosts: Collection[str] = ()) -> None:
        """Allow links of the vendor's own address, and https links to ``hosts``.

        Args:
            http: The vendor's connection.
            hosts: Exact names, or ``".example.com"`` for every name below it.
        """
        self._http = http
        self._hosts = tuple(hosts)

    async def stream(self, link: str, *, headers: Mapping[str, str] | None = None) -> AsyncIterator[bytes]:
        """The bytes behind a media link in pieces of at most 64 KiB.

        Args:
            link: As the vendor gave it; refused unless its host is listed.
            headers: Sent to the first address only, never along a redirect.

        Raises:
            VendorError: The host is not listed, the link is refused, or the bytes are cut, compressed, too many or
                too slow.
        """
        for _ in range(MOST_REDIRECTS + 1):
            self._check_link(link)
            try:
                async with self._http.open("GET", link, headers=headers or {}) as response:
                    if not response.has_redirect_location:
                        async for piece in self._pieces(response):
                            yield piece
                        return
                    link, headers = self._joined(link, response.headers["location"]), None
            except httpx.RequestError as error:
                message = f"the clip did not come through: {type(error).__name__} {error}"
                raise self._http.error(Trouble.PROVIDER_TRANSIENT, message) from error
        message = f"the clip's link redirects more than {MOST_REDIRECTS} times"
        raise self._http.error(Trouble.PROVIDER_PERMANENT, message)

    def _joined(self, link: str, location: str) -> str:
        try:
            return urljoin(link, location)
        except ValueError as error:  # half a pair of brackets
            raise self._http.error(Trouble.PROVIDER_PERMANENT, "the clip's link redirects to no address") from error

    def _check_link(self, link: str) -> None:
        try:
            there, home = httpx.URL(link), httpx.URL(self._http.base_url)
        except httpx.InvalidURL as error:
            raise self._http.error(Trouble.PROVIDER_PERMANENT, "the clip's link is no address") from error
        if (there.scheme, there.host, there.port) == (home.scheme, home.host, home.port):
            return
        if there.scheme != "https" or there.port is not None or not self._lists(there.host):
            message = f"the clip's link points to {there.host or 'nowhere'}, which is not a listed media host"
            raise self._http.error(Trouble.PROVIDER_PERMANENT, message)

    def _lists(self, host: str) -> bool:
        return any(host == listed or (listed.startswith(".") and host.endswith(listed)) for listed in self._hosts)

    async def _pieces(self, response: httpx.Response) -> AsyncIterator[bytes]:
        self._check_answer(response)
        declared, received, started_us = response.headers.get("content-length"), 0, self._http.now_us()
        async for piece in response.aiter_raw(PIECE_BYTES):
            received += len(piece)
            self._check_pace(received, elapsed_s=(self._http.now_us() - started_us) / 1e6)
            yield piece
        if declared is not None and declared != str(received):
            message = f"the clip was cut off after {received} of {declared} bytes"
            raise self._http.error(Trouble.PROVIDER_TRANSIENT, message)

    def _check_answer(self, response: httpx.Response) -> None:
        if not response.is_success:
            # A 4xx is how an expired or foreign link answers; the caller polls for a fresh one.
            trouble = Trouble.NOT_FOUND if response.is_client_error else Trouble.PROVIDER_TRANSIENT
            raise self._http.error(trouble, f"the clip's link answers HTTP {response.status_code}")
        if response.headers.get("content-encoding", "identity") != "identity":
            message = "the clip comes compressed although that was not asked for"
            raise self._http.error(Trouble.PROVIDER_PERMANENT, message)

    def _check_pace(self, received: int, *, elapsed_s: float) -> None:
        if received > MOST_CLIP_BYTES:
            raise self._http.error(Trouble.PROVIDER_PERMANENT, f"the clip has more than {MOST_CLIP_BYTES} bytes")
        crawls = elapsed_s > PATIENCE_S and received < elapsed_s * SLOWEST_BYTES_PER_S
        if crawls or elapsed_s > LONGEST_CLIP_S:
            message = f"the clip trickles ({received} bytes in {elapsed_s:.0f} s)"
            raise self._http.error(Trouble.PROVIDER_TRANSIENT, message)
