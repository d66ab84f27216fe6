"""The whole service as one app: API, media, page, and where vendors call."""

from dataclasses import replace
from functools import cache

from fastapi import APIRouter, FastAPI

from interfaces import hooks
from interfaces.api import (
    blocks,
    conversations,
    document,
    entrance,
    errors,
    exports,
    films,
    following,
    health,
    history,
    media,
    records,
    references,
    shotlists,
    shots,
    standing,
    takes,
    uploads,
)
from interfaces.api.access import Access, Guard
from interfaces.api.feed import Feed
from interfaces.api.parting import Parting
from interfaces.board.pictures import Pictures
from interfaces.completions import errors as completion_errors
from interfaces.completions import router as completions
from interfaces.mcp_door import mounting
from interfaces.page import router as page
from interfaces.references import fetcher
from interfaces.settings import Settings
from interfaces.wiring import House

PARTS = (
    films,
    conversations,
    following,
    shots,
    takes,
    blocks,
    references,
    shotlists,
    records,
    exports,
    standing,
    history,
)


def build(house: House, settings: Settings, *, access: Access) -> FastAPI:
    """The app over an open house. Whoever opened it also runs its worker and its desk."""
    feed = Feed(house.studio.store)
    mcp = mounting.mounted(house, feed)
    app = FastAPI(
        title="Countersteer",
        summary="Direct video models: both blocks on every prompt, every take inspected.",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its pages would fetch scripts from another host
        redoc_url=None,
        telemetry={"operation_spans": False},
        lifespan=mcp.lifespan,
    )
    app.state.house = house
    app.state.access = access = replace(access, grants=house.studio.store.grants)
    app.state.feed = feed
    app.state.fetch = fetcher(settings)
    app.state.pictures = Pictures(house.studio)
    errors.install(app)
    document.install(app)
    addresses = hooks.addresses(settings)
    if addresses is not None:
        called = hooks.listen(house.studio, addresses, look_now=house.worker.look_now)
        app.router.routes.extend(called.routes)
    app.router.routes.extend(mcp.routes)
    app.router.routes.extend(_routes().routes)
    app.add_middleware(Parting)
    app.add_middleware(Guard, access=access)
    completion_errors.install(app)
    return app


@cache
def _routes() -> APIRouter:
    """Every route that finds its house with the request. Built once: their models take a second of computing."""
    everything = APIRouter(max_body_size=uploads.MOST_JSON_BYTES)
    api = APIRouter(prefix="/api", responses=errors.TOLD)
    for part in PARTS:
        api.include_router(part.router)
    everything.include_router(api)
    everything.include_router(media.router, responses=errors.TOLD)
    everything.include_router(entrance.router)
    everything.include_router(health.router, responses=errors.TOLD)
    everything.include_router(completions.router, responses=completion_errors.TOLD)
    everything.include_router(page.joined(), include_in_schema=False)
    joined = APIRouter()
    joined.include_router(everything)
    return joined
