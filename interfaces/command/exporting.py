"""``countersteer export``: the film for a wall, for the edit, for a record; each file whole or not at all."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import anyio.to_thread
from rich.console import Console

from agent.film import Project
from agent.studio import Studio
from interfaces.command.terminal import console, count, write
from interfaces.contact.gathering import gather
from interfaces.export import bundle, edl, record, selects, timeline, whole
from interfaces.export.catalogue import SHEETS
from interfaces.export.selects import Cut
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import open_house


async def contact_sheet(settings: Settings, name: str | None, out: Path, *, replace: bool) -> None:
    """HTML, PNG and PDF into a folder."""
    for sheet in SHEETS:
        whole.refuse_taken(out / sheet, replace=replace)
    async with open_house(settings) as house:
        project = await house.project(name)
        await write_contact_sheet(house.studio, project.id, out, out=console(), replace=replace)


async def write_contact_sheet(
    studio: Studio, project_id: str, folder: Path, *, out: Console, replace: bool = True
) -> None:
    """Every form of the sheet.

    Raises:
        ExportError: The folder cannot be written.
    """
    with out.status("drawing the contact sheet"):
        film = await gather(studio, project_id)
        for name, draw in SHEETS.items():
            data = await anyio.to_thread.run_sync(draw, film)
            await anyio.to_thread.run_sync(partial(whole.write, folder / name, data, replace=replace))
    write(out, f"Contact sheet: {', '.join(str(folder / name) for name in SHEETS)}")


async def cut_list(settings: Settings, name: str | None, file: Path, *, replace: bool) -> None:
    """The selected takes as a CMX 3600 edit decision list."""
    await _cut(settings, name, file, edl.text, replace=replace)


async def time_line(settings: Settings, name: str | None, file: Path, *, replace: bool) -> None:
    """The selected takes as an OpenTimelineIO timeline."""
    await _cut(settings, name, file, timeline.text, replace=replace)


async def clips(settings: Settings, name: str | None, file: Path, *, all_takes: bool, replace: bool) -> None:
    """The clips with names that sort, in one zip with their manifest and the timeline."""
    whole.refuse_taken(file, replace=replace)
    async with open_house(settings) as house:
        project = await house.project(name)
        cut = await selects.gather(house.studio, project)
        takes = await selects.takes(house.studio, project) if all_takes else cut.selects

        def pack() -> None:
            with whole.opened(file, replace=replace) as out:
                bundle.write(out, cut, takes, path=house.studio.clips.path)

        await anyio.to_thread.run_sync(pack)
    _tell(cut, f"{file} holds {count(len(takes), 'clip')} of {project.name}.")


async def whole_record(settings: Settings, name: str | None, file: Path, *, replace: bool) -> None:
    """Everything that is stored of a film, as JSON."""
    whole.refuse_taken(file, replace=replace)
    async with open_house(settings) as house:
        project = await house.project(name)
        data = await record.as_json(house.studio, project)
    await anyio.to_thread.run_sync(partial(whole.write, file, data, replace=replace))
    write(console(), f"The record of {project.name} is in {file}.")


async def _cut(settings: Settings, name: str | None, file: Path, draw: Callable[[Cut], str], *, replace: bool) -> None:
    whole.refuse_taken(file, replace=replace)
    async with open_house(settings) as house:
        project: Project = await house.project(name)
        cut = await selects.gather(house.studio, project)
    await anyio.to_thread.run_sync(partial(whole.write, file, draw(cut).encode(), replace=replace))
    _tell(
        cut, f"{file} holds {count(len(cut.selects), 'take')} of {project.name}, at {cut.rate:.5g} frames per second."
    )


def _tell(cut: Cut, done: str) -> None:
    write(console(), done)
    for sentence in cut.told:
        write(console(), Line(text=sentence, tone=Tone.OPEN))
