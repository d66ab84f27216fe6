"""Whether a film is at rest, and whether all that was sent for it had both blocks: for programs that direct one."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter

from agent import batches
from agent.auditing import Audit, audit
from agent.batches import Batch
from agent.film import Shot, ShotStatus
from agent.steering import Act, Pace
from agent.store import Store
from interfaces.api.forms import PaceForm
from interfaces.api.opened import Acting, Film, Opened
from interfaces.desk import Done

router = APIRouter(prefix="/films/{film_id}", tags=["records"])

SAID: Mapping[Act, str] = {"pause": "pause", "go on": "resume", "cancel": "cancel the rest"}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """How far the shots are that are made together.

    Attributes:
        batch: The one that moves, or the last one; ``None`` where there is none.
        line: The same in one line.
    """

    batch: Batch | None
    line: str


@router.get("/batch", summary="How far the shots are that are made together")
async def batch(film: Film, house: Opened) -> UnderWay:
    """Where its shots are, the money of the estimate, and how long it takes still."""
    found = await batches.latest(house.studio, film.id)
    return UnderWay(batch=found, line=found.line if found else "")


@router.post("/batch", summary="Pause what is under way, let it go on, or call off the rest")
async def pace(film: Film, act: PaceForm, talk: Acting, house: Opened) -> Done:
    """While it is paused nothing new is sent, by no process; what is at the vendors comes home and is kept."""
    intent = Pace(act=act.act)
    return await house.desk.act(talk.id, project_id=film.id, text=SAID[act.act], intents=(intent,))


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
