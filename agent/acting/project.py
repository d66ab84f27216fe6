"""Changes to the whole film: style, negatives, budget, routing rules. Shown as what changed; takes are never redone."""

from dataclasses import replace

from agent.acting.outcome import Outcome, Turn
from agent.events import Json, What
from agent.film import Shot, ShotStatus, Take
from agent.intents import ChangeNegatives, ChangeStyle, SetBudget, SetRouting
from agent.money import usd
from agent.studio import Studio
from prompts.blocks import Layer, NegativeBlock
from prompts.terms import canonical, layer


async def change_style(studio: Studio, turn: Turn, intent: ChangeStyle) -> Outcome:
    """A new version of the style block; the old one stays in the history."""
    old = await studio.store.style(turn.project_id)
    if old.text == intent.text.strip():
        return Outcome(lines=("The style block says exactly that already.",))
    new = await studio.store.put_style(
        turn.project_id, intent.text.strip(), by="owner", why="asked for in the conversation", seen=old.version
    )
    await _tell(studio, turn, What.BLOCK, block="style", version=new.version, diff=[f"- {old.text}", f"+ {new.text}"])
    lines = [f"Style block, version {new.version}:", f"- {old.text}", f"+ {new.text}"]
    if new.motion:
        lines.append(f"Its motion text stays as it is: {new.motion}")
    return Outcome(lines=(*lines, *await _stale(studio, turn)))


async def change_negatives(studio: Studio, turn: Turn, intent: ChangeNegatives) -> Outcome:
    """A new version of the negative block with terms added or removed."""
    old = await studio.store.negative(turn.project_id)
    changed, diff = edit(old, add=intent.add, remove=intent.remove, into=intent.layer)
    if not diff:
        return Outcome(lines=("The negative block already stands like that; nothing was changed.",))
    new = await studio.store.put_negative(
        turn.project_id, changed, by="owner", why="asked for in the conversation", seen=old.version
    )
    lines: list[Json] = list(diff)
    await _tell(studio, turn, What.BLOCK, block="negative", version=new.version, diff=lines)
    return Outcome(lines=(f"Negative block, version {new.version}:", *diff, *await _stale(studio, turn)))


async def set_budget(studio: Studio, turn: Turn, intent: SetBudget) -> Outcome:
    """Move the film's ceiling; shots it held go on."""
    project = await studio.store.project(turn.project_id)
    ceilings = replace(project.ceilings, project_micro_usd=intent.micro_usd)
    await studio.store.save_project(replace(project, ceilings=ceilings))
    await _tell(studio, turn, What.SETTING, name="budget", value=intent.micro_usd)
    spent = await studio.store.spent_micro_usd(project.id)
    line = f"The budget is {usd(intent.micro_usd)}; {usd(spent)} of it is spent or promised."
    return Outcome(lines=(line,), start=await _let_go(studio, project.id))


async def set_routing(studio: Studio, turn: Turn, intent: SetRouting) -> Outcome:
    """Exclude models or families for the whole film, or allow them again; shots that had no model look again."""
    project = await studio.store.project(turn.project_id)
    allowed = {name.casefold() for name in intent.allow}
    kept = [name for name in project.excluded if name.casefold() not in allowed]
    excluded = tuple(dict.fromkeys((*kept, *intent.exclude)))
    await studio.store.save_project(replace(project, excluded=excluded))
    await _tell(studio, turn, What.SETTING, name="excluded", value=list(excluded))
    rest = f"No shot of this film goes to {', '.join(excluded)}." if excluded else "Every model may be used."
    return Outcome(lines=(rest,), start=await _let_go(studio, project.id))


def edit(
    block: NegativeBlock, *, add: tuple[str, ...], remove: tuple[str, ...], into: Layer | None
) -> tuple[NegativeBlock, tuple[str, ...]]:
    """The block with terms added and removed, and the lines of the difference; nothing is added twice.

    Raises:
        EmptyBlockError: Nothing would be left.
    """
    gone = {_key(term) for term in remove}
    removed = [term for term in block.terms if _key(term.text) in gone]
    kept = [term for term in block.terms if _key(term.text) not in gone]
    known = {_key(term.text) for term in kept}
    added = {_key(text): text for text in add if _key(text) not in known}
    layers = {each: [term.text for term in kept if term.layer is each] for each in Layer}
    for text in added.values():
        layers[into or layer(text)].append(text)
    diff = (*(f"- {term.text}" for term in removed), *(f"+ {text}" for text in added.values()))
    changed = NegativeBlock(
        format=tuple(layers[Layer.FORMAT]),
        anatomy=tuple(layers[Layer.ANATOMY]),
        quality=tuple(layers[Layer.QUALITY]),
        version=block.version + 1,
    )
    return changed, diff


async def stale_takes(studio: Studio, project_id: str) -> tuple[tuple[Shot, Take], ...]:
    """The circled takes whose blocks have a newer version, with their shots. They stay usable."""
    style = await studio.store.style(project_id)
    negative = await studio.store.negative(project_id)
    takes = {take.id: take for take in await studio.store.takes(project_id=project_id)}
    found: list[tuple[Shot, Take]] = []
    for shot in await studio.store.shots(project_id):
        take = takes.get(shot.picked_take_id or "")
        if take and (take.style_version, take.negative_version) != (style.version, negative.version):
            found.append((shot, take))
    return tuple(found)


async def _let_go(studio: Studio, project_id: str) -> tuple[str, ...]:
    """The held shots: what held them may be gone now."""
    held = [shot.id for shot in await studio.store.shots(project_id) if shot.status is ShotStatus.HELD]
    for shot_id in held:
        await studio.store.set_status(shot_id, ShotStatus.OPEN)
    return tuple(held)


async def _stale(studio: Studio, turn: Turn) -> tuple[str, ...]:
    stale = await stale_takes(studio, turn.project_id)
    if not stale:
        return ()
    ids: list[Json] = [take.id for _, take in stale]
    await _tell(studio, turn, What.STALE, takes=ids)
    price = usd(sum(take.cost_micro_usd for _, take in stale))
    numbers = ", ".join(str(shot.number) for shot, _ in stale)
    return (f"Stale now, but kept and usable: shots {numbers}. Taking them again would cost about {price}.",)


async def _tell(studio: Studio, turn: Turn, what: What, **data: Json) -> None:
    await studio.store.tell(
        what, data, project_id=turn.project_id, conversation_id=turn.conversation_id, turn_id=turn.id
    )


def _key(text: str) -> str:
    return canonical(text) or text.casefold().strip()
