"""``countersteer doctor``: whether what is kept is whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import anyio.to_thread

from agent.errors import StoreError
from interfaces.command.terminal import console, count, write
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import DATABASE, House, open_house

DONE, FAILED = 0, 1


async def doctor(settings: Settings) -> int:
    """Look at the database's own structure, then at every clip against the hash it came with; 1 where one is bad."""
    out = console()
    complaint = await anyio.to_thread.run_sync(_structure, settings.folder / DATABASE)
    if complaint:
        raise StoreError(f"{settings.folder / DATABASE} is damaged ({complaint}); put a backup in its place")
    async with open_house(settings) as house:
        bad = await _bad_clips(house)
        takes = len(await house.studio.store.takes())
    for line in bad:
        write(out, Line(text=line, tone=Tone.BAD))
    write(out, f"{settings.folder}: the database is whole, {takes - len(bad)} of {count(takes, 'clip')} as they came.")
    return FAILED if bad else DONE


async def _bad_clips(house: House) -> list[str]:
    """The clips that are gone or no longer what was stored, in a sentence each."""
    studio = house.studio
    names = {project.id: project.name for project in await studio.store.projects()}
    bad: list[str] = []
    for take in await studio.store.takes():
        if not await studio.clips.verify(take.clip, sha256=take.sha256):
            number = (await studio.store.shot(take.shot_id)).number
            film = names[take.project_id]
            bad.append(
                f"{film}, shot {number}, take {take.number}: {take.clip} is gone or changed; restore it or retake"
            )
    return bad


def _structure(file: Path) -> str:
    """What SQLite has to complain about; empty where the file is whole or not there yet."""
    if not file.exists():
        return ""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if answer == "ok" else str(answer)
