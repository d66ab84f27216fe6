"""Telling what happens to a shot, in its own conversation."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from agent.events import Event, Json, What
from agent.film import Shot, ShotStatus
from agent.studio import Studio

R = TypeVar("R")


async def do_and_tell(
    studio: Studio, shot: Shot, deed: Callable[[], Awaitable[R]], what: What, *, durable: bool = False, **data: Json
) -> R:
    """Change rows and tell of it in one transaction, so that neither is ever without the other; what the deed gives."""

    async def both() -> R:
        done = await deed()
        await tell(studio, shot, what, **data)
        return done

    return await studio.store.together(both, durable=durable)


async def ask(
    studio: Studio, shot: Shot, question: Mapping[str, Json], *, kind: str, status: ShotStatus, because: str = ""
) -> str:
    """Let a shot rest on a question to the person, which is told in the same transaction; the question's id."""

    async def rest() -> str:
        await studio.store.set_status(shot.id, status, because=because)
        decision_id = await studio.store.ask(shot, kind=kind, question=question)
        await tell(studio, shot, What.ASK, kind=kind, decision_id=decision_id, **question)
        return decision_id

    return await studio.store.together(rest)


async def tell(studio: Studio, shot: Shot, what: What, **data: Json) -> Event:
    """Store one event of a shot; its number rises within the store."""
    return await studio.store.tell(
        what, data, project_id=shot.project_id, conversation_id=shot.conversation_id, shot_id=shot.id
    )
