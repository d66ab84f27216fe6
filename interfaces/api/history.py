"""Who changed what of a film's blocks, settings and people."""

from fastapi import APIRouter

from interfaces import annals
from interfaces.annals import Entry
from interfaces.api.opened import Film, Opened

router = APIRouter(prefix="/films/{film_id}", tags=["history"])


@router.get("/history", summary="Every change of blocks, settings and people, oldest first")
async def history(film: Film, house: Opened) -> tuple[Entry, ...]:
    """Who did it, when, and the difference; nothing is ever taken out of it."""
    return await annals.of_film(house.studio.store, film.id)
