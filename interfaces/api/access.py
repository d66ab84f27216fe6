"""Who may ask, and what every answer carries: one middleware before all routes."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.errors import CountersteerError
from agent.people import Grant, known_by
from interfaces.api import errors
from interfaces.asking import AT_HOME, Asker, asked_by
from interfaces.settings import PREFIX, SHORTEST_SECRET, Settings

COOKIE = "countersteer"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ENTRANCE = "/enter"
OPEN = frozenset({ENTRANCE, "/healthz", "/readyz"})
"""What needs no token: the way in, and what a supervisor asks."""

CALLS = "/hooks/"
"""Vendors' calls; each proves itself."""

SIGNED = "/slack/"
"""Slack signs what it sends, so it may come under the public name of whatever stands before this house."""

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
CARRIED = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with none at all a browser sends its forms with an origin of null
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class NoTokenError(CountersteerError):
    """Serving to other machines was asked for without a token."""


async def _nobody() -> Sequence[Grant]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may ask.

    Attributes:
        token: The house's own, an owner's; ``None`` on the loopback address, where only this machine asks.
        grants: Who else is what, by tokens of their own.
    """

    token: str | None = None
    grants: Callable[[], Awaitable[Sequence[Grant]]] = _nobody

    async def who(self, headers: Headers) -> Asker | None:
        """Who asks, by the token or by the cookie that stands for it; ``None`` where nobody does that may."""
        kind, _, shown = headers.get("authorization", "").partition(" ")
        bearer = shown.strip() if kind.lower() == "bearer" else ""
        return await self._holder(cookie_of(bearer) if bearer else _cookie(headers))

    async def whose(self, token: str) -> Asker | None:
        """Who holds that token."""
        return await self._holder(cookie_of(token))

    async def _holder(self, cookie: str) -> Asker | None:
        if self.token is not None and _same(cookie, cookie_of(self.token)):
            return AT_HOME
        grants = await self.grants() if cookie else ()
        name = known_by(grants, key_of(cookie))
        if name is not None:
            return Asker(name=name, grants=grants)
        return AT_HOME if self.token is None else None


def cookie_of(token: str) -> str:
    """What a browser holds in a token's place."""
    return hmac.new(token.encode(), COOKIE.encode(), hashlib.sha256).hexdigest()


def key_of(cookie: str) -> str:
    """What is stored of a token: neither it nor its cookie can be made from that."""
    return f"token:{hashlib.sha256(cookie.encode()).hexdigest()}"


def of(settings: Settings, *, host: str) -> Access:
    """Who may ask at that address.

    Raises:
        NoTokenError: Other machines can reach it, and there is no token that they would have to show.
    """
    if is_loopback(host):
        return Access()
    token = settings.token.get_secret_value() if settings.token else ""
    if len(token) < SHORTEST_SECRET:
        raise NoTokenError(
            f"{host} can be reached from other machines, so whoever comes must show a token: set {PREFIX}TOKEN to "
            f"{SHORTEST_SECRET} signs or more that nobody can guess; nothing was started"
        )
    return Access(token=token)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches that address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Guard:
    """Lets in who may ask, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, *, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def carrying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in CARRIED.items():
                    headers.setdefault(name, value)
            await send(message)

        who = AT_HOME if _is_open(scope["path"]) else await self._access.who(Headers(scope=scope))
        refusal = self._refusal(scope, known=who is not None)
        with asked_by(who or AT_HOME):
            await (refusal or self._app)(scope, receive, carrying)

    def _refusal(self, scope: Scope, *, known: bool) -> ASGIApp | None:
        """Why this request goes no further; ``None`` where it may."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if scope["path"].startswith(SIGNED):
            return None
        if self._access.token is None and not is_loopback(_name(host)):
            return errors.problem(421, "this address is served to this machine alone; call it 127.0.0.1 or localhost")
        if scope["method"] not in SAFE and not _same_origin(headers, host):
            return errors.problem(403, "the request comes from another site's page; nothing was done")
        if known:
            return None
        if "text/html" in headers.get("accept", ""):
            return RedirectResponse(ENTRANCE, status_code=303)
        told = "show the token that this house was started with"
        return errors.problem(401, told, headers={"www-authenticate": "Bearer"})


def _is_open(path: str) -> bool:
    """Whether it asks for no token: it is open to all, or whoever calls proves itself."""
    return path in OPEN or path.startswith((CALLS, SIGNED))


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a page of ours asks, or a program; a browser always says whose page it is."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == host


def _name(host: str) -> str:
    """The host without its port; nothing where it is no host."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _cookie(headers: Headers) -> str:
    try:
        held: Mapping[str, object] = SimpleCookie(headers.get("cookie", ""))
        return str(getattr(held.get(COOKIE), "value", ""))
    except CookieError:
        return ""


def _same(one: str, two: str) -> bool:
    return hmac.compare_digest(one.encode(), two.encode())
