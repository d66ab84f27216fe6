"""Asking back: two readings to choose from, and changes that are confirmed before they are made."""

from collections.abc import Mapping

from agent.acting.outcome import Outcome, Turn
from agent.events import Json, What
from agent.inquiries import Kind
from agent.studio import Studio


async def ask(studio: Studio, turn: Turn, *, says: tuple[str, ...]) -> Outcome:
    """Ask which of several messages was meant; nothing is changed."""
    told = tuple(f"  {nth}: {said}" for nth, said in enumerate(says, start=1))
    await open_inquiry(studio, turn, Kind.READINGS, says=list(says))
    return Outcome(lines=("Which do you mean? Nothing is changed yet. Answer with the number.", *told))


async def open_inquiry(studio: Studio, turn: Turn, kind: Kind, **question: Json) -> None:
    """Keep what was asked, and tell it."""
    inquiry_id = await studio.store.inquire(turn.conversation_id, kind=kind.value, question=question)
    told: Mapping[str, Json] = {"inquiry_id": inquiry_id, "kind": kind.value}
    await studio.store.tell(
        What.INQUIRY, told, project_id=turn.project_id, conversation_id=turn.conversation_id, turn_id=turn.id
    )
