"""``countersteer script FILE FILE ...``: several scripts side by side, each in a house of its own."""

import logging
import shutil
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import anyio.to_thread
from rich.console import Console

from agent.errors import CountersteerError
from interfaces.command import playing
from interfaces.command.playing import Wanted, fixtures, sentence, spent, tell_missed
from interfaces.command.terminal import console, count, write
from interfaces.folder import make_folder
from interfaces.script import reading, results
from interfaces.script.desk_door import DeskDoor
from interfaces.script.form import Script
from interfaces.script.results import End, Ran
from interfaces.script.running import run
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import DATABASE, Parts, open_house

DONE, FAILED = 0, 1
SHOWN = 8  # misses of one script among several; the reports hold all

_log = logging.getLogger(__name__)


async def play_all(
    settings: Settings,
    files: Sequence[Path],
    *,
    wanted: Wanted,
    parts: Callable[[Script], Parts] = fixtures,
    out: Console | None = None,
) -> int:
    """Play several files, each in a house of its own; 1 when one of them failed.

    Raises:
        CountersteerError: One cannot be read, or clips that cost money would be thrown away; then none is played.
    """
    if settings.live and wanted.keep is None:
        raise CountersteerError("vendors are configured, so clips cost money; name a folder for them with --keep")
    screen = out or console()
    runs = [results.begin(reading.read(file, given=wanted.given)) for file in files]
    limit = anyio.CapacityLimiter(wanted.jobs)

    async def one(nth: int, ran: Ran, tables: Path) -> None:
        async with limit, _own_folder(wanted.keep, f"{nth:03}-{files[nth - 1].stem}") as folder:
            own = settings.model_copy(update={"folder": folder})
            await _played(own, ran, parts(ran.written.script), tables=tables)
        _tell_one(ran, say=lambda line: write(screen, line))

    async with (
        playing.reported(runs, wanted, say=lambda line: write(screen, line)),
        _tables(settings) as tables,
        anyio.create_task_group() as group,
    ):
        for nth, ran in enumerate(runs, start=1):
            group.start_soon(one, nth, ran, tables)
    failed = sum(ran.end is End.FAILED for ran in runs)
    write(screen, f"{count(len(runs), 'script')}: {len(runs) - failed} passed, {failed} failed.")
    return FAILED if failed else DONE


@asynccontextmanager
async def _own_folder(keep: Path | None, name: str) -> AsyncGenerator[Path]:
    """A folder for one house: below the one that is kept, or one that is thrown away."""
    if keep is not None:
        yield keep / name
        return
    async with anyio.TemporaryDirectory(prefix="countersteer-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@asynccontextmanager
async def _tables(settings: Settings) -> AsyncGenerator[Path]:
    """A database that nothing was written to: making one takes longer than most scripts, and copying it nothing."""
    async with anyio.TemporaryDirectory(prefix="countersteer-") as folder:
        async with open_house(settings.model_copy(update={"folder": Path(folder)})):
            pass
        yield Path(folder) / DATABASE


def _lay(tables: Path, folder: Path) -> None:
    """Put them into a folder, unless there are films already."""
    make_folder(folder)
    if not (folder / DATABASE).exists():
        shutil.copyfile(tables, folder / DATABASE)


async def _played(settings: Settings, ran: Ran, parts: Parts, *, tables: Path) -> None:
    """Play one among several; what keeps it from being played is its own failure and no other's."""
    try:
        await anyio.to_thread.run_sync(_lay, tables, settings.folder)
        async with open_house(settings, parts=parts) as house:
            await run(DeskDoor(house), ran, out=lambda line: None)
    except Exception as error:
        if not isinstance(error, CountersteerError):
            _log.exception("script %s stopped", ran.written.script.name)
        ran.error = sentence(error)


def _tell_one(ran: Ran, *, say: Callable[[Line], None]) -> None:
    failed = ran.end is End.FAILED
    head = f"{ran.end.upper():<7}  {ran.written.script.name}: {count(len(ran.turns), 'turn')}, {spent(ran)}"
    say(Line(text=head, tone=Tone.BAD if failed else Tone.GOOD))
    if ran.error:
        say(Line(text=f"    {ran.error}", tone=Tone.BAD))
    for missed in ran.misses[:SHOWN]:
        tell_missed(missed, say=say)
