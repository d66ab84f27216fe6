"""Playing a script from the command line."""

import json
from pathlib import Path

from rich.console import Console

from interfaces.command.records import write_contact_sheet
from interfaces.command.terminal import console, write
from interfaces.script import form
from interfaces.script.running import Ran, run
from interfaces.settings import Settings
from interfaces.wiring import Parts, open_house
from tools.sandbox.faultplan import FaultPlan

FAILED = 1


async def play(settings: Settings, file: Path, *, sheet: Path | None = None, out: Console | None = None) -> int:
    """Play the file and print its transcript; 1 when an expectation was not met or a block was missing."""
    out = out or console()
    played = form.read(file)
    parts = Parts(faults=FaultPlan.from_json(json.dumps(played.faults)), seed=played.seed)
    async with open_house(settings, parts=parts) as house:
        write(out, f"{played.name}")
        ran = await run(house, played, beside=file.parent, out=lambda line: write(out, line))
        if sheet is not None:
            await write_contact_sheet(house.studio, ran.project.id, sheet, out=out)
    return _close(out, ran)


def _close(out: Console, ran: Ran) -> int:
    write(out, f"\nBoth blocks on {ran.coverage:.0%} of what was sent.")
    for miss in ran.misses:
        write(out, f"NOT MET in turn {miss.turn}: {miss.sentence}")
    return FAILED if ran.misses or ran.coverage < 1 else 0
