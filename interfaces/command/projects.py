"""``countersteer project``: the film's own settings."""

from pathlib import Path

import anyio

from agent.errors import BadSheetError, CountersteerError
from agent.money import usd
from agent.studio import Studio
from interfaces.command.terminal import console, cost, count, write
from interfaces.references import add_reference
from interfaces.settings import Settings
from interfaces.wiring import new_project, open_house
from prompts import pasted
from prompts.blocks import NegativeBlock
from prompts.lint import lint_entries
from prompts.normal import clean
from prompts.references import Dimension

BY = "owner"


async def show_all(settings: Settings) -> None:
    """One line per film."""
    async with open_house(settings) as house:
        known = await house.studio.store.projects()
        for project in known:
            shots = count(len(await house.studio.store.shots(project.id)), "shot")
            write(console(), f"{project.name}: {shots}, {await cost(house.studio, project.id)}")
        if not known:
            write(console(), "No films yet; make one with: countersteer project new NAME")


async def create(settings: Settings, name: str) -> None:
    """A new film; a name that is taken, or has nothing to read in it, is refused."""
    name = clean(name).text
    if not name:
        raise BadSheetError("a film needs a name; give it one that can be read")
    async with open_house(settings) as house:
        if name in {project.name for project in await house.studio.store.projects()}:
            raise CountersteerError(f"there is a film {name!r} already; choose another name")
        project = await new_project(house.studio.store, name)
        await _show(house.studio, project.id)


async def show(settings: Settings, name: str | None) -> None:
    """Everything stored about a film but its shots."""
    async with open_house(settings) as house:
        await _show(house.studio, (await house.project(name)).id)


async def set_style(settings: Settings, name: str | None, text: str) -> None:
    """A new version of the style block, shown with the old one."""
    async with open_house(settings) as house:
        project = await house.project(name)
        old = await house.studio.store.style(project.id)
        new = await house.studio.store.put_style(project.id, text, by=BY, why="project style", seen=old.version)
        for line in (f"Style block, version {new.version}:", f"- {old.text}", f"+ {new.text}"):
            write(console(), line)


async def set_negative(settings: Settings, name: str | None, text: str) -> None:
    """A new version of the negative block from a pasted list."""
    async with open_house(settings) as house:
        project = await house.project(name)
        old = await house.studio.store.negative(project.id)
        read = pasted.read(text)
        block = read.block(version=old.version + 1)
        new = await house.studio.store.put_negative(project.id, block, by=BY, why="project negative", seen=old.version)
        for remark in read.remarks:
            write(console(), f"note: {remark.sentence}")
        write(console(), f"Negative block, version {new.version}:")
        for line in _layers(new):
            write(console(), line)


async def add_image(settings: Settings, name: str | None, file: Path, *, label: str, use: str, ignore: str) -> None:
    """A reference image from a file."""
    try:
        data = await anyio.Path(file).read_bytes()
    except OSError as error:
        raise BadSheetError(f"{file} cannot be read ({error.strerror}); name an image file") from error
    async with open_house(settings) as house:
        project = await house.project(name)
        reference = await add_reference(
            house.studio,
            project.id,
            data=data,
            label=label,
            use=_dimensions(use),
            ignore=_dimensions(ignore),
            note=file.name,
        )
        write(console(), f"Reference {reference.label} is stored; name it in a request: use ref {reference.label} ...")


async def _show(studio: Studio, project_id: str) -> None:
    project, out = await studio.store.project(project_id), console()
    style, negative = await studio.store.style(project_id), await studio.store.negative(project_id)
    write(out, f"{project.name}: {project.ratio}, {project.seconds:g} s per shot")
    write(out, f"style (version {style.version}): {style.text}")
    write(out, f"negatives (version {negative.version}):")
    for line in _layers(negative):
        write(out, line)
    for remark in lint_entries([term.text for term in negative.terms]):
        write(out, f"note: {remark.sentence}")
    for reference, _ in await studio.store.references(project_id):
        used, ignored = ", ".join(reference.use) or "everything", ", ".join(reference.ignore) or "nothing"
        write(out, f"reference {reference.label}: use {used}; ignore {ignored}")
    ceilings = project.ceilings
    write(
        out,
        f"ceilings: {ceilings.takes_per_shot} takes and {usd(ceilings.shot_micro_usd)} per shot, "
        f"{usd(ceilings.project_micro_usd)} for the film; asks above {usd(ceilings.ask_above_micro_usd)} per take",
    )


def _layers(block: NegativeBlock) -> tuple[str, ...]:
    layers = (("format", block.format), ("anatomy", block.anatomy), ("quality", block.quality))
    return tuple(f"  {name}: {', '.join(terms)}" for name, terms in layers if terms)


def _dimensions(text: str) -> tuple[Dimension, ...]:
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    known = [dimension.value for dimension in Dimension]
    strangers = [name for name in names if name not in known]
    if strangers:
        raise BadSheetError(f"{', '.join(strangers)}: no such dimension; there is {', '.join(known)}")
    return tuple(Dimension(name) for name in names)
