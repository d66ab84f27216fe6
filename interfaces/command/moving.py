"""``countersteer move``: a whole house from one database to another, and back."""

import anyio
from pydantic import SecretStr

from agent.errors import CountersteerError
from interfaces.command.terminal import console, count, write
from interfaces.settings import PREFIX, Settings
from interfaces.story import Line, Tone
from interfaces.wiring import open_house, rows_of
from memory import address, checkpoints, moving

FOLDER = "folder"
"""What a person writes for the file in the data folder."""


async def move(settings: Settings, to: str) -> None:
    """Move all films; the database they were in is closed to all programs, and says where to look.

    Raises:
        StoreError: Something runs, the goal has films of its own, or a row would not come out the same; nothing was
            moved.
    """
    there = settings.model_copy(update={"database_url": None if to == FOLDER else SecretStr(to)})
    source, goal = rows_of(settings), rows_of(there)
    file = address.file_of(address.parse(source))
    if address.parse(source) == address.parse(goal):
        raise CountersteerError("the films are there already; nothing was moved; name another database with --to")
    if file and not await anyio.Path(file).exists():
        raise CountersteerError(f"there are no films at {file}; nothing was moved; set {PREFIX}DATABASE_URL or _FOLDER")
    out = console()
    runs = await checkpoints.copy(source, goal)
    rows = await moving.move(source, goal)
    name = address.named(address.parse(goal))
    write(out, f"{count(rows, 'row')} moved to {name} and compared one by one, with {count(runs, 'paused run')}.")
    await _tell_clips(there)
    where = f"set {PREFIX}DATABASE_URL to it" if there.database_url else f"take {PREFIX}DATABASE_URL away"
    write(out, f"From now on {where}. What is at the old place is closed to every program and may be kept as a backup.")


async def _tell_clips(settings: Settings) -> None:
    """Clips stay where they are; whether each is what its row says."""
    out = console()
    async with open_house(settings) as house:
        takes = await house.studio.store.takes()
        bad = [take for take in takes if not await house.studio.clips.verify(take.clip, sha256=take.sha256)]
    write(out, f"{len(takes) - len(bad)} of {count(len(takes), 'clip')} are where they were, as they came.")
    for take in bad:
        write(out, Line(text=f"{take.clip} is gone or changed, and was before the move; restore it.", tone=Tone.BAD))
