"""An image fetched from an address that a person named: public hosts over https alone, bounded in size and time."""

from urllib.parse import urljoin

import anyio
import httpx

from prompts.errors import BadSheetError
from tools import addresses, scanner

MOST_REDIRECTS = 3
LONGEST_S = 60.0
LONGEST_ADDRESS = 2_000
PIECE_BYTES = 64 * 1024
TIMEOUT = httpx.Timeout(15.0)


async def fetch(address: str, *, transport: httpx.AsyncBaseTransport | None = None) -> bytes:
    """What lies at an address; whether it is an image is for the scanner to say.

    Goes past any proxy of the environment: a proxy would look hosts up itself, unchecked.

    Args:
        address: As it was typed.
        transport: In place of the network; `addresses.Checked` stands in front of the network and of nothing else.

    Raises:
        BadSheetError: It is no address that is fetched, leads to no public host, or gives no usable answer.
    """
    client = httpx.AsyncClient(
        transport=transport or addresses.Checked(), timeout=TIMEOUT, follow_redirects=False, trust_env=False
    )
    try:
        async with client:
            with anyio.fail_after(LONGEST_S):
                return await _followed(client, address)
    except TimeoutError as error:
        raise BadSheetError(f"the image did not come within {LONGEST_S:g} s; save it and add the file") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise BadSheetError(f"the image could not be fetched ({error}); save it and add the file") from error


async def _followed(client: httpx.AsyncClient, address: str) -> bytes:
    for _ in range(MOST_REDIRECTS + 1):
        request = client.build_request("GET", _link(address), headers={"accept-encoding": "identity"})
        response = await client.send(request, stream=True)
        try:
            if not response.has_redirect_location:
                return await _body(response)
            address = _joined(address, response.headers["location"])
        finally:
            await response.aclose()
    raise BadSheetError(f"the address leads on more than {MOST_REDIRECTS} times; name the image itself")


def _link(address: str) -> httpx.URL:
    """An address that may be asked for; of its host only the spelling is looked at here."""
    try:
        link = httpx.URL(address) if len(address) <= LONGEST_ADDRESS else None
    except httpx.InvalidURL:
        link = None
    if link is None or link.scheme != "https" or link.port is not None or link.userinfo:
        raise BadSheetError(
            "an image is fetched from https://... without a name, password or port; nothing was fetched"
        )
    if not addresses.is_name(link.raw_host.decode("ascii")):
        raise BadSheetError("an image is fetched from a host with a public name, never a number; nothing was fetched")
    return link


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:  # half a pair of brackets
        raise BadSheetError("the address leads to another that is none; name the image itself") from error


async def _body(response: httpx.Response) -> bytes:
    if not response.is_success:
        raise BadSheetError(f"the address answers HTTP {response.status_code}; save the image and add the file")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise BadSheetError("the image comes compressed although that was not asked for; save it and add the file")
    data = bytearray()
    async for piece in response.aiter_raw(PIECE_BYTES):
        data += piece
        scanner.refuse_size(len(data))
    return bytes(data)
