"""Every route of the page."""

from fastapi import APIRouter

from interfaces.page import dropping, films, following, looking, settings, static_files, talking, writing
from interfaces.wiring import House

PARTS = (films, talking, writing, settings, dropping, following, looking, static_files)


def router(_: House) -> APIRouter:
    """The page's routes; the house they act on is the app's own."""
    joined = APIRouter()
    for part in PARTS:
        joined.include_router(part.router)
    return joined
