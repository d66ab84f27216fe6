"""One HTTP policy for every vendor: a submit leaves once, everything is bounded, no key gets into a message."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.request import getproxies

import httpx
from pydantic import BaseModel, ValidationError

from agent.errors import VendorError
from agent.troubles import Trouble
from tools import addresses
from tools.tidying import tidy

TIMEOUT = httpx.Timeout(60.0, connect=10.0)
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PIECE_BYTES = 64 * 1024
MOST_REPLY_BYTES = 4 * 1024 * 1024
LONGEST_REPLY_S = 300.0
LONGEST_RETRY_AFTER_S = 86_400.0

Shape = TypeVar("Shape", bound=BaseModel)

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""What httpx raises only before the first byte of a request has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a vendor answered, whatever its status.

    Attributes:
        retry_after_s: From ``Retry-After`` in either form, 0 to a day.
        headers: All of them, to be read by names in any case.
    """

    status: int
    content: bytes
    retry_after_s: float | None = None
    headers: httpx.Headers = field(default_factory=httpx.Headers)

    @property
    def ok(self) -> bool:
        """Whether the status is a 2xx."""
        return httpx.codes.is_success(self.status)


class Http:
    """One vendor's connection.

    Follows no redirect, retries nothing, asks for no compression, and takes its transport and clock from outside.
    """

    def __init__(
        self,
        *,
        vendor: str,
        base_url: str,
        secrets: Mapping[str, str],
        transport: httpx.AsyncBaseTransport | None,
        now_us: Callable[[], int],
    ) -> None:
        """Remember where the vendor is.

        Args:
            vendor: Its name, for messages.
            base_url: Where requests go.
            secrets: Read at the time of use, so that a renewed token needs no new connection.
            transport: How bytes travel; ``None`` for the network with the proxies of the environment.
            now_us: Wall clock in microseconds.
        """
        self._vendor = vendor
        self.base_url = base_url.rstrip("/")
        self._secrets = secrets
        self.now_us = now_us
        self._client = _client(self.base_url, transport)

    async def submit(self, method: str, path: str, *, content: bytes, headers: Mapping[str, str]) -> Reply:
        """Send a request that may cost money, once.

        Raises:
            VendorError: PROVIDER_TRANSIENT when it never left, UNKNOWN_OUTCOME when it may have arrived.
        """
        try:
            return await self._exchange(method, path, content=content, params=None, headers=headers)
        except _NOT_SENT as error:
            raise self.error(Trouble.PROVIDER_TRANSIENT, f"not reached, nothing was sent: {_named(error)}") from error
        except httpx.RequestError as error:
            raise self.error(Trouble.UNKNOWN_OUTCOME, f"no whole answer to the submit: {_named(error)}") from error
        except _TooMuchError as error:
            raise self.error(Trouble.UNKNOWN_OUTCOME, str(error)) from error

    async def ask(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str],
        most_bytes: int = MOST_REPLY_BYTES,
    ) -> Reply:
        """Send a request that costs nothing and may be repeated by the caller.

        Raises:
            VendorError: PROVIDER_TRANSIENT when no whole answer came back.
        """
        try:
            return await self._exchange(
                method, path, content=content, params=params, headers=headers, most_bytes=most_bytes
            )
        except (httpx.RequestError, _TooMuchError) as error:
            raise self.error(Trouble.PROVIDER_TRANSIENT, f"no whole answer: {_named(error)}") from error

    def read(self, reply: Reply, shape: type[Shape], *, sending: bool = False) -> Shape:
        """A successful reply as a value.

        Raises:
            VendorError: It has another shape; UNKNOWN_OUTCOME when it answers a submit.
        """
        try:
            return shape.model_validate_json(reply.content)
        except ValidationError as error:
            trouble = Trouble.UNKNOWN_OUTCOME if sending else Trouble.PROVIDER_TRANSIENT
            message = f"HTTP {reply.status} with an answer of an unknown shape"
            raise self.error(trouble, message) from error

    def peek(self, reply: Reply, shape: type[Shape]) -> Shape | None:
        """A refusal in the vendor's own words; ``None`` where somebody else answered, such as a gateway."""
        try:
            return shape.model_validate_json(reply.content)
        except ValidationError:
            return None

    def error(self, trouble: Trouble, message: str, *, retry_after_s: float | None = None) -> VendorError:
        """A `VendorError` whose message is short and holds no key and no signed link."""
        return VendorError(
            vendor=self._vendor,
            trouble=trouble,
            message=tidy(message, secrets=self._secrets.values()),
            retry_after_s=retry_after_s,
        )

    def tidy(self, message: str) -> str:
        """A vendor's words, short and without keys or signed links."""
        return tidy(message, secrets=self._secrets.values())

    async def close(self) -> None:
        """Let go of its connections."""
        await self._client.aclose()

    async def _exchange(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        most_bytes: int = MOST_REPLY_BYTES,
    ) -> Reply:
        sent, sent_us = dict(headers), self.now_us()
        if content is not None:
            sent["content-type"] = "application/json"
        async with self.open(method, self.base_url + path, content=content, params=params, headers=sent) as response:
            body = bytearray()
            # Decoded, because a gateway may compress in spite of our asking not to; the cap counts decoded bytes.
            async for piece in response.aiter_bytes(PIECE_BYTES):
                body += piece
                self._check_size(len(body), most_bytes=most_bytes, since_us=sent_us)
            return Reply(
                status=response.status_code,
                content=bytes(body),
                retry_after_s=_retry_after_s(response.headers.get("retry-after"), now_us=self.now_us()),
                headers=response.headers,
            )

    def _check_size(self, received: int, *, most_bytes: int, since_us: int) -> None:
        if received > most_bytes:
            raise _TooMuchError(f"an answer of more than {most_bytes} bytes")
        if self.now_us() - since_us > LONGEST_REPLY_S * 1e6:
            raise _TooMuchError(f"an answer that trickles for more than {LONGEST_REPLY_S:g} s")

    @asynccontextmanager
    async def open(
        self,
        method: str,
        address: str,
        *,
        headers: Mapping[str, str],
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
    ) -> AsyncGenerator[httpx.Response]:
        """An answer whose body has not been read yet, closed on the way out."""
        request = self._client.build_request(
            method, address, content=content, params=params, headers={"accept-encoding": "identity", **headers}
        )
        try:
            response = await self._client.send(request, stream=True)
        except httpx.InvalidURL as error:  # httpx reads where a redirect leads though it is not followed
            raise httpx.RemoteProtocolError("a redirect to no address", request=request) from error
        try:
            yield response
        finally:
            await response.aclose()


