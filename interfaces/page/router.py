"""Every route of the page."""

from fastapi import APIRouter

from interfaces.page import dropping, films, following, looking, settings, static_files, status, talking, writing

PARTS = (films, talking, writing, settings, dropping, following, looking, static_files, status)


def joined() -> APIRouter:
    """The page's routes; the house they act on is the app's own."""
    router = APIRouter()
    for part in PARTS:
        router.include_router(part.router)
    return router
