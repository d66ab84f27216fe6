"""How far a batch is, in one message of its thread that changes."""

from collections.abc import Iterable

from agent import batches
from agent.events import Event, What
from agent.studio import Studio
from agent.threads import Posted
from interfaces.slack import kit, progress
from interfaces.slack.posting import Piece
from interfaces.slack.wording import escaped

MOVES = frozenset({*progress.STANDS, What.SETTING, What.PICK}) - {What.PROGRESS, What.ACCEPTED}
"""After these it shows something else."""

_PREFIX = "batch:"


def key(event: Event) -> str:
    """What the message of a batch is called within its thread, by the event that it began with."""
    return f"{_PREFIX}{event.number}"


def is_of_one(post: Posted) -> bool:
    """Whether a message shows a batch."""
    return post.key.startswith(_PREFIX)


def latest(living: Iterable[Posted]) -> Posted | None:
    """The message of the thread's last batch; those of earlier ones stay as they were left."""
    mine = [post for post in living if is_of_one(post)]
    return max(mine, key=lambda post: int(post.key.removeprefix(_PREFIX)), default=None)


async def piece(studio: Studio, project_id: str, *, key: str) -> Piece | None:
    """The message as it is now; ``None`` where the film has no batch any more."""
    batch = await batches.latest(studio, project_id)
    if batch is None:
        return None
    text = f"*Batch*  {escaped(batch.line)}"
    return Piece(key=key, text=text, blocks=tuple(kit.section(text)), about=key, living=True)