def trouble_of(status: int, *, sending: bool, spoke: bool) -> Trouble:
    """What a bad HTTP status means where the vendor's own code says nothing more.

    Args:
        status: Also a 2xx whose body tells of an error.
        sending: Whether it answers a submit.
        spoke: Whether the body is the vendor's own error body, not a gateway's page.
    """
    if status < 300:
        return Trouble.UNKNOWN_OUTCOME if sending else Trouble.PROVIDER_TRANSIENT
    if status >= 500:
        # Of the 5xx only a 503 in the vendor's own words says that the request was turned away.
        turned_away = status == 503 and spoke
        return Trouble.UNKNOWN_OUTCOME if sending and not turned_away else Trouble.PROVIDER_TRANSIENT
    if status == 404 and sending and spoke:
        return Trouble.MODEL_RETIRED
    if status == 408:
        return Trouble.UNKNOWN_OUTCOME if sending else Trouble.PROVIDER_TRANSIENT
    if status < 400:
        return Trouble.PROVIDER_PERMANENT
    return _BY_STATUS.get(status, Trouble.VALIDATION)


_BY_STATUS = {
    401: Trouble.AUTH,
    402: Trouble.PAYMENT,
    403: Trouble.AUTH,
    404: Trouble.NOT_FOUND,
    429: Trouble.RATE_LIMITED,
}


def _client(base_url: str, transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    """To the vendor's own address as it is set, wherever that lies, and to every other host if it is public.

    A proxy of the environment is for the network, not for a stand-in on this machine; what goes through one is looked
    up and connected to by the proxy.
    """
    home = httpx.URL(base_url)
    trust_env = home.host not in LOOPBACK
    if transport is not None or (trust_env and getproxies()):
        return httpx.AsyncClient(transport=transport, timeout=TIMEOUT, follow_redirects=False, trust_env=trust_env)
    return httpx.AsyncClient(
        transport=addresses.Checked(),
        mounts={f"all://{home.netloc.decode('ascii')}": httpx.AsyncHTTPTransport()},
        timeout=TIMEOUT,
        follow_redirects=False,
        trust_env=False,
    )


class _TooMuchError(Exception):
    """An answer grew past its size or time."""


def _named(error: Exception) -> str:
    """The kind of a transport error with its text, which is often empty."""
    return f"{type(error).__name__} {error}".strip()


def _retry_after_s(header: str | None, *, now_us: int) -> float | None:
    if header is None:
        return None
    try:
        wait_s = float(header) if header.isdigit() else _until(header, now_us=now_us)
    except (ValueError, OverflowError):
        return None
    return min(max(wait_s, 0.0), LONGEST_RETRY_AFTER_S)


def _until(date: str, *, now_us: int) -> float:
    then = parsedate_to_datetime(date)
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)
    return (aware - datetime.fromtimestamp(now_us / 1e6, tz=UTC)).total_seconds()
