"""What is stored of what a person writes by hand: both blocks and a shot's sheet, each based on what was seen."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from agent.acting import by_hand
from agent.acting.outcome import Outcome, Turn
from agent.errors import StaleError
from agent.talks import Talk
from interfaces.api.opened import Opened
from interfaces.page import rendering
from interfaces.page.forms import Seen, Text, WrittenLayers, WrittenSheet
from interfaces.page.opened import TalkedOf, Talking
from interfaces.page.told import Told
from interfaces.wiring import House

DONE, CONFLICT = 204, 409

router = APIRouter(prefix="/c/{talk_id}", route_class=Told, include_in_schema=False)

_Work = Callable[[Turn], Awaitable[Outcome]]


@router.post("/style")
async def style(talk: Talking, house: Opened, text: Text, seen: Seen, motion: Text = "") -> Response:
    """A new style block."""

    async def work(turn: Turn) -> Outcome:
        return await by_hand.style(house.studio, turn, text=text.strip(), motion=motion.strip(), seen=seen)

    try:
        return await _do(house, talk, "the style block, written by hand", work)
    except StaleError as error:
        return _conflict(error, form="style", now=(await house.studio.store.style(talk.project_id)).version)


@router.post("/negative")
async def negative(talk: Talking, house: Opened, written: WrittenLayers, seen: Seen) -> Response:
    """A new negative block."""

    async def work(turn: Turn) -> Outcome:
        return await by_hand.negative(house.studio, turn, written.block(), seen=seen)

    try:
        return await _do(house, talk, "the negative block, written by hand", work)
    except StaleError as error:
        return _conflict(error, form="negative", now=(await house.studio.store.negative(talk.project_id)).version)


@router.post("/shots/{number}/edit")
async def sheet(
    talk: Talking,
    found: TalkedOf,
    house: Opened,
    *,
    written: WrittenSheet,
    seen: Seen,
    make: Annotated[bool, Form()] = False,
) -> Response:
    """A shot's sheet; it is made at once only where that was asked for."""

    async def work(turn: Turn) -> Outcome:
        return await by_hand.sheet(house.studio, turn, written.into(found), seen=seen, plan_only=not make)

    try:
        return await _do(house, talk, f"shot {found.number}, written by hand", work)
    except StaleError as error:
        return _conflict(error, form="sheet", now=(await house.studio.store.shot(found.id)).revision)


async def _do(house: House, talk: Talk, text: str, work: _Work) -> Response:
    async def works(turn: Turn) -> tuple[Outcome, ...]:
        return (await work(turn),)

    await house.desk.do(talk.id, project_id=talk.project_id, text=text, work=works)
    return Response(status_code=DONE)


def _conflict(error: StaleError, *, form: str, now: int) -> Response:
    """Both versions kept: what is stored as a difference, what was written still in its form, to be stored on top."""
    return rendering.answer("conflict.html", status=CONFLICT, error=error, form=form, now=now)
