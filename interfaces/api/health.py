"""Whether the house is up, and whether it can work: what a supervisor asks, without a token and without a secret."""

from dataclasses import dataclass

import anyio
from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from agent.errors import StoreError
from interfaces.api import errors
from interfaces.api.opened import Opened
from interfaces.wiring import House

HEALTH, READINESS = "/healthz", "/readyz"
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


async def _stores(house: House) -> bool:
    try:
        with anyio.fail_after(STORE_WITHIN_S):
            await house.studio.store.last_event()
    except (StoreError, TimeoutError):
        return False
    return True
