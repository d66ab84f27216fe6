"""Back and forth: every undo, redo and revert stores what there was as something new; takes are never touched."""

from collections.abc import Sequence

from agent.acting import permitting, restoring
from agent.acting.finding import shot as find_shot
from agent.acting.outcome import Outcome, Turn
from agent.errors import NotFoundError
from agent.history import Act, Cause, Change, Steps, revisions, steps
from agent.steering import Narrow, Redo, Revert, Undo
from agent.studio import Studio

NOTHING_DONE = "There is nothing to undo."
NOTHING_UNDONE = "Nothing was undone that could be done again."
KEPT = "Takes that were made and paid for stay."


async def undo(studio: Studio, turn: Turn, intent: Undo) -> Outcome:
    """Bring back what there was before the last change, or before the last one of a shot, as often as was said."""
    named = intent.shot
    subject = await studio.store.shot_numbered(turn.project_id, named) if named is not None else None
    told: list[str] = []
    for nth in range(intent.times):
        step = (await _steps(studio, turn)).latest(subject.id if subject else None)
        if step is None:
            told.append(NOTHING_DONE if nth == 0 else f"There were only {nth} changes to undo.")
            break
        cause = Cause(turn_id=turn.id, act=Act.UNDO, of=step.turn_id)
        told += await _each(studio, turn, [(change, change.before, change.after) for change in step.changes], cause)
    return Outcome(lines=(NOTHING_DONE,)) if told == [NOTHING_DONE] else Outcome(lines=("Undone.", *told, KEPT))


async def redo(studio: Studio, turn: Turn, intent: Redo) -> Outcome:
    """Do again what was undone last."""
    step = (await _steps(studio, turn)).next()
    if step is None:
        return Outcome(lines=(NOTHING_UNDONE,))
    cause = Cause(turn_id=turn.id, act=Act.REDO, of=step.turn_id)
    told = await _each(studio, turn, [(change, change.after, change.before) for change in step.changes], cause)
    return Outcome(lines=("Done again.", *told))


async def revert(studio: Studio, turn: Turn, intent: Revert) -> Outcome:
    """Bring an earlier version of a shot or of a block back, as a new one that says what it restores."""
    if intent.of == "shot":
        return await _revert_shot(studio, turn, intent)
    return Outcome(lines=await restoring.block(studio, turn, intent.of, version=intent.version))


async def narrow(studio: Studio, turn: Turn, intent: Narrow) -> Outcome:
    """Let the last change to several shots hold for some of them only, also where it was just undone."""
    known = await _steps(studio, turn)
    undone = known.next()
    step = undone or known.latest()
    chosen = {(await find_shot(studio, turn, number)).id for number in intent.shots}
    if step is None or not chosen <= {change.subject_id for change in step.changes}:
        return Outcome(lines=("The last change was not about those shots, so nothing is changed.",))
    wanted = [
        (change, change.after, change.before) if undone else (change, change.before, change.after)
        for change in step.changes
        if (change.subject_id in chosen) is (undone is not None)
    ]
    return Outcome(lines=tuple(await _each(studio, turn, wanted, turn.cause)))


async def _steps(studio: Studio, turn: Turn) -> Steps:
    return steps(await studio.store.changes(turn.project_id), conversation_id=turn.conversation_id)


async def _each(
    studio: Studio,
    turn: Turn,
    changes: Sequence[tuple[Change, restoring.State | None, restoring.State | None]],
    cause: Cause,
) -> list[str]:
    """Bring each state back, the last change first; what was changed since is left and told."""
    for change, _, _ in changes:
        await permitting.permit(studio, turn, permitting.of_change(change))
    return [
        line
        for change, wanted, expected in reversed(changes)
        for line in await restoring.restore(studio, turn, change, wanted=wanted, expected=expected, cause=cause)
    ]


async def _revert_shot(studio: Studio, turn: Turn, intent: Revert) -> Outcome:
    shot = await find_shot(studio, turn, intent.shot)
    known = revisions(await studio.store.changes(turn.project_id), shot.id)
    earlier = await studio.store.earlier_sheets(shot.id)
    version = intent.version if intent.version is not None else shot.revision - 1
    if version == shot.revision:
        return Outcome(lines=(f"Shot {shot.number} is at revision {version} already.",))
    state = known.get(version) or restoring.with_sheet(shot, earlier.get(version))
    if state is None:
        versions = sorted(known.keys() | earlier.keys() | {shot.revision})
        raise NotFoundError(what=f"revision of shot {shot.number}", name=str(version), known=list(map(str, versions)))
    line = await restoring.shot(studio, turn, shot, state, cause=turn.cause)
    return Outcome(lines=(line, KEPT))
