"""What every stand-in's wire needs: a request as a value, strict bodies, signed links, ranges, a dropped connection."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NoReturn, TypeVar
from urllib.parse import urlencode

import httpx
from anyio import to_thread
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from tools.sandbox.faultplan import Mishap
from tools.sandbox.records import Accepted, Outcome, Standing
from tools.sandbox.stage import Stage

LINK_SECRET = b"sandbox-links-not-secret"  # signs links to drawn clips; protects nothing, so it stands in the open
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
GONE = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code>'
    "<Message>Request has expired</Message></Error>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """One vendor's stand-in, found by the registry.

    Attributes:
        vendor: Also the path its base address has in the sandbox (``/kling``).
        keys: The credentials it takes. Fixed, public and not secret.
    """

    vendor: str
    keys: Mapping[str, str]
    routes: Callable[[Stage], Sequence[BaseRoute]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, read whole.

    Attributes:
        base: Address that links of this stand-in start with.
        route: Path below that address.
    """

    base: str
    route: str
    headers: Headers
    query: QueryParams
    path: Mapping[str, str]
    body: bytes

    @property
    def bearer(self) -> str:
        """The token of the authorization header; empty where there is none."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""


Handler = Callable[[Asked], Response]
Shape = TypeVar("Shape", bound=BaseModel)


class Refusal(Exception):
    """The vendor's own answer to a request it does not take."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class Strict(BaseModel):
    """A body in which every unknown field and every wrong type is an error, spelled in camel case."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, alias_generator=to_camel)


class StrictSnake(BaseModel):
    """The same for vendors that spell in snake case."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, protected_namespaces=())


def route(path: str, handler: Handler, *, method: str = "GET") -> Route:
    """A route whose handler is a plain function, run off the event loop."""

    async def endpoint(request: Request) -> Response:
        mount = request.scope.get("root_path", "")
        asked = Asked(
            base=f"{request.url.scheme}://{request.url.netloc}{mount}",
            route=request.scope["path"].removeprefix(mount),
            headers=request.headers,
            query=request.query_params,
            path=request.path_params,
            body=await request.body(),
        )
        return await to_thread.run_sync(_answer, handler, asked)

    return Route(path, endpoint, methods=[method], name=f"{method} {path}")


def media(stage: Stage) -> Route:
    """The route that serves clips against a signed link."""
    return route("/media/{job}.mp4", partial(_media, stage))


def link(stage: Stage, job: Accepted, *, base: str, lives_s: float) -> str:
    """A fresh signed link to the job's clip; under the fault ``expired_link`` the first one is no longer good."""
    number = stage.records.count_link(job.id)
    dead = job.mishap is Mishap.EXPIRED_LINK and number == 1
    expires = int(stage.clock.now_s() + (-1 if dead else lives_s))
    query = urlencode({"expires": expires, "n": number, "signature": _signature(job.id, expires, number)})
    return f"{base}/media/{job.id}.mp4?{query}"


def ranged(data: bytes, wanted: str | None, *, media_type: str = "video/mp4") -> Response:
    """The data or the asked part of it."""
    headers = {"accept-ranges": "bytes"}
    match = RANGE.fullmatch(wanted or "")
    if match is None or not any(match.groups()):
        return Response(data, media_type=media_type, headers=headers)
    first, last = match.groups()
    start = int(first) if first else max(0, len(data) - int(last))
    stop = min(len(data), int(last) + 1) if first and last else len(data)
    if start >= stop:
        return Response(status_code=416, headers=headers | {"content-range": f"bytes */{len(data)}"})
    headers["content-range"] = f"bytes {start}-{stop - 1}/{len(data)}"
    return Response(data[start:stop], status_code=206, media_type=media_type, headers=headers)


class Dropped(Response):
    """A connection that breaks after the order was accepted: the head of an answer, then nothing.

    In process the client sees the `httpx.ReadError` itself; behind a server the socket is closed.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> NoReturn:
        """Start the answer and break off."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4096")]})
        raise httpx.ReadError("sandbox: the connection dropped after the order was accepted")


def over(job: Accepted, stage: Stage) -> Outcome | None:
    """How the job ended; ``None`` while it goes on or when it was cancelled."""
    return job.outcome if job.standing(stage.clock.now_s()) is Standing.OVER else None


def parsed(shape: type[Shape], body: bytes, *, wrong: Callable[[ValidationError], Refusal]) -> Shape:
    """The body as a value.

    Raises:
        Refusal: It is not of that shape; ``wrong`` words it as the vendor does.
    """
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        raise wrong(error) from None


def reason(error: ValidationError) -> tuple[str, str]:
    """The first thing wrong with a body: where (``"settings.duration"``) and what."""
    first = error.errors(include_url=False)[0]
    return ".".join(str(part) for part in first["loc"]), first["msg"]


def same(given: str, known: str) -> bool:
    """Whether a credential is the known one."""
    return hmac.compare_digest(given.encode(), known.encode())


def proportion(ratio: str) -> float:
    """Width over height of ``"16:9"`` or ``"1280:720"``."""
    width, _, height = ratio.partition(":")
    return int(width) / int(height)


def json_answer(content: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A JSON answer."""
    return JSONResponse(content, status_code=status, headers=headers)


def json_object(body: bytes) -> dict[str, object] | None:
    """The JSON object of a body, or ``None`` when it is none."""
    try:
        return TypeAdapter(dict[str, object]).validate_json(body)
    except ValidationError:
        return None


def _answer(handler: Handler, asked: Asked) -> Response:
    try:
        return handler(asked)
    except Refusal as refusal:
        return refusal.response


def _media(stage: Stage, asked: Asked) -> Response:
    job = stage.records.get(asked.path["job"])
    expires, number = asked.query.get("expires", ""), asked.query.get("n", "")
    if job is None or not same(asked.query.get("signature", ""), _signature(asked.path["job"], expires, number)):
        return Response(status_code=404)
    if stage.clock.now_s() >= int(expires) or over(job, stage) is not Outcome.DONE:
        return Response(GONE, status_code=403, media_type="application/xml")
    return ranged(stage.clip(job), asked.headers.get("range"))


def _signature(job_id: str, expires: object, number: object) -> str:
    return hmac.new(LINK_SECRET, f"{job_id} {expires} {number}".encode(), hashlib.sha256).hexdigest()
