"""Where the house stands, on one quiet page: worker, a queue per vendor, circuits, money, what went wrong lately."""

from fastapi import APIRouter
from fastapi.responses import Response

from interfaces.api.opened import Opened
from interfaces.observing.standing import standing
from interfaces.page import rendering
from interfaces.page.told import Told

router = APIRouter(route_class=Told, include_in_schema=False)


@router.get("/status")
async def status(house: Opened) -> Response:
    """The page; it asks again by itself, without a script."""
    return rendering.answer("status.html", now=await standing(house))
