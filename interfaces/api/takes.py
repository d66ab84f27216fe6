"""Takes: what was decided about one and why, what was sent for it, and choosing it."""

from dataclasses import dataclass

from fastapi import APIRouter

from agent.film import Take, Verdict
from agent.intents import Intent, Pick, Reject
from agent.talks import Talk
from interfaces.api.forms import Fault
from interfaces.api.opened import Acting, Film, ItsTake, Opened
from interfaces.desk import Done
from prompts import places
from prompts.receipt import Receipt
from prompts.rendering import Rendering

router = APIRouter(prefix="/films/{film_id}/takes", tags=["takes"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A take and its verdict; none before it was inspected. The evidence's pictures are media."""

    take: Take
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One text of a body; the receipt's places count in its characters."""

    pointer: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What left for the vendor, with the place of the style block and of every negative term in it.

    Attributes:
        leaves: The body's texts by their JSON pointers, to be marked where the receipt says.
        rendering: What the model was told, and what was cut, moved or left out for it.
    """

    receipt: Receipt
    leaves: tuple[Leaf, ...]
    rendering: Rendering


@router.get("/{take_id}", summary="One take with its verdict")
async def take(take: ItsTake, film: Film, house: Opened) -> Judged:
    """What came back, and what was decided about it."""
    verdicts = await house.studio.store.film_verdicts(film.id, shot_id=take.shot_id)
    return Judged(take=take, verdict=verdicts.get(take.id))


@router.get("/{take_id}/receipt", summary="Exactly what was sent for a take")
async def receipt(take: ItsTake, house: Opened) -> Sent:
    """The body byte for byte, and where both blocks stand in it."""
    store = house.studio.store
    kept = await store.receipt(take.job_id)
    leaves = tuple(Leaf(pointer=pointer, text=text) for pointer, text in places.leaves(kept.body).items())
    return Sent(receipt=kept, leaves=leaves, rendering=await store.rendering(take.job_id))


@router.post("/{take_id}/pick", summary="Circle a take")
async def pick(take: ItsTake, talk: Acting, house: Opened) -> Done:
    """It is the shot's from now on, whatever the verdict says."""
    shot = await house.studio.store.shot(take.shot_id)
    text = f"circle take {take.number} of shot {shot.number}"
    return await _act(house, talk, text, Pick(take=take.number, shot=shot.number))


@router.post("/{take_id}/reject", summary="Turn a take down")
async def reject(take: ItsTake, fault: Fault, talk: Acting, house: Opened) -> Done:
    """It stays on the shelf, and the shot waits for what to do next."""
    shot = await house.studio.store.shot(take.shot_id)
    text = f"take {take.number} of shot {shot.number} is no good"
    return await _act(house, talk, text, Reject(take=take.number, shot=shot.number, terms=fault.terms))


async def _act(house: Opened, talk: Talk, text: str, intent: Intent) -> Done:
    return await house.desk.act(talk.id, project_id=talk.project_id, text=text, intents=(intent,))
