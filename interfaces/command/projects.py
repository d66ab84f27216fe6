"""``countersteer project``: the film's own settings."""

from agent.acting.finding import stale_takes
from agent.errors import BadSheetError, CountersteerError
from agent.money import usd
from agent.studio import Studio
from interfaces.command import images
from interfaces.command.terminal import console, cost, count, write
from interfaces.settings import Settings
from interfaces.wiring import new_project, open_house
from prompts import pasted
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.lint import lint_entries
from prompts.normal import clean

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


async def set_style(settings: Settings, name: str | None, text: str | None, *, motion: str | None = None) -> None:
    """A new version of the style block, its motion text or both, shown with the old one."""
    if text is None and motion is None:
        raise BadSheetError("say what to change: the whole block, or its motion text with --motion TEXT")
    short = clean(motion or "")
    async with open_house(settings) as house:
        project = await house.project(name)
        store = house.studio.store
        old = await store.style(project.id)
        wanted = old.text if text is None else text
        kept = old.motion if motion is None else short.text
        new = await store.put_style(project.id, wanted, motion=kept, by=BY, why="project style", seen=old.version)
        for line in _style_change(old, new):
            write(console(), line)
        if short.strays:
            write(console(), f"note: the motion text held {short.report}; they were left out")
        stale = [str(shot.number) for shot, _ in await stale_takes(house.studio, project.id)]
        if stale:
            write(console(), f"Stale now, but kept and usable: shots {', '.join(stale)}")


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


async def _show(studio: Studio, project_id: str) -> None:
    project, out = await studio.store.project(project_id), console()
    style, negative = await studio.store.style(project_id), await studio.store.negative(project_id)
    write(out, f"{project.name}: {project.ratio}, {project.seconds:g} s per shot")
    write(out, f"style (version {style.version}): {style.text}")
    if style.motion:
        write(out, f"motion text, for shots from a first frame where the vendor advises it: {style.motion}")
    write(out, f"negatives (version {negative.version}):")
    for line in _layers(negative):
        write(out, line)
    for remark in lint_entries([term.text for term in negative.terms]):
        write(out, f"note: {remark.sentence}")
    for reference, image in await studio.store.references(project_id):
        write(out, images.told(reference, image))
    ceilings = project.ceilings
    write(
        out,
        f"ceilings: {ceilings.takes_per_shot} takes and {usd(ceilings.shot_micro_usd)} per shot, "
        f"{usd(ceilings.project_micro_usd)} for the film; asks above {usd(ceilings.ask_above_micro_usd)} per take",
    )


def _layers(block: NegativeBlock) -> tuple[str, ...]:
    layers = (("format", block.format), ("anatomy", block.anatomy), ("quality", block.quality))
    return tuple(f"  {name}: {', '.join(terms)}" for name, terms in layers if terms)


def _style_change(old: StyleBlock, new: StyleBlock) -> tuple[str, ...]:
    """What changed of the block and of its motion text."""
    parts = ((old.text, new.text), (old.motion and f"motion: {old.motion}", new.motion and f"motion: {new.motion}"))
    changed = [(before, after) for before, after in parts if before != after]
    lines = [f"{sign} {text}" for pair in changed for sign, text in zip("-+", pair, strict=True) if text]
    return (f"Style block, version {new.version}:", *lines)
