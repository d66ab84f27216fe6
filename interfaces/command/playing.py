"""Playing a script from the command line."""

from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from interfaces.command.records import write_contact_sheet
from interfaces.command.terminal import console, cost, progress, write
from interfaces.command.under_way import UnderWay
from interfaces.script import form
from interfaces.script.running import Ran, run
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import Parts, open_house
from tools.sandbox.faultplan import FaultPlan

DONE, FAILED = 0, 1


async def play(
    settings: Settings,
    file: Path,
    *,
    sheet: Path | None = None,
    transcript: Console | None = None,
    parts: Parts | None = None,
) -> int:
    """Play the file and print its transcript; 1 when an expectation was not met or a block was missing.

    Args:
        settings: Where the film is kept.
        file: The script.
        sheet: Folder for a contact sheet.
        transcript: Gets every line as well, without what moves on a terminal.
        parts: What takes the place of the script's faults and seed.
    """
    screen = console()
    script = form.read(file)

    def say(line: Line) -> None:
        for out in (screen, transcript):
            if out is not None:
                write(out, line)

    parts = parts or Parts(faults=FaultPlan(script.faults), seed=script.seed)
    async with open_house(settings, parts=parts) as house:
        say(Line(text=script.name, tone=Tone.PERSON))
        under_way = UnderWay(now_us=house.studio.now_us)
        async with progress(screen, under_way):
            ran = await run(house, script, beside=file.parent, out=say, watching=under_way.hear)
        _close(ran, spent=await cost(house.studio, ran.project.id), say=say)
        if sheet is not None:
            await write_contact_sheet(house.studio, ran.project.id, sheet, out=screen)
    return FAILED if ran.misses or ran.coverage < 1 else DONE


def _close(ran: Ran, *, spent: str, say: Callable[[Line], None]) -> None:
    say(Line(text=""))
    say(Line(text=f"{ran.project.name}: {spent}, both blocks on {ran.coverage:.0%} of what was sent."))
    for miss in ran.misses:
        say(Line(text=f"NOT MET in turn {miss.turn}: {miss.sentence}", tone=Tone.BAD))
