"""Which function acts on which intent."""

from typing import assert_never

from agent.acting import answers, project, shots, takes
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
from agent.studio import Studio

CHAT = "Here. Tell me a shot, or ask about the film."
UNCLEAR = "I did not understand that. Describe a shot, name one to change (shot 3: closer), or type help."


async def act(studio: Studio, turn: Turn, intent: Intent) -> Outcome:  # noqa: C901, PLR0912 - one line per intent
    """Do what the intent says, for the turn's project only.

    Raises:
        CountersteerError: It cannot be done; what was done before in this turn stays.
    """
    match intent:
        case Shoot():
            return await shots.shoot(studio, turn, intent)
        case Revise():
            return await shots.revise(studio, turn, intent)
        case Retake():
            return await shots.retake(studio, turn, intent)
        case ExemptTerms():
            return await shots.exempt(studio, turn, intent)
        case Decide():
            return await takes.decide(studio, turn, intent)
        case Pick():
            return await takes.pick(studio, turn, intent)
        case Reject():
            return await takes.reject(studio, turn, intent)
        case ChangeStyle():
            return await project.change_style(studio, turn, intent)
        case ChangeNegatives():
            return await project.change_negatives(studio, turn, intent)
        case SetBudget():
            return await project.set_budget(studio, turn, intent)
        case SetRouting():
            return await project.set_routing(studio, turn, intent)
        case Ask():
            return Outcome(lines=await answers.answer(studio, turn, intent))
        case Remark():
            return Outcome(lines=(CHAT,))
        case Unclear():
            return Outcome(lines=(_which(intent),))
        case _:
            assert_never(intent)


def _which(intent: Unclear) -> str:
    return f"Which do you mean: {' or '.join(intent.readings)}?" if intent.readings else UNCLEAR
