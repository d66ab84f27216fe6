"""Problem answers (RFC 9457): what happened, what was kept, what to do next; for every error in one form."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.errors import ConflictError, CountersteerError, NotFoundError, StoreError, VendorError
from agent.people import NotAllowedError
from interfaces.allowance import TooManyError
from interfaces.api.uploads import TooLargeError

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)


class Problem(BaseModel):
    """Why something was not done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="What happened, what was kept, what to do next.")
    diff: tuple[str, ...] = Field(default=(), description="What is there now against what was sent, as a diff.")


STATUS: Mapping[type[CountersteerError], int] = {
    NotAllowedError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    TooLargeError: 413,
    TooManyError: 429,
    VendorError: 502,
    StoreError: 503,
}
"""Everything else that is told in a sentence is a wish that cannot be met: 422."""

TOLD: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": HTTPStatus(status).phrase}
    for status in (400, 401, 403, 404, 409, 413, 421, 422, 429)
}


def problem(
    status: int, detail: str, *, diff: Sequence[str] = (), headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The answer that tells it."""
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, diff=tuple(diff))
    return JSONResponse(told.model_dump(mode="json"), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def install(app: FastAPI) -> None:
    """Answer every error of this app as a problem."""
    app.add_middleware(Uniform)
    app.add_exception_handler(CountersteerError, _told)
    app.add_exception_handler(HTTPException, _by_http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


def unexpected(error: Exception) -> str:
    """What is told of what nobody foresaw; the log has the rest."""
    _log.error("a request stopped", exc_info=error)
    return f"an unexpected {type(error).__name__}; what was stored is safe; the log has the details"


async def _told(_: Request, error: Exception) -> JSONResponse:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 422)
    return problem(status, str(error), diff=getattr(error, "diff", ()))


async def _by_http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), headers=error.headers)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return problem(422, f"{told}; nothing was done")


async def _unexpected(_: Request, error: Exception) -> JSONResponse:
    return problem(500, unexpected(error))


class Uniform:
    """Gives the plain-text refusals of the libraries below, such as of a body that is too large, the same form."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        refused: list[int] = []
        text: list[bytes] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_plain_refusal(message):
                refused.append(message["status"])
            elif not refused:
                await send(message)
            else:
                text.append(message.get("body", b""))
                if not message.get("more_body"):
                    told = b"".join(text).decode("utf-8", "replace")
                    await problem(refused[0], f"{told}; nothing was done")(scope, receive, send)

        await self._app(scope, receive, sending)


def _is_plain_refusal(start: Message) -> bool:
    plain = Headers(raw=start["headers"]).get("content-type", "").startswith("text/plain")
    return plain and start["status"] >= 400
