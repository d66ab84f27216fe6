"""What is looked at closely, as fragments: a shot, its prompt card, evidence, a receipt, two takes, ledger, drift."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from agent.acting import pricing
from agent.errors import NotFoundError
from agent.film import Take
from agent.studio import Studio
from interfaces.api.opened import Film, Opened
from interfaces.board import gathering
from interfaces.board.values import BoardShot, BoardTake
from interfaces.page import cards, fragments, marking, plots, rendering
from interfaces.page.opened import Shown, TalkedOf, Talking
from interfaces.page.told import Told

router = APIRouter(route_class=Told, include_in_schema=False)


@router.get("/help")
async def keys() -> Response:
    """What can be typed and pressed."""
    return rendering.answer("help.html")


@router.get("/films/{film_id}/shots/{number}")
async def shot(film: Film, found: Shown, house: Opened, talk: str) -> Response:
    """One whole article of the board, for a place that was left empty."""
    return HTMLResponse(await fragments.shot(house.studio, found, film, talk_id=talk))


@router.get("/c/{talk_id}/shots/{number}/card")
async def card(talk: Talking, found: TalkedOf, house: Opened) -> Response:
    """What would leave for a shot."""
    shown = await cards.card(house.studio, found)
    return rendering.answer("card.html", card=shown, conversation_id=talk.id)


@router.get("/c/{talk_id}/shots/{number}/again")
async def again(talk: Talking, found: TalkedOf, house: Opened) -> Response:
    """Which model the next take would go to and at what price, and the others there are."""
    return rendering.answer(
        "again.html",
        shot=found,
        quote=await pricing.quote(house.studio, found),
        families=tuple(dict.fromkeys(profile.family for profile in house.studio.profiles)),
        models=house.studio.profiles,
        conversation_id=talk.id,
    )


@router.get("/films/{film_id}/takes/{take_id}/receipt")
async def receipt(film: Film, take_id: str, house: Opened) -> Response:
    """Exactly what was sent for a take, with the blocks marked."""
    take = await _take(house.studio, film.id, take_id)
    stored = await house.studio.store.receipt(take.job_id)
    return rendering.answer(
        "receipt.html",
        receipt=stored,
        take=take,
        leaves=marking.leaves(stored),
        rendering=await house.studio.store.rendering(take.job_id),
    )


@router.get("/films/{film_id}/takes/{take_id}/evidence/{place}")
async def evidence(film: Film, take_id: str, place: int, house: Opened) -> Response:
    """What was found of one term, and the frame that shows it."""
    found, shown = await _shown_take(house.studio, film.id, take_id)
    if place >= len(shown.chips):
        raise NotFoundError(what="finding of this take", name=str(place))
    chip = shown.chips[place]
    return rendering.answer("evidence.html", shot=found, take=shown, chip=chip)


@router.get("/c/{talk_id}/compare")
async def compare(talk: Talking, left: str, right: str, house: Opened) -> Response:
    """Two takes side by side, each to be picked."""
    pair = [await _shown_take(house.studio, talk.project_id, take_id) for take_id in (left, right)]
    return rendering.answer("compare.html", pair=pair, film_id=talk.project_id, conversation_id=talk.id)


@router.get("/films/{film_id}/ledger")
async def ledger(film: Film, house: Opened) -> Response:
    """Term by model: where a negative bit, was ignored, or provoked what it forbids."""
    return rendering.answer("ledger.html", table=plots.ledger(await house.studio.store.ledger(film.id)))


@router.get("/films/{film_id}/drift")
async def drift(film: Film, house: Opened) -> Response:
    """How far each take is from the film's look."""
    board = await gathering.board(house.studio, film.id)
    return rendering.answer("drift.html", plot=plots.drift(board), name=film.name)


async def _take(studio: Studio, project_id: str, take_id: str) -> Take:
    """The take, if it is of this film."""
    take = await studio.store.take(take_id)
    if take.project_id != project_id:
        raise NotFoundError(what="take of this film", name=take_id)
    return take


async def _shown_take(studio: Studio, project_id: str, take_id: str) -> tuple[BoardShot, BoardTake]:
    take = await _take(studio, project_id, take_id)
    found = await gathering.shot(studio, take.shot_id)
    return found, next(each for each in found.takes if each.id == take_id)
