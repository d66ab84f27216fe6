"""Films: all of them, a new one, one with its board."""

from functools import cache

from fastapi import APIRouter
from pydantic import TypeAdapter
from starlette.responses import Response

from agent.film import Project
from interfaces.api.forms import NewFilm
from interfaces.api.opened import Film, Opened
from interfaces.board import gathering
from interfaces.board.values import Board
from interfaces.wiring import new_project

router = APIRouter(prefix="/films", tags=["films"])


@router.get("", summary="All films, oldest first")
async def films(house: Opened) -> tuple[Project, ...]:
    """Every film of this house with its settings."""
    return await house.studio.store.projects()


@router.post("", summary="Make a film", status_code=201)
async def make(form: NewFilm, house: Opened) -> Project:
    """A new film with the stated default blocks."""
    return await new_project(house.studio.store, form.name)


@router.get("/{film_id}", summary="One film with its settings")
async def film(film: Film) -> Project:
    """What holds for all shots of the film."""
    return film


@router.get("/{film_id}/board", summary="The board: every shot with its takes", response_model=Board)
async def board(film: Film, house: Opened) -> Response:
    """Every shot with its takes, chips, routes and cost; what happens after event number ``event`` is not in it."""
    found = await gathering.board(house.studio, film.id)
    return Response(_boards().dump_json(found), media_type="application/json")  # 500 shots, written in one go


@cache
def _boards() -> TypeAdapter[Board]:
    return TypeAdapter(Board)
