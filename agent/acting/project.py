"""Changes to the blocks of the film, shown as what changed; takes are never redone."""

from pydantic import TypeAdapter

from agent.acting import asking_back, finding, permitting
from agent.acting.outcome import Outcome, Turn
from agent.events import Json, What
from agent.inquiries import Inquiry, Kind
from agent.intents import ChangeNegatives, ChangeStyle
from agent.money import usd
from agent.people import Right
from agent.standing import ClearNegatives, ReplaceNegatives
from agent.studio import Studio
from prompts import defaults
from prompts.blocks import Layer, NegativeBlock
from prompts.terms import canonical, layer

_BLOCKS = TypeAdapter(NegativeBlock)
WHY = "asked for in the conversation"


async def change_style(studio: Studio, turn: Turn, intent: ChangeStyle) -> Outcome:
    """A new version of the style block; the old one stays in the history."""
    by = await permitting.permit(studio, turn, Right.BLOCKS)
    old = await studio.store.style(turn.project_id)
    if old.text == intent.text.strip():
        return Outcome(lines=("The style block says exactly that already.",))
    new = await studio.store.put_style(
        turn.project_id,
        intent.text.strip(),
        by=by,
        why=WHY,
        seen=old.version,
        cause=turn.cause,
    )
    await tell(studio, turn, What.BLOCK, block="style", version=new.version, diff=[f"- {old.text}", f"+ {new.text}"])
    lines = [f"Style block, version {new.version}:", f"- {old.text}", f"+ {new.text}"]
    if new.motion:
        lines.append(f"Its motion text stays as it is: {new.motion}")
    return Outcome(lines=(*lines, *await stale(studio, turn)))


async def change_negatives(studio: Studio, turn: Turn, intent: ChangeNegatives) -> Outcome:
    """A new version of the negative block with terms added or removed."""
    by = await permitting.permit(studio, turn, Right.BLOCKS)
    old = await studio.store.negative(turn.project_id)
    changed, diff = edit(old, add=intent.add, remove=intent.remove, into=intent.layer)
    if not diff:
        return Outcome(lines=("The negative block already stands like that; nothing was changed.",))
    new = await studio.store.put_negative(turn.project_id, changed, by=by, why=WHY, seen=old.version, cause=turn.cause)
    lines: list[Json] = list(diff)
    await tell(studio, turn, What.BLOCK, block="negative", version=new.version, diff=lines)
    return Outcome(lines=(f"Negative block, version {new.version}:", *diff, *await stale(studio, turn)))


async def replace_negatives(studio: Studio, turn: Turn, intent: ReplaceNegatives) -> Outcome:
    """Show what another block in the place of this one would mean, and ask."""
    old = await studio.store.negative(turn.project_id)
    kept = {_key(term) for term in intent.terms}
    gone = tuple(term.text for term in old.terms if _key(term.text) not in kept)
    wanted, diff = edit(old, add=intent.terms, remove=gone, into=None)
    if not diff:
        return Outcome(lines=("The negative block is exactly that already; nothing was changed.",))
    head = f"This would replace the negative block (version {old.version}) for every shot from now on:"
    return await _confirm(studio, turn, wanted, (head, *diff), seen=old.version)


async def clear_negatives(studio: Studio, turn: Turn, intent: ClearNegatives) -> Outcome:
    """Say why no block is ever empty, and ask whether the stated default shall stand instead."""
    old = await studio.store.negative(turn.project_id)
    standing = defaults.negative()
    head = (
        f"The negative block cannot be emptied: every prompt carries one, and its {len(old.terms)} terms would no "
        "longer be sent or inspected. What can be done is to put the default block in its place:"
    )
    return await _confirm(
        studio, turn, standing, (head, ", ".join(each.text for each in standing.terms)), seen=old.version
    )


async def confirmed(studio: Studio, turn: Turn, inquiry: Inquiry) -> Outcome:
    """Store the block that was asked about, unless it was changed since."""
    by = await permitting.permit(studio, turn, Right.BLOCKS)
    question = inquiry.question
    block = _BLOCKS.validate_python({layer.value: question[layer.value] for layer in Layer} | {"version": 1})
    seen = question["seen"]
    assert isinstance(seen, int)
    new = await studio.store.put_negative(turn.project_id, block, by=by, why=WHY, seen=seen, cause=turn.cause)
    await tell(studio, turn, What.BLOCK, block="negative", version=new.version, diff=[])
    words = ", ".join(term.text for term in new.terms)
    return Outcome(lines=(f"Negative block, version {new.version}: {words}", *await stale(studio, turn)))


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


async def stale(studio: Studio, turn: Turn) -> tuple[str, ...]:
    """Tell which circled takes a change of a block has made stale, and about what taking them again would cost."""
    found = await finding.stale_takes(studio, turn.project_id)
    if not found:
        return ()
    ids: list[Json] = [take.id for _, take in found]
    await tell(studio, turn, What.STALE, takes=ids)
    price = usd(sum(take.cost_micro_usd for _, take in found))
    numbers = ", ".join(str(shot.number) for shot, _ in found)
    return (f"Stale now, but kept and usable: shots {numbers}. Taking them again would cost about {price}.",)


async def tell(studio: Studio, turn: Turn, what: What, **data: Json) -> None:
    """Tell what happened to the film, in the turn's conversation."""
    await studio.store.tell(
        what, data, project_id=turn.project_id, conversation_id=turn.conversation_id, turn_id=turn.id
    )


async def _confirm(studio: Studio, turn: Turn, block: NegativeBlock, told: tuple[str, ...], *, seen: int) -> Outcome:
    layers: dict[str, Json] = {
        "format": list(block.format),
        "anatomy": list(block.anatomy),
        "quality": list(block.quality),
    }
    await asking_back.open_inquiry(studio, turn, Kind.NEGATIVES, **layers, seen=seen)
    return Outcome(lines=(*told, "Are you sure? Say yes to confirm; nothing is changed yet."))


def _key(text: str) -> str:
    return canonical(text) or text.casefold().strip()
