"""Films: all of them, a new one, one with its settings and its board."""

import hashlib
from dataclasses import dataclass, replace
from functools import cache, partial

from fastapi import APIRouter
from pydantic import TypeAdapter
from starlette.responses import Response

from agent.acting import by_hand
from agent.acting.outcome import Outcome, Turn
from agent.errors import StaleError
from agent.film import Ceilings, Project
from agent.studio import Studio
from interfaces.api.forms import NewFilm, SettingsForm
from interfaces.api.opened import Acting, Film, Opened
from interfaces.board import gathering
from interfaces.board.values import Board
from interfaces.desk import Done
from interfaces.wiring import new_project

router = APIRouter(prefix="/films", tags=["films"])


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFilm:
    """A film as it stands.

    Attributes:
        seen: Names these settings; a change of them says which ones it was filled in from.
    """

    film: Project
    seen: str
    spent_micro_usd: int
    shots: int


@router.get("", summary="All films, oldest first")
async def films(house: Opened) -> tuple[Project, ...]:
    """Every film of this house with its settings."""
    return await house.studio.store.projects()


@router.post("", summary="Make a film", status_code=201)
async def make(form: NewFilm, house: Opened) -> Project:
    """A new film with the stated default blocks."""
    return await new_project(house.studio.store, form.name)


@router.get("/{film_id}", summary="One film with its settings")
async def film(film: Film, house: Opened) -> OneFilm:
    """What holds for all shots of the film, and what was spent of its money."""
    store = house.studio.store
    return OneFilm(
        film=film,
        seen=named(film),
        spent_micro_usd=await store.spent_micro_usd(film.id),
        shots=sum(not shot.omitted for shot in await store.shots(film.id)),
    )


@router.put("/{film_id}/settings", summary="Change the film's settings")
async def settings(film: Film, form: SettingsForm, talk: Acting, house: Opened) -> Done:
    """Budget, picture, length, exclusions. Takes that exist stay; shots that were held look again."""
    wanted = replace(
        film,
        name=form.name,
        ratio=form.ratio,
        seconds=form.seconds,
        plan_first=form.plan_first,
        excluded=form.excluded,
        ceilings=Ceilings(**form.ceilings.model_dump()),
    )
    work = partial(_set, house.studio, wanted=wanted, seen=form.based_on)
    return await house.desk.do(talk.id, project_id=film.id, text="change the film's settings", work=work)


@router.get("/{film_id}/board", summary="The board: every shot with its takes", response_model=Board)
async def board(film: Film, house: Opened) -> Response:
    """Every shot with its takes, chips, routes and cost; what happens after event number ``event`` is not in it."""
    found = await gathering.board(house.studio, film.id)
    return Response(_boards().dump_json(found), media_type="application/json")  # 500 shots, written in one go


def named(film: Project) -> str:
    """What the film's settings are called by whoever has seen them."""
    return hashlib.sha256(repr(film).encode()).hexdigest()[:16]


async def _set(studio: Studio, turn: Turn, *, wanted: Project, seen: str) -> tuple[Outcome, ...]:
    now = named(await studio.store.project(turn.project_id))
    if now != seen:
        diff = by_hand.settings_between(await studio.store.project(turn.project_id), wanted)
        raise StaleError(what="the film", now=f"settings {now}", seen=f"settings {seen}", diff=diff)
    return (await by_hand.settings(studio, turn, wanted),)


@cache
def _boards() -> TypeAdapter[Board]:
    return TypeAdapter(Board)
