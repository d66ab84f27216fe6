"""The page's own files: styles, scripts and the mark; nothing comes from anywhere else.

Styles and scripts are each sent as one: a browser that must ask fourteen times paints later.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from mimetypes import guess_type

from fastapi import APIRouter, Request
from fastapi.responses import Response

from agent.errors import NotFoundError

JOINED: Mapping[str, tuple[str, ...]] = {
    "page.css": ("tokens.css", "frame.css", "talk.css", "board.css", "panel.css", "status.css"),
    "first.js": ("htmx-4.0.1.min.js", "htmx-4.0.1-sse.min.js", "place.js"),
    "page.js": ("clips.js", "sieve.js", "panel.js", "write.js", "drop.js", "keys.js", "link.js"),
    "mark.svg": ("mark.svg",),
}
"""What a browser may ask for, and the files it is made of in their order."""

FOR_GOOD, ASK_FIRST = "private, max-age=31536000, immutable", "no-cache"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _Held:
    """A file as it is sent; its digest is in its address, so that a new version is seen at once."""

    data: bytes
    digest: str


@router.get("/static/{name}")
async def static(name: str, request: Request) -> Response:
    """One file."""
    if name not in JOINED:
        raise NotFoundError(what="file of the page", name=name)
    held = _held(name)
    keep = FOR_GOOD if request.url.query == held.digest else ASK_FIRST
    return Response(held.data, media_type=guess_type(name)[0], headers={"cache-control": keep})


def address(name: str) -> str:
    """Where a file is; the same for as long as it is the same file."""
    return f"/static/{name}?{_held(name).digest}"


@cache
def _held(name: str) -> _Held:
    folder = files("interfaces.page") / "static"
    data = b"\n".join((folder / part).read_bytes() for part in JOINED[name])
    return _Held(data, hashlib.sha256(data).hexdigest()[:16])
