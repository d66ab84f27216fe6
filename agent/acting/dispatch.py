"""Which function acts on which intent."""

from typing import assert_never

from agent.acting import (
    answers,
    asking_back,
    borrowing,
    history,
    listing,
    pacing,
    permitting,
    previewing,
    project,
    settings,
    shots,
    starting,
    takes,
)
from agent.acting.outcome import Outcome, Turn
from agent.intents import (
    Ask,
    ChangeNegatives,
    ChangeStyle,
    Decide,
    ExemptTerms,
    Intent,
    Pick,
    Reject,
    Remark,
    Retake,
    Revise,
    SetBudget,
    SetRouting,
    Shoot,
    Unclear,
)
from agent.standing import ClearNegatives, ReplaceNegatives, SetProject, SetReferenceRule
from agent.steering import Borrow, Narrow, Omit, Pace, Preview, Redo, Reorder, Revert, Undo
from agent.studio import Studio

CHAT = "Here. Tell me a shot, or ask about the film."
UNCLEAR = "What do you mean? Nothing is changed. Describe a shot, say what to change (shot 3: closer), or type help."


async def act(studio: Studio, turn: Turn, intent: Intent) -> Outcome:
    """Do what the intent says, for the turn's project only.

    Raises:
        CountersteerError: It cannot be done; what was done before in this turn stays.
    """
    await permitting.permit(studio, turn, permitting.of_intent(intent))
    return await pacing.mind_the_pause(studio, turn, await _act(studio, turn, intent))


async def _act(studio: Studio, turn: Turn, intent: Intent) -> Outcome:  # noqa: C901, PLR0912 - one line per intent
    match intent:
        case Shoot():
            return await shots.shoot(studio, turn, intent)
        case Revise():
            return await shots.revise(studio, turn, intent)
        case ExemptTerms():
            return await shots.exempt(studio, turn, intent)
        case Borrow():
            return await borrowing.borrow(studio, turn, intent)
        case Retake():
            return await starting.retake(studio, turn, intent)
        case Preview():
            return await previewing.preview(studio, turn, intent)
        case Pace():
            return await pacing.pace(studio, turn, intent)
        case Decide() | Pick() | Reject():
            return await _take(studio, turn, intent)
        case Undo() | Redo() | Revert() | Narrow():
            return await _back(studio, turn, intent)
        case Omit():
            return await listing.omit(studio, turn, intent)
        case Reorder():
            return await listing.reorder(studio, turn, intent)
        case ChangeStyle() | ChangeNegatives() | ReplaceNegatives() | ClearNegatives():
            return await _block(studio, turn, intent)
        case SetBudget() | SetRouting() | SetProject() | SetReferenceRule():
            return await _setting(studio, turn, intent)
        case Ask():
            return Outcome(lines=await answers.answer(studio, turn, intent))
        case Remark():
            return Outcome(lines=(CHAT,))
        case Unclear():
            return await _which(studio, turn, intent)
        case _:
            assert_never(intent)


async def _take(studio: Studio, turn: Turn, intent: Decide | Pick | Reject) -> Outcome:
    match intent:
        case Decide():
            return await pacing.decide(studio, turn, intent)
        case Pick():
            return await takes.pick(studio, turn, intent)
        case Reject():
            return await takes.reject(studio, turn, intent)


async def _back(studio: Studio, turn: Turn, intent: Undo | Redo | Revert | Narrow) -> Outcome:
    match intent:
        case Undo():
            return await history.undo(studio, turn, intent)
        case Redo():
            return await history.redo(studio, turn, intent)
        case Revert():
            return await history.revert(studio, turn, intent)
        case Narrow():
            return await history.narrow(studio, turn, intent)


async def _block(
    studio: Studio, turn: Turn, intent: ChangeStyle | ChangeNegatives | ReplaceNegatives | ClearNegatives
) -> Outcome:
    match intent:
        case ChangeStyle():
            return await project.change_style(studio, turn, intent)
        case ChangeNegatives():
            return await project.change_negatives(studio, turn, intent)
        case ReplaceNegatives():
            return await project.replace_negatives(studio, turn, intent)
        case ClearNegatives():
            return await project.clear_negatives(studio, turn, intent)


async def _setting(
    studio: Studio, turn: Turn, intent: SetBudget | SetRouting | SetProject | SetReferenceRule
) -> Outcome:
    match intent:
        case SetBudget():
            return await settings.set_budget(studio, turn, intent)
        case SetRouting():
            return await settings.set_routing(studio, turn, intent)
        case SetProject():
            return await settings.set_project(studio, turn, intent)
        case SetReferenceRule():
            return await settings.set_reference_rule(studio, turn, intent)


async def _which(studio: Studio, turn: Turn, intent: Unclear) -> Outcome:
    if intent.says:
        return await asking_back.ask(studio, turn, says=intent.says)
    told = f"Which do you mean: {' or '.join(intent.readings)}?" if intent.readings else UNCLEAR
    return Outcome(lines=(intent.because or told,))
