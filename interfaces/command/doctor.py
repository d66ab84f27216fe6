"""``countersteer doctor``: whether all that must hold of a folder of films does, and what to do where it does not."""

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import anyio.to_thread

from agent.errors import StoreError
from interfaces.command.terminal import console, count, write
from interfaces.doctor import files, ledgers, patient, rounds, times
from interfaces.doctor.patient import Patient, Weight
from interfaces.doctor.rounds import Held
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import DATABASE, clips_of, open_house

DONE, FAILED = 0, 1
_TONES = {Weight.BROKEN: Tone.BAD, Weight.MENDABLE: Tone.OPEN, Weight.OPEN: Tone.OPEN}


async def doctor(settings: Settings, *, repair: bool = False, as_json: bool = False) -> int:
    """Look at the database's own structure, then at everything that must hold; 1 where something does not.

    Raises:
        StoreError: The database itself is damaged.
    """
    before = files.listed(clips_of(settings))  # opening the films removes what is left half-written
    complaint = await anyio.to_thread.run_sync(_structure, settings.folder / DATABASE)
    if complaint:
        raise StoreError(f"{settings.folder / DATABASE} is damaged ({complaint}); put a backup in its place")
    async with open_house(settings) as house:
        billed = ledgers.of_folder(settings)  # before the rows: what is accepted meanwhile is then in neither
        examined = Patient(
            studio=house.studio,
            films=await patient.films(house.studio),
            files=before,
            billed=billed,
            environment=frozenset(os.environ),
        )
        held = await rounds.examine(examined)
        mended = await times.look_now(examined) + len(before.half_written) if repair else 0
    (_tell_json if as_json else _tell)(settings.folder, held, mended)
    return FAILED if any(each.broken for each in held) else DONE


def _tell(folder: Path, held: Sequence[Held], mended: int) -> None:
    out = console()
    for each in held:
        mark, tone = ("no ", Tone.BAD) if each.broken else ("yes", Tone.PLAIN)
        write(out, Line(text=f"{mark}  {each.sentence}.", tone=tone))
        for complaint in each.complaints:
            write(out, Line(text=f"       {complaint.weight}: {complaint}.", tone=_TONES[complaint.weight]))
    broken = sum(len(each.broken) for each in held)
    told = f"{count(broken, 'thing')} must be put right" if broken else "all that must hold does"
    write(out, f"{folder}: the database is whole; {told}.")
    if mended:
        write(out, f"{count(mended, 'thing was', 'things were')} put right.")


def _tell_json(folder: Path, held: Sequence[Held], mended: int) -> None:
    checks = [
        {"holds": not each.broken, "sentence": each.sentence, "complaints": [asdict(one) for one in each.complaints]}
        for each in held
    ]
    console().print_json(json.dumps({"folder": str(folder), "checks": checks, "mended": mended}))


def _structure(file: Path) -> str:
    """What SQLite has to complain about; empty where the file is whole or not there yet."""
    if not file.exists():
        return ""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    if astray:
        return f"a row of {astray[0]} points at nothing"
    return "" if answer == "ok" else str(answer)
