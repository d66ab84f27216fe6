"""The film's two blocks: every version, a new one, and what a new one would mean before it is stored."""

from fastapi import APIRouter

from agent.acting import by_hand
from agent.acting.outcome import Outcome, Turn
from agent.versions import Version
from interfaces.api.forms import NegativeForm, StyleForm
from interfaces.api.opened import Acting, Film, Opened
from interfaces.board import weighing
from interfaces.board.weighing import Weighed
from interfaces.desk import Done
from prompts.blocks import NegativeBlock, StyleBlock

router = APIRouter(prefix="/films/{film_id}", tags=["blocks"])


@router.get("/style", summary="Every version of the style block, oldest first")
async def styles(film: Film, house: Opened) -> tuple[Version[StyleBlock], ...]:
    """The last one stands on every prompt."""
    return await house.studio.store.styles(film.id)


@router.put("/style", summary="Store a new version of the style block")
async def put_style(film: Film, form: StyleForm, talk: Acting, house: Opened) -> Done:
    """For every prompt from now on. Based on an older version than the newest it is refused, with the difference."""

    async def work(turn: Turn) -> tuple[Outcome, ...]:
        return (await by_hand.style(house.studio, turn, text=form.text, motion=form.motion, seen=form.based_on),)

    return await house.desk.do(talk.id, project_id=film.id, text="change the style block", work=work)


@router.post("/style/preview", summary="What a style block would mean")
async def preview_style(film: Film, form: StyleForm, house: Opened) -> Weighed:
    """What becomes stale and what a redo would cost; nothing is stored."""
    store = house.studio.store
    motion = (await store.style(film.id)).motion if form.motion is None else form.motion
    style = StyleBlock(text=form.text, motion=motion, version=form.based_on + 1)
    return await weighing.weigh(house.studio, film.id, style=style, negative=await store.negative(film.id))


@router.get("/negative", summary="Every version of the negative block, oldest first")
async def negatives(film: Film, house: Opened) -> tuple[Version[NegativeBlock], ...]:
    """The last one stands on every prompt."""
    return await house.studio.store.negatives(film.id)


@router.put("/negative", summary="Store a new version of the negative block")
async def put_negative(film: Film, form: NegativeForm, talk: Acting, house: Opened) -> Done:
    """For every prompt from now on. Based on an older version than the newest it is refused, with the difference."""
    block = _block(form)

    async def work(turn: Turn) -> tuple[Outcome, ...]:
        return (await by_hand.negative(house.studio, turn, block, seen=form.based_on),)

    return await house.desk.do(talk.id, project_id=film.id, text="change the negative block", work=work)


@router.post("/negative/preview", summary="What a negative block would mean")
async def preview_negative(film: Film, form: NegativeForm, house: Opened) -> Weighed:
    """Oddities, length, what becomes stale and what a redo would cost; nothing is stored."""
    style = await house.studio.store.style(film.id)
    return await weighing.weigh(house.studio, film.id, style=style, negative=_block(form))


def _block(form: NegativeForm) -> NegativeBlock:
    return NegativeBlock(format=form.format, anatomy=form.anatomy, quality=form.quality, version=form.based_on + 1)
