"""``countersteer script --dry-run`` and ``record``: what scripts would cost, and conversations written as scripts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import anyio
import anyio.to_thread
import typer

from agent.acting import pricing as quoting
from agent.errors import CountersteerError, NotFoundError
from agent.money import usd
from agent.talks import Talk
from interfaces.command import playing
from interfaces.command.terminal import console, count, write
from interfaces.export import whole
from interfaces.script import pricing, reading, recording
from interfaces.script.reading import Written
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import House, open_house


def values(given: Sequence[str]) -> Mapping[str, str]:
    """Variables as they are said on the command line.

    Raises:
        CountersteerError: One is no NAME=VALUE.
    """
    pairs = [pair.partition("=") for pair in given]
    if bad := [name for name, sign, _ in pairs if not sign or not name]:
        raise CountersteerError(f"--set {bad[0]}: write it as NAME=VALUE")
    return {name: value for name, _, value in pairs}


def refuse_for_several(*, sheet: Path | None, address: str) -> None:
    """Say what makes sense for one script only.

    Raises:
        BadParameter: It was asked for.
    """
    if sheet is not None or address:
        raise typer.BadParameter("several scripts have houses of their own; leave --sheet and --at to a single one")


async def price(settings: Settings, files: Sequence[Path], *, given: Mapping[str, str]) -> None:
    """What first takes of every shot would cost, per shot and together; nothing is sent to any vendor."""
    written = [reading.read(file, given=given) for file in files]
    total = sum([await _price(settings, each) for each in written])
    if len(written) > 1:
        write(console(), f"{count(len(written), 'script')}: {usd(total)}. Nothing was sent.")


async def record(settings: Settings, name: str, file: Path, *, replace: bool) -> None:
    """A conversation as a script that plays again, with its pictures beside it."""
    whole.refuse_taken(file, replace=replace)
    async with open_house(settings) as house:
        talk = await _talk(house, name)
        recorded = await recording.record(house.studio, talk, folder=f"{file.stem}-references", seed=_seed(settings))
        await anyio.to_thread.run_sync(lambda: recording.write(recorded, file, replace=replace))
        write(console(), f"{count(recorded.turns, 'turn')} are in {file}. Play it: countersteer script {file}")
        for sentence in recorded.told:
            write(console(), Line(text=sentence, tone=Tone.OPEN))


async def _price(settings: Settings, written: Written) -> int:
    out = console()
    async with anyio.TemporaryDirectory(prefix="countersteer-") as folder:
        own = settings.model_copy(update={"folder": Path(folder)})
        async with open_house(own, parts=playing.fixtures(written.script)) as house:
            write(out, Line(text=written.script.name, tone=Tone.PERSON))
            quotes = await pricing.quotes(house, written, tell=lambda sentence: write(out, sentence))
    for quote in quotes:
        write(out, f"  {quote}")
    total = quoting.total(quotes)
    write(out, f"{count(len(quotes), 'shot')}: {usd(total)}. Nothing was sent.")
    return total


async def _talk(house: House, name: str) -> Talk:
    """The conversation of that id, or a film's latest."""
    store = house.studio.store
    try:
        return await store.conversation(name)
    except NotFoundError:
        project = await house.project(name)
    talks = await store.talks(project.id)
    if not talks:
        raise CountersteerError(f"nothing was said about {project.name} yet, so there is nothing to record")
    return talks[-1]


def _seed(settings: Settings) -> int | None:
    """What the sandbox drew by, where it was one."""
    return None if settings.live else settings.sandbox_seed
