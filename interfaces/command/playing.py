"""``countersteer script FILE``: one script with its transcript, and the reports of what was played."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import anyio
from rich.console import Console

from agent.errors import CountersteerError
from agent.money import usd
from interfaces.command.exporting import write_contact_sheet
from interfaces.command.terminal import console, progress, write
from interfaces.command.under_way import UnderWay
from interfaces.export import whole
from interfaces.script import http_door, reading, reports, results
from interfaces.script.desk_door import DeskDoor
from interfaces.script.doors import Door
from interfaces.script.form import Script
from interfaces.script.results import End, Missed, Ran
from interfaces.script.running import run
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.times import now_us
from interfaces.wiring import House, Parts, open_house
from tools.sandbox.faultplan import FaultPlan

DONE, FAILED = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How scripts are played.

    Attributes:
        given: Values for the scripts' variables.
        junit: Where a report for a build server goes; ``json`` one for other programs.
        address: A served house to play in, over HTTP.
        jobs: How many scripts are played at the same time.
        keep: Folder for the houses of several scripts; without one they are thrown away.
    """

    given: Mapping[str, str] = field(default_factory=dict[str, str])
    junit: Path | None = None
    json: Path | None = None
    address: str = ""
    jobs: int = 1
    keep: Path | None = None


def fixtures(script: Script) -> Parts:
    """What a script asks of the sandbox."""
    return Parts(faults=FaultPlan(script.faults), seed=script.seed)


async def play(
    settings: Settings,
    file: Path,
    *,
    wanted: Wanted | None = None,
    sheet: Path | None = None,
    transcript: Console | None = None,
    parts: Parts | None = None,
) -> int:
    """Play a file and print its transcript; 1 when an expectation was not met or a block was missing.

    Args:
        settings: Where the film is kept.
        file: The script.
        wanted: How it is played.
        sheet: Folder for a contact sheet.
        transcript: Gets every line as well, without what moves on a terminal.
        parts: What takes the place of the script's faults and seed.
    """
    wanted, screen = wanted or Wanted(), console()
    written = reading.read(file, given=wanted.given)

    def say(line: Line) -> None:
        for out in (screen, transcript):
            if out is not None:
                write(out, line)

    ran = results.begin(written)
    async with reported([ran], wanted, say=say), _door(settings, written.script, wanted, parts) as (door, house):
        say(Line(text=written.script.name, tone=Tone.PERSON))
        under_way = UnderWay(now_us=now_us)
        async with progress(screen, under_way):
            await run(door, ran, out=say, watching=under_way.hear)
        _close(ran, say=say)
        if sheet is not None and house is not None:
            await write_contact_sheet(house.studio, ran.film_id, sheet, out=screen)
    return DONE if ran.end is End.PASSED else FAILED


@asynccontextmanager
async def _door(
    settings: Settings, script: Script, wanted: Wanted, parts: Parts | None
) -> AsyncGenerator[tuple[Door, House | None]]:
    """Where one script is played: in the person's own house, or in one that is served."""
    if wanted.address:
        async with http_door.client(wanted.address, settings) as http:
            yield http_door.HttpDoor(http), None
        return
    async with open_house(settings, parts=parts or fixtures(script)) as house:
        yield DeskDoor(house), house


@asynccontextmanager
async def reported(runs: Sequence[Ran], wanted: Wanted, *, say: Callable[[Line], None]) -> AsyncGenerator[None]:
    """Write the reports however it ends; of what was stopped, say what was not run."""
    try:
        yield
    except Exception as error:
        runs[0].error = runs[0].error or sentence(error)
        raise
    finally:
        with anyio.CancelScope(shield=True):
            for line in _unplayed(runs):
                say(line)
            await anyio.to_thread.run_sync(_write, runs, wanted)


def sentence(error: BaseException) -> str:
    """What went wrong, out of the groups that tasks wrap it in."""
    inner: Sequence[BaseException] = getattr(error, "exceptions", ())
    if inner:
        return sentence(inner[0])
    return str(error) if isinstance(error, CountersteerError) else f"an unexpected {type(error).__name__}: {error}"


def tell_missed(missed: Missed, *, say: Callable[[Line], None]) -> None:
    """Where, what, and the difference."""
    for nth, line in enumerate(reports.told(missed).splitlines()):
        say(Line(text=line, tone=Tone.BAD if nth == 0 else Tone.PLAIN))


def spent(ran: Ran) -> str:
    """What a run has cost; sandbox money says so."""
    return f"{usd(ran.spent_micro_usd)}{' (sandbox)' if ran.sandbox else ''}"


def _write(runs: Sequence[Ran], wanted: Wanted) -> None:
    if wanted.junit is not None:
        whole.write(wanted.junit, reports.junit(runs), replace=True)
    if wanted.json is not None:
        whole.write(wanted.json, reports.as_json(runs), replace=True)


def _unplayed(runs: Sequence[Ran]) -> list[Line]:
    told: list[Line] = []
    for ran in runs:
        names = [turn.name for turn in ran.turns if turn.end is End.NOT_RUN]
        if names and not ran.error:
            what = f"not to the end of {', '.join(names)}" if ran.film_id else "nothing of it"
            told.append(Line(text=f"NOT RUN  {ran.written.script.name}: {what}", tone=Tone.OPEN))
    return told


def _close(ran: Ran, *, say: Callable[[Line], None]) -> None:
    say(Line(text=""))
    say(Line(text=f"{ran.written.script.project}: {spent(ran)}, both blocks on {ran.coverage:.0%} of what was sent."))
    for turn in ran.turns:
        if turn.misses:
            say(Line(text=f"NOT MET in {turn.name}, {turn.said}", tone=Tone.BAD))
        for missed in turn.misses:
            tell_missed(missed, say=say)
