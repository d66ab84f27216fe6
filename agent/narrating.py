"""Telling what happens to a shot, in its own conversation."""

from agent.events import Event, Json, What
from agent.film import Shot
from agent.studio import Studio


async def tell(studio: Studio, shot: Shot, what: What, **data: Json) -> Event:
    """Store one event of a shot; its number rises within the store."""
    return await studio.store.tell(
        what, data, project_id=shot.project_id, conversation_id=shot.conversation_id, shot_id=shot.id
    )
