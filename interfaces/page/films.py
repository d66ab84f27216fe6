"""All films, a new one, and the page of one: its conversation beside its board."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from agent.errors import CountersteerError
from agent.film import Shot
from agent.talks import Talk
from interfaces.api.opened import Film, Opened
from interfaces.board import gathering
from interfaces.page import fragments, rendering, shelf
from interfaces.page.items import SHOWN, Item, items
from interfaces.page.looks import FAULTS, STANDS
from interfaces.page.opened import Talking
from interfaces.page.told import Told
from interfaces.wiring import House, new_project

DOOR = "page"
SEE_OTHER = 303
REACH = 2_000
"""Events that are looked through first for the latest lines of a log."""

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
    """The page, with the first shots of its board; the others are asked for once these are on the screen."""
    studio, store = house.studio, house.studio.store
    event = await store.last_event(talk.project_id)  # first: what happens while the rest is read is told again
    project = await store.project(talk.project_id)
    shots = await store.shots(project.id)
    shown, earlier = await _log(house, talk, shots, until=event)
    return rendering.answer(
        "film.html",
        project=project,
        event=event,
        opening=await gathering.some(studio, project.id, shots[: fragments.WHOLE]),
        rest=len(shots) > fragments.WHOLE,
        facts=await fragments.facts(studio, project, shots),
        batch=await fragments.batch(studio, project.id),
        conversation_id=talk.id,
        items=shown,
        earlier=earlier,
        answers=await fragments.answers(studio, talk.id),
        statuses=STANDS,
        faults=FAULTS,
        terms=tuple(term.text for term in (await store.negative(project.id)).terms),
        waits=await fragments.waiting(studio, shots),
    )


@router.get("/c/{talk_id}/rest")
async def rest(talk: Talking, house: Opened) -> Response:
    """The shots that the page did not begin with, each to be filled when it comes near."""
    return HTMLResponse(await fragments.all_shots(house.studio, talk, after=fragments.WHOLE))


@router.get("/c/{talk_id}/earlier")
async def earlier(talk: Talking, house: Opened, before: int) -> Response:
    """What was said before the oldest line shown."""
    shots = await house.studio.store.shots(talk.project_id)
    shown, more = await _log(house, talk, shots, until=before - 1)
    return rendering.answer("log.html", items=shown, earlier=more, conversation_id=talk.id)


async def _log(house: House, talk: Talk, shots: Sequence[Shot], *, until: int) -> tuple[tuple[Item, ...], int]:
    """The latest items up to an event, and the number that earlier ones are before (0: there are none)."""
    numbers = {shot.id: shot.number for shot in shots}
    found: tuple[Item, ...] = ()
    for reach in (REACH, until):  # a film of weeks has many thousand events, of which the end is shown
        story = await house.desk.story(talk.id, after=max(0, until - reach))
        found = items((event for event in story if event.number <= until), numbers)
        if len(found) > SHOWN or until <= reach:
            break
    shown = found[-SHOWN:]
    return shown, shown[0].number if len(found) > len(shown) else 0


async def _shelf(house: House, *, problem: str = "") -> Response:
    return rendering.answer("films.html", films=await shelf.shelf(house.studio), problem=problem)
