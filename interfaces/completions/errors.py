"""Errors as OpenAI's clients read them: every problem under `/v1` is said again in their form."""

import json
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interfaces.api import errors
from interfaces.completions.reading import RefusedError
from interfaces.completions.wire import Refusal, Refused

UNDER = "/v1/"
CODES = {401: "invalid_api_key", 404: "model_not_found"}
KINDS = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}

TOLD: dict[int | str, dict[str, Any]] = {
    status: {"model": Refused, "description": HTTPStatus(status).phrase}
    for status in (400, 401, 403, 404, 409, 413, 421, 500)
}


def install(app: FastAPI) -> None:
    """Answer errors under `/v1` so; outside of every other middleware, whose refusals are told too."""
    app.add_exception_handler(RefusedError, _refused)
    app.add_middleware(Retold)


class Retold:
    """Says a problem again in the form of OpenAI's errors."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or not scope["path"].startswith(UNDER):
            await self._app(scope, receive, send)
            return
        status, body, begun = 0, bytearray(), False

        async def sending(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start" and _is_problem(message):
                status = message["status"]
            elif not status:
                begun = True
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _error(status, json.loads(body)["detail"])(scope, receive, send)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if begun:
                raise
            await _error(500, errors.unexpected(error))(scope, receive, send)


def _is_problem(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type") == errors.MEDIA_TYPE


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RefusedError)
    return _error(404 if error.param == "model" else 400, str(error), param=error.param)


def _error(status: int, message: str, *, param: str | None = None) -> JSONResponse:
    """The error; what cannot be met is a bad request there, which no client sends again by itself."""
    told = 400 if status == 422 else status
    kind = KINDS.get(told, "server_error" if told >= 500 else "invalid_request_error")
    refusal = Refusal(message=message, type=kind, param=param, code=CODES.get(told))
    return JSONResponse(Refused(error=refusal).model_dump(), status_code=told)
