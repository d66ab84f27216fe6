"""Where vendors call when a job moves on: the call is checked, nothing in it is believed, the job is polled at once.

Every address holds a token that only this installation can make. A vendor that signs must sign as well. What the body
says is not read: the poll that follows asks the vendor itself, so a forged call can at most cost one poll.
"""

import hashlib
import hmac
from collections.abc import Callable
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent.errors import NotFoundError, VendorError
from agent.jobs import Job
from agent.studio import Studio
from interfaces import bodies
from interfaces.settings import Settings

MOST_BYTES = 1024 * 1024  # a callback tells of one job; vendors' task objects stay far below
PATH = "/hooks"


class Addresses:
    """The addresses that go out with orders, one per job."""

    def __init__(self, *, public_url: str, secret: str) -> None:
        """Begin addresses with ``public_url``; whoever knows ``secret`` can make them."""
        self._public_url = public_url.rstrip("/")
        self._secret = secret.encode()

    def of(self, vendor: str, job_id: str) -> str:
        """Where this vendor may call about this job."""
        query = urlencode({"token": self.token(vendor, job_id)})
        return f"{self._public_url}{PATH}/{quote(vendor, safe='')}/{quote(job_id, safe='')}?{query}"

    def token(self, vendor: str, job_id: str) -> str:
        """What proves that the address is ours."""
        return hmac.new(self._secret, f"{vendor} {job_id}".encode(), hashlib.sha256).hexdigest()


def addresses(settings: Settings) -> Addresses | None:
    """The addresses of this installation; ``None`` where no public one is set."""
    if settings.hooks_url is None or settings.hooks_secret is None:
        return None
    return Addresses(public_url=settings.hooks_url, secret=settings.hooks_secret.get_secret_value())


def callback(settings: Settings) -> Callable[[str, str], str] | None:
    """Makes the address for a vendor and a job, where there is a public one."""
    known = addresses(settings)
    return known.of if known else None


def listen(studio: Studio, known: Addresses, *, look_now: Callable[[Job], None]) -> Starlette:
    """The app that vendors call; ``look_now`` is told of each job it is about.

    It answers at once and tells a stranger nothing: unknown and forged look the same.
    """

    async def called(request: Request) -> Response:
        vendor, job_id = request.path_params["vendor"], request.path_params["job_id"]
        shown, wanted = request.query_params.get("token", ""), known.token(vendor, job_id)
        if not hmac.compare_digest(shown.encode("utf-8", "replace"), wanted.encode()):
            return Response(status_code=404)
        body = await bodies.within(request, most_bytes=MOST_BYTES)
        if body is None:
            return Response(status_code=413)
        return Response(
            status_code=await _heard(studio, request, vendor=vendor, job_id=job_id, body=body, look_now=look_now)
        )

    return Starlette(routes=[Route(f"{PATH}/{{vendor}}/{{job_id}}", called, methods=["POST"])])


async def _heard(
    studio: Studio, request: Request, *, vendor: str, job_id: str, body: bytes, look_now: Callable[[Job], None]
) -> int:
    """The status to answer with, once the token has opened the door."""
    job = await _job(studio, job_id)
    adapter = studio.vendors.get(vendor)
    if job is None or adapter is None or studio.profile(job.model).vendor != vendor:
        return 404
    try:
        signed = await adapter.signed(dict(request.headers), body)
    except VendorError:
        return 503  # its keys could not be had; it may call again, and polling goes on meanwhile
    if signed is False:
        return 401
    look_now(job)
    return 204


async def _job(studio: Studio, job_id: str) -> Job | None:
    try:
        return await studio.store.job(job_id)
    except NotFoundError:
        return None
