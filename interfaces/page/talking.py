"""What a person says on the page, in words or by a button: a turn like any other, told by the same events."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from agent.acting import calling_off
from agent.film import Shot, ShotStatus, Wishes
from agent.intents import Decide, Intent, Pick, Retake
from agent.steering import Omit
from agent.talks import Talk
from interfaces.api.opened import Opened
from interfaces.page.opened import TalkedOf, Talking
from interfaces.page.told import Told
from interfaces.wiring import House

DONE = 204

router = APIRouter(prefix="/c/{talk_id}", route_class=Told, include_in_schema=False)


@router.post("/turns", status_code=DONE)
async def say(
    talk: Talking, house: Opened, text: Annotated[str, Form()], key: Annotated[str, Form(max_length=64)] = ""
) -> Response:
    """One message; a key that was used before says the same message again, and it is heard once."""
    await house.desk.hear(talk.id, project_id=talk.project_id, text=text, key=key)
    return Response(status_code=DONE)


@router.post("/shots/{number}/approve", status_code=DONE)
async def approve(talk: Talking, shot: TalkedOf, house: Opened) -> Response:
    """Yes to what the shot waits for."""
    return await _act(house, talk, f"approve shot {shot.number}", Decide(approve=True, shot=shot.number))


@router.post("/shots/{number}/decline", status_code=DONE)
async def decline(talk: Talking, shot: TalkedOf, house: Opened) -> Response:
    """No to what the shot waits for, or to what is being made; one that only was planned is taken out of the list."""
    text, intent = _no(shot)
    return await _act(house, talk, text, intent)


@router.post("/shots/{number}/pick", status_code=DONE)
async def pick(talk: Talking, shot: TalkedOf, house: Opened, take: Annotated[int, Form(ge=1)]) -> Response:
    """Circle a take."""
    return await _act(house, talk, f"circle take {take} of shot {shot.number}", Pick(take=take, shot=shot.number))


@router.post("/shots/{number}/again", status_code=DONE)
async def again(talk: Talking, shot: TalkedOf, house: Opened, model: Annotated[str, Form()] = "") -> Response:
    """Take the shot again; on that model where one is named."""
    wishes = Wishes(models=(model,)) if model else Wishes()
    text = f"shot {shot.number} again" + (f" with {model}" if model else "")
    return await _act(house, talk, text, Retake(shots=(shot.number,), wishes=wishes))


def _no(shot: Shot) -> tuple[str, Intent]:
    if shot.status is ShotStatus.PLANNED:
        return f"delete shot {shot.number}", Omit(shots=(shot.number,))
    said = "cancel" if calling_off.can_be(shot) else "no to"
    return f"{said} shot {shot.number}", Decide(approve=False, shot=shot.number)


async def _act(house: House, talk: Talk, text: str, intent: Intent) -> Response:
    await house.desk.act(talk.id, project_id=talk.project_id, text=text, intents=(intent,))
    return Response(status_code=DONE)
