"""Whether whoever said a turn may do what it asks for."""

from agent.acting.outcome import Turn
from agent.history import Change, Subject
from agent.intents import Ask, ChangeNegatives, ChangeStyle, Intent, Remark, SetBudget, Unclear
from agent.people import Right, Role, refuse
from agent.standing import ClearNegatives, ReplaceNegatives
from agent.steering import Preview, Revert
from agent.studio import Studio

_RIGHTS: dict[type[object], Right] = {
    **dict.fromkeys((Ask, Remark, Unclear, Preview), Right.LOOK),
    **dict.fromkeys((ChangeStyle, ChangeNegatives, ReplaceNegatives, ClearNegatives), Right.BLOCKS),
    SetBudget: Right.BUDGET,
}
"""Every other intent directs."""


async def permit(studio: Studio, turn: Turn, right: Right) -> str:
    """Go on, where that may be done by whoever said the turn; who that is.

    Raises:
        NotAllowedError: It may not; nothing was done.
    """
    said_by = (await studio.store.turn(turn.id)).said_by
    refuse(await studio.store.grants(), said_by, right, project_id=turn.project_id)
    return said_by or Role.OWNER.value


def of_intent(intent: Intent) -> Right:
    """What an intent asks for."""
    if isinstance(intent, Revert) and intent.of != "shot":
        return Right.BLOCKS
    return _RIGHTS.get(type(intent), Right.DIRECT)


def of_change(change: Change) -> Right:
    """What bringing a change back, or doing it again, asks for."""
    if change.subject in (Subject.STYLE, Subject.NEGATIVE):
        return Right.BLOCKS
    ceilings = [(state or {}).get("ceilings") for state in (change.before, change.after)]
    return Right.BUDGET if change.subject is Subject.PROJECT and ceilings[0] != ceilings[1] else Right.DIRECT
