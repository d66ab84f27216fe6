"""The prompt card: what would leave for a shot, marked, with its model, why, and price, before anything is spent."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.acting import pricing
from agent.composing import compose
from agent.film import Route, Shot, ShotStatus
from agent.policy.choice import Choice
from agent.stills import stills
from agent.studio import Studio
from agent.writing import Written, write
from interfaces.page import marking
from interfaces.page.marking import Leaf
from prompts.prompt import Prompt
from prompts.sheet import PARTS, Sheet

ASKS = (ShotStatus.APPROVAL, ShotStatus.UNKNOWN, ShotStatus.REFUSED, ShotStatus.CHOICE, ShotStatus.PLANNED)
"""Where a shot waits for the director, the most pressing first."""

PRICED = (ShotStatus.APPROVAL, ShotStatus.PLANNED)
"""Where it waits before its next take is bought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One shot before its next take.

    Attributes:
        parts: The nine parts of its sheet, the empty ones too.
        leaves: The strings of the body that hold a block, marked.
        terms: Each negative with its layer and the channel it takes on this model.
        refusal: Why nothing can be made as things stand; then there is no model.
    """

    shot: Shot
    parts: tuple[tuple[str, str], ...]
    model: str = ""
    sandbox: bool = False
    cost_micro_usd: int = 0
    seconds: int = 0
    why: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, str], ...] = ()
    leaves: tuple[Leaf, ...] = ()
    terms: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""


def waiting(shots: Sequence[Shot]) -> tuple[Shot, ...]:
    """The shots that wait for the director, the most pressing first."""
    asking = [shot for shot in shots if shot.status in ASKS and not shot.omitted]
    return tuple(sorted(asking, key=lambda shot: (ASKS.index(shot.status), shot.number)))


async def card(studio: Studio, shot: Shot) -> Card:
    """The shot as it would leave now: for the model it was asked about, else for the one it would go to.

    A shot that asks something else than a price has no such card: what it asks is in its own words.
    """
    if shot.status not in PRICED:
        return Card(shot=shot, parts=parts(shot.sheet))
    route = await _asked_about(studio, shot)
    if route is not None:
        written = await _write(studio, shot, await compose(studio, shot), route)
        return _card(studio, shot, route, written)
    quote = await pricing.quote(studio, shot)
    if quote.choice is None or quote.written is None:
        return Card(shot=shot, parts=parts(shot.sheet), refusal=quote.why)
    return _card(studio, shot, quote.choice, quote.written)


def parts(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """The nine parts of a sheet by name, in the order they are read out."""
    texts = {part: str(getattr(sheet, part)) for part in PARTS} | {"negative": ", ".join(sheet.negative)}
    return tuple(texts.items())


async def _asked_about(studio: Studio, shot: Shot) -> Route | None:
    """The route whose price is asked about."""
    routes = await studio.store.routes(shot.id) if shot.status is ShotStatus.APPROVAL else ()
    return routes[-1] if routes else None


async def _write(studio: Studio, shot: Shot, prompt: Prompt, route: Route) -> Written:
    profile = studio.profile(route.model)
    return await write(
        studio,
        prompt,
        profile,
        images=await stills(studio, shot),
        seconds=route.seconds,
        ratio=prompt.sheet.aspect_ratio or "16:9",
        key="draft",
    )


def _card(studio: Studio, shot: Shot, chosen: Route | Choice, written: Written) -> Card:
    placed = {each.term: each.layer.value for each in written.rendering.placements}
    return Card(
        shot=shot,
        parts=parts(shot.sheet),
        model=chosen.model,
        sandbox=studio.profile(chosen.model).vendor in studio.sandbox,
        cost_micro_usd=chosen.cost_micro_usd,
        seconds=chosen.seconds,
        why=tuple(chosen.reasons),
        passed_over=tuple((each.model, each.why) for each in chosen.passed_over),
        leaves=tuple(leaf for leaf in marking.leaves(written.receipt) if leaf.marked),
        terms=tuple((each.term, placed[each.term], each.channel.value) for each in written.receipt.terms),
        notes=tuple(note.sentence for note in written.rendering.notes),
    )
