"""How a browser on another machine comes in: the token once, in a form, and a cookie from then on."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from interfaces.api.access import COOKIE, ENTRANCE, Access, cookie_of

ASKS = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Countersteer</title>
<form method="post" action="/enter"><label>Token <input type="password" name="token" required autofocus></label>
<button>Enter</button></form></html>
"""

router = APIRouter(include_in_schema=False)


@router.get(ENTRANCE)
async def ask() -> HTMLResponse:
    """The form."""
    return HTMLResponse(ASKS)


@router.post(ENTRANCE)
async def enter(request: Request, token: Annotated[str, Form(max_length=1_000)]) -> Response:
    """In, with a cookie that scripts cannot read; back to the form where the token is not the one."""
    access: Access = request.app.state.access
    if await access.whose(token) is None:
        return HTMLResponse(ASKS, status_code=401)
    inside = RedirectResponse("/", status_code=303)
    secure = request.url.scheme == "https"
    inside.set_cookie(COOKIE, cookie_of(token), httponly=True, samesite="strict", secure=secure)
    return inside
