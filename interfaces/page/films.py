"""All films, a new one, and the page of one: its conversation beside its board."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from agent.errors import CountersteerError
from agent.events import Event
from agent.film import ShotStatus
from interfaces.api.opened import Film, Opened
from interfaces.board import gathering
from interfaces.board.values import Board
from interfaces.page import fragments, rendering
from interfaces.page.items import SHOWN, Item, items
from interfaces.page.looks import FAULTS
from interfaces.page.opened import Talking
from interfaces.page.told import Told
from interfaces.wiring import House, new_project

DOOR = "page"
SEE_OTHER = 303

router = APIRouter(route_class=Told, include_in_schema=False)


@router.get("/")
async def films(house: Opened) -> Response:
    """The shelf of films."""
    return await _shelf(house)


@router.post("/films")
async def begin(house: Opened, name: Annotated[str, Form(min_length=1, max_length=120)]) -> Response:
    """A new film, and the way to it."""
    try:
        project = await new_project(house.studio.store, name.strip())
    except CountersteerError as error:
        return await _shelf(house, problem=str(error))
    return RedirectResponse(f"/films/{project.id}", status_code=SEE_OTHER)


@router.get("/films/{film_id}")
async def latest(film: Film, house: Opened) -> Response:
    """The way to the film's latest conversation; a film without one gets its first."""
    store = house.studio.store
    known = await store.conversations(film.id)
    talk_id = known[-1] if known else await store.open_conversation(film.id, door=DOOR)
    return RedirectResponse(f"/c/{talk_id}", status_code=SEE_OTHER)


@router.get("/c/{talk_id}")
async def film(talk: Talking, house: Opened) -> Response:
    """The page."""
    board = await gathering.board(house.studio, talk.project_id)
    project = await house.studio.store.project(talk.project_id)
    shown, earlier = _log(await house.desk.story(talk.id), board)
    return rendering.answer(
        "film.html",
        board=board,
        facts=fragments.facts(board),
        conversation_id=talk.id,
        shot_ceiling=project.ceilings.shot_micro_usd,
        items=shown,
        earlier=earlier,
        answers=await fragments.answers(house.studio, talk.id),
        statuses=tuple(ShotStatus),
        faults=FAULTS,
        models=tuple(dict.fromkeys(step.model for shot in board.shots for step in shot.steps)),
        waits=await fragments.waiting(house.studio, project.id),
    )


@router.get("/c/{talk_id}/earlier")
async def earlier(talk: Talking, house: Opened, before: int) -> Response:
    """What was said before the oldest line shown."""
    board = await gathering.board(house.studio, talk.project_id)
    events = [event for event in await house.desk.story(talk.id) if event.number < before]
    shown, rest = _log(events, board)
    return rendering.answer("log.html", items=shown, earlier=rest, conversation_id=talk.id)


def _log(events: Sequence[Event], board: Board) -> tuple[tuple[Item, ...], int]:
    """The latest items up to the board's moment, and the number that earlier ones are before (0: there are none)."""
    numbers = {shot.id: shot.number for shot in board.shots}
    found = items((event for event in events if event.number <= board.event), numbers)
    shown = found[-SHOWN:]
    return shown, shown[0].number if len(found) > len(shown) else 0


async def _shelf(house: House, *, problem: str = "") -> Response:
    return rendering.answer("films.html", films=await house.studio.store.projects(), problem=problem)
