"""Whether the house is up and can work, as a supervisor asks without a token; and its figures, which need it."""

from dataclasses import dataclass

import anyio
from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from agent.errors import StoreError
from interfaces.api import errors
from interfaces.api.opened import Opened
from interfaces.observing import exposition
from interfaces.observing.standing import standing
from interfaces.wiring import House

HEALTH, READINESS, METRICS = "/healthz", "/readyz", "/metrics"
STORE_WITHIN_S = 2.0

router = APIRouter(tags=["health"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Up:
    """The process answers."""

    status: str = "ok"


@router.get(HEALTH, summary="Whether the process answers")
async def up() -> Up:
    """It does."""
    return Up()


@router.get(READINESS, summary="Whether it can work", response_model=Up, responses={503: {"model": errors.Problem}})
async def ready(house: Opened) -> Response:
    """The store answers and the worker runs; if not, which of them."""
    lacking = [
        *(["the store does not answer"] if not await _stores(house) else []),
        *(["no worker runs in this process"] if not house.worker.pulse.alive else []),
    ]
    if lacking:
        return errors.problem(503, f"{' and '.join(lacking)}; nothing is lost, and nothing is made until it is back")
    return JSONResponse({"status": "ok"})


@router.get(METRICS, include_in_schema=False)
async def metrics(house: Opened) -> Response:
    """Jobs, queues, money and durations, in the text that Prometheus reads."""
    return Response(exposition.text(await standing(house), house.meter), media_type=exposition.MEDIA_TYPE)


async def _stores(house: House) -> bool:
    try:
        with anyio.fail_after(STORE_WITHIN_S):
            await house.studio.store.last_event()
    except (StoreError, TimeoutError):
        return False
    return True
