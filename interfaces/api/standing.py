"""Whether a film is at rest, and whether all that was sent for it had both blocks: for programs that direct one."""

from dataclasses import dataclass

from fastapi import APIRouter

from agent.auditing import Audit, audit
from agent.film import Shot, ShotStatus
from agent.store import Store
from interfaces.api.opened import Film, Opened

router = APIRouter(prefix="/films/{film_id}", tags=["records"])

MOVING = (ShotStatus.OPEN, ShotStatus.RENDERING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Whether anything of a film moves by itself.

    Attributes:
        turns: Messages that are not answered yet.
        shots: Numbers of the shots that something is being made for.
        busy: What this house's worker has in hand, for all films.
    """

    going: bool
    turns: int
    shots: tuple[int, ...]
    busy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what was sent had both blocks in it.

    Attributes:
        coverage: Share of bodies with both blocks, 0..1; 1 where nothing was sent yet.
    """

    coverage: float
    audit: Audit


@router.get("/going", summary="Whether anything of a film still moves by itself")
async def going(film: Film, house: Opened) -> Going:
    """At rest, every message is answered and every shot is done or waits for the person."""
    store = house.studio.store
    talks = {talk.id for talk in await store.talks(film.id)}
    turns = sum(said.conversation_id in talks for said in await store.unanswered())
    shots = await _moving(store, film.id)
    busy = house.worker.pulse.busy + house.worker.pulse.waiting
    return Going(going=bool(turns or shots or busy), turns=turns, shots=shots, busy=busy)


@router.get("/coverage", summary="Whether both blocks were in everything that was sent")
async def coverage(film: Film, house: Opened) -> Coverage:
    """Recomputed from the stored bodies; below 1 is a defect of ours, and the gaps say where."""
    found = await audit(house.studio, film.id)
    return Coverage(coverage=found.coverage, audit=found)


async def _moving(store: Store, film_id: str) -> tuple[int, ...]:
    """Shots on their way, with those whose price was just agreed to."""
    asked = {shot_id for _, shot_id, _ in await store.open_questions(film_id)}

    def moves(shot: Shot) -> bool:
        return shot.status in MOVING or (shot.status is ShotStatus.APPROVAL and shot.id not in asked)

    return tuple(shot.number for shot in await store.shots(film_id) if moves(shot))
