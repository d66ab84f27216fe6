"""Shots: read, filled in by hand, answered, taken again, taken out of the list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter

from agent.acting import by_hand
from agent.acting.outcome import Outcome, Turn
from agent.film import Shot, Wishes
from agent.intents import Decide, Intent, Retake
from agent.steering import Omit
from agent.talks import Talk
from interfaces.api.forms import Again, Answer, SheetForm
from interfaces.api.opened import Acting, Film, ItsShot, Opened
from interfaces.board import gathering
from interfaces.board.values import BoardShot
from interfaces.desk import Done
from prompts.sheet import Camera, Sheet

router = APIRouter(prefix="/films/{film_id}/shots", tags=["shots"])

ASIDE = frozenset({"revision", "plan_only", "camera", "exempt", "wishes"})
"""What of the form is no plain field of the sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A sheet that a shot has or had."""

    revision: int
    sheet: Sheet


@router.get("", summary="A film's shots with their takes, by number")
async def shots(film: Film, house: Opened) -> Sequence[BoardShot]:
    """Also those that were taken out of the list: their takes stay."""
    return (await gathering.board(house.studio, film.id)).shots


@router.get("/{shot_id}", summary="One shot with its takes")
async def shot(shot: ItsShot, house: Opened) -> BoardShot:
    """The shot as it stands."""
    return await gathering.shot(house.studio, shot.id)


@router.get("/{shot_id}/history", summary="The sheets a shot had, oldest first")
async def history(shot: ItsShot, house: Opened) -> tuple[Revision, ...]:
    """Every earlier sheet and the one it has."""
    earlier = await house.studio.store.earlier_sheets(shot.id)
    sheets = {**earlier, shot.revision: shot.sheet}
    return tuple(Revision(revision=revision, sheet=sheet) for revision, sheet in sorted(sheets.items()))


@router.patch("/{shot_id}", summary="Fill a shot in by hand")
async def edit(shot: ItsShot, form: SheetForm, talk: Acting, house: Opened) -> Done:
    """It is taken again, or waits for a go. Based on an older revision it is refused, with the difference."""
    wanted = _filled_in(shot, form)

    async def work(turn: Turn) -> tuple[Outcome, ...]:
        done = by_hand.sheet(house.studio, turn, wanted, seen=form.revision, plan_only=form.plan_only)
        return (await done,)

    text = f"change shot {shot.number} by hand"
    return await house.desk.do(talk.id, project_id=shot.project_id, text=text, work=work)


@router.post("/{shot_id}/decision", summary="Answer what a shot waits for")
async def decide(shot: ItsShot, answer: Answer, talk: Acting, house: Opened) -> Done:
    """Yes or no, to a price, a plan, a refusal, an unknown outcome."""
    text = f"{'yes' if answer.approve else 'no'} to shot {shot.number}"
    return await _act(house, talk, text, Decide(approve=answer.approve, shot=shot.number))


@router.post("/{shot_id}/again", summary="Take a shot again")
async def again(shot: ItsShot, form: Again, talk: Acting, house: Opened) -> Done:
    """As it is, on the models named, or on any other than the last one."""
    intent = Retake(shots=(shot.number,), elsewhere=form.elsewhere, wishes=Wishes(models=form.models))
    where = f" with {', '.join(form.models)}" if form.models else " on another model" if form.elsewhere else ""
    return await _act(house, talk, f"shot {shot.number} again{where}", intent)


@router.delete("/{shot_id}", summary="Take a shot out of the list")
async def omit(shot: ItsShot, talk: Acting, house: Opened) -> Done:
    """Nothing more is bought for it; its takes are kept, and undo brings it back."""
    return await _act(house, talk, f"delete shot {shot.number}", Omit(shots=(shot.number,)))


async def _act(house: Opened, talk: Talk, text: str, intent: Intent) -> Done:
    return await house.desk.act(talk.id, project_id=talk.project_id, text=text, intents=(intent,))


def _filled_in(shot: Shot, form: SheetForm) -> Shot:
    """The shot with what the form states; what it leaves out stays."""
    stated = form.model_dump(exclude_none=True, exclude=set(ASIDE))
    sheet = replace(shot.sheet, **stated)
    if form.camera is not None:
        sheet = replace(sheet, camera=Camera(**form.camera.model_dump()))
    if form.wishes is not None:
        shot = replace(shot, wishes=Wishes(**form.wishes.model_dump()))
    return replace(shot, sheet=sheet, exempt=shot.exempt if form.exempt is None else form.exempt)
