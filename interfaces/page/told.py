"""Routes of the page: what cannot be done is told as a sentence that fits into the page."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from markupsafe import escape

from agent.errors import CountersteerError
from interfaces.api.errors import STATUS

UNUSABLE = 422

_Answer = Callable[[Request], Coroutine[Any, Any, Response]]


class Told(APIRoute):
    """A route whose errors are sentences for the person instead of JSON."""

    def get_route_handler(self) -> _Answer:
        """The usual handler, with what went wrong said."""
        usual = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await usual(request)
            except CountersteerError as error:
                return refused(str(error), status=STATUS.get(type(error), UNUSABLE))
            except RequestValidationError as error:
                lacking = ", ".join(str(each["loc"][-1]) for each in error.errors())
                return refused(f"that form cannot be used ({lacking}); nothing was changed", status=UNUSABLE)

        return told


def refused(reason: str, *, status: int = UNUSABLE) -> Response:
    """A sentence about what was not done."""
    return HTMLResponse(f"<p>{escape(reason[:1].upper() + reason[1:])}</p>", status_code=status)
