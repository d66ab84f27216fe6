"""The list of shots: taking shots out of it, and changing their order."""

from collections.abc import Sequence

from agent.acting import changing, finding
from agent.acting.outcome import Outcome, Turn
from agent.events import Json, What
from agent.film import Shot
from agent.money import usd
from agent.steering import Omit, Reorder, Spot
from agent.studio import Studio


async def omit(studio: Studio, turn: Turn, intent: Omit) -> Outcome:
    """Take shots out of the list. What was paid for is kept, and said to be."""
    numbers: tuple[int | None, ...] = intent.shots or (None,)
    shots = [await finding.shot(studio, turn, number) for number in numbers]
    lines: list[str] = []
    for shot in shots:
        takes = await studio.store.takes(shot_id=shot.id)
        await changing.omit(studio, shot, cause=turn.cause)
        paid = usd(sum(take.cost_micro_usd for take in takes))
        kept = f" Its {len(takes)} takes ({paid}) are kept, not destroyed." if takes else ""
        lines.append(f"Shot {shot.number} is out of the list.{kept} Undo brings it back.")
    return Outcome(lines=tuple(lines))


async def reorder(studio: Studio, turn: Turn, intent: Reorder) -> Outcome:
    """Move shots; the numbers follow the new order, and which is which now is said."""
    before = await finding.listed(studio, turn)
    moved = [await finding.shot(studio, turn, number) for number in intent.shots]
    beside = await finding.shot(studio, turn, intent.beside) if intent.beside is not None else None
    after = _ordered(list(before), moved, spot=intent.spot, beside=beside)
    told = [
        f"Shot {shot.number} is shot {new.number} now."
        for shot, new in zip(after, before, strict=True)
        if shot.id != new.id
    ]
    if not told:
        return Outcome(lines=("The shots are in that order already.",))
    await studio.store.renumber(turn.project_id, [shot.id for shot in after], cause=turn.cause)
    numbers: dict[str, Json] = {shot.id: new.number for shot, new in zip(after, before, strict=True)}
    await studio.store.tell(
        What.ORDER,
        {"shots": numbers},
        project_id=turn.project_id,
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
    )
    return Outcome(lines=tuple(told))


def _ordered(shots: list[Shot], moved: Sequence[Shot], *, spot: Spot | None, beside: Shot | None) -> list[Shot]:
    """The list after a move; shots that an order does not name keep their places among themselves, at the end."""
    ids = {shot.id for shot in moved}
    rest = [shot for shot in shots if shot.id not in ids]
    if spot is Spot.SWAP and beside is not None:
        pair = {moved[0].id: beside, beside.id: moved[0]}
        return [pair.get(shot.id, shot) for shot in shots]
    if spot is Spot.AT and beside is not None:
        at = shots.index(beside)
    elif spot in (Spot.BEFORE, Spot.AFTER) and beside is not None:
        at = rest.index(beside) + (spot is Spot.AFTER)
    else:
        at = len(rest) if spot is Spot.LAST else 0
    return [*rest[:at], *moved, *rest[at:]]
