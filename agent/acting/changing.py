"""The one way a turn changes a shot that exists: as a new revision, with its cause, and without spending by itself."""

from dataclasses import replace
from functools import partial

from agent.acting.outcome import Turn
from agent.events import What
from agent.film import Shot, ShotStatus
from agent.history import Cause
from agent.narrating import do_and_tell
from agent.studio import Studio

OMITTED = "taken out of the list"


async def change(
    studio: Studio, turn: Turn, shot: Shot, *, plan_only: bool = False, cause: Cause | None = None
) -> Shot:
    """Store a shot whose director's part was changed; the revision it now has.

    A planned shot stays planned, and so does every shot of a film that is planned first. What is merely planned anew
    leaves an unknown outcome standing: it is settled, or set aside aloud when the shot is made.
    """
    await close_question(studio, shot)
    project = await studio.store.project(turn.project_id)
    planned = plan_only or project.plan_first or shot.status is ShotStatus.PLANNED
    waits = ShotStatus.UNKNOWN if shot.status is ShotStatus.UNKNOWN else ShotStatus.PLANNED
    changed = replace(shot, revision=shot.revision + 1, status=waits if planned else ShotStatus.OPEN)
    save = partial(studio.store.save_shot, changed, cause=cause or turn.cause)
    await do_and_tell(studio, changed, save, What.SHOT, action=changed.sheet.action, revision=changed.revision)
    return changed


async def omit(studio: Studio, shot: Shot, *, cause: Cause) -> None:
    """Take a shot out of the list; its row, takes and receipts stay, and nothing more is bought for it."""
    await close_question(studio, shot)
    gone = replace(shot, omitted=True, revision=shot.revision + 1, status=ShotStatus.CANCELLED, because=OMITTED)
    takes = await studio.store.takes(shot_id=shot.id)
    save = partial(studio.store.save_shot, gone, cause=cause)
    await do_and_tell(studio, shot, save, What.OMIT, number=shot.number, takes=len(takes))


async def close_question(studio: Studio, shot: Shot) -> None:
    """Close what a shot still asks about a sheet that is no longer its own; an unknown outcome stays asked about."""
    for decision_id, shot_id, content in await studio.store.open_questions(shot.project_id):
        if shot_id == shot.id and content["kind"] != "unknown":
            await studio.store.answer(decision_id, {"approve": False, "because": "the shot was changed"})


def to_start(*shots: Shot) -> tuple[str, ...]:
    """Ids of those that are to be made now."""
    return tuple(shot.id for shot in shots if shot.status is ShotStatus.OPEN)
