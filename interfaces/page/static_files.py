"""The page's own files: styles, scripts and the mark; nothing comes from anywhere else."""

from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

router = APIRouter(include_in_schema=False)


@router.get("/static/{name}")
async def static(name: str, request: Request) -> Response:
    """One file; the browser asks whether it has changed, so that a new version is seen at once."""
    found = await StaticFiles(directory=str(files("interfaces.page") / "static")).get_response(name, request.scope)
    found.headers["cache-control"] = "no-cache"
    return found
