"""Pieces of the page as HTML, each made for itself, so that the page and the stream show the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import anyio.to_thread

from agent import batches
from agent.batches import Batch
from agent.film import Project, Shot, ShotStatus
from agent.inquiries import Kind
from agent.studio import Studio
from agent.talks import Talk
from interfaces.board import gathering
from interfaces.page import cards, rendering
from interfaces.page.cards import Card
from interfaces.page.items import Item

WHOLE = 3
"""Shots that are shown as a whole, more than a screen holds; the others are asked for when they come near."""

CARDS_SHOWN = 6
"""Waiting shots that have a card each; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A film in a few figures.

    Attributes:
        share: Of the ceiling, spent or promised, 0..1.
    """

    shots: int
    delivered: int
    stale: int
    spent: int
    ceiling: int
    share: float
    sandbox: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A button under an open question: what it reads, and what pressing it says."""

    label: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for the director.

    Attributes:
        first: The card of the first of the shots, the one that is open.
        more: How many wait besides.
    """

    shots: tuple[Shot, ...]
    first: Card | None
    more: int


async def facts(studio: Studio, project: Project, shots: Sequence[Shot]) -> Facts:
    """The head's figures, from rows that are quickly read: they are asked for after every event."""
    listed = [shot for shot in shots if not shot.omitted]
    takes = {take.id: take for take in await studio.store.takes(project_id=project.id)}
    spent = await studio.store.spent_micro_usd(project.id)
    newest = await _newest(studio, project.id)
    circled = [takes[shot.picked_take_id] for shot in listed if shot.picked_take_id in takes]
    ceiling = project.ceilings.project_micro_usd
    return Facts(
        shots=len(listed),
        delivered=sum(shot.status is ShotStatus.DELIVERED for shot in listed),
        stale=sum((take.style_version, take.negative_version) != newest for take in circled),
        spent=spent,
        ceiling=ceiling,
        share=min(1.0, spent / max(1, ceiling)),
        sandbox=any(take.sandbox for take in takes.values()),
    )


async def batch(studio: Studio, project_id: str) -> Batch | None:
    """How far the shots are that are made together, while they are made or held."""
    found = await batches.latest(studio, project_id)
    return found if found is not None and found.going else None


async def answers(studio: Studio, talk_id: str) -> tuple[Answer, ...]:
    """What can be pressed instead of typed while something is asked back."""
    inquiry = await studio.store.inquiry(talk_id)
    if inquiry is None:
        return ()
    says = inquiry.question.get("says")
    if inquiry.kind == Kind.READINGS and isinstance(says, list):
        return tuple(Answer(label=str(said), says=str(nth)) for nth, said in enumerate(says, start=1))
    return (Answer(label="Yes", says="yes"), Answer(label="No", says="no"))


async def waiting(studio: Studio, shots: Sequence[Shot]) -> Waiting:
    """Which of the shots wait for the director; only the first card is made, the others when they are opened."""
    asking = cards.waiting(shots)
    first = await cards.card(studio, asking[0]) if asking else None
    return Waiting(shots=asking[:CARDS_SHOWN], first=first, more=len(asking[CARDS_SHOWN:]))


async def shot(studio: Studio, found: Shot, project: Project, *, talk_id: str) -> str:
    """One whole article of the board."""
    return rendering.html(
        "one_shot.html",
        shot=await gathering.shot(studio, found.id),
        film_id=project.id,
        conversation_id=talk_id,
        ceiling=project.ceilings.shot_micro_usd,
    )


async def all_shots(studio: Studio, talk: Talk, *, after: int = 0) -> str:
    """Every article of the board behind so many; only the first of a film are whole."""
    project = await studio.store.project(talk.project_id)
    shots = await studio.store.shots(project.id)
    return await anyio.to_thread.run_sync(
        partial(
            rendering.html,
            "shots.html",
            shots=await gathering.some(studio, project.id, shots[after:]),
            whole=max(0, WHOLE - after),
            film_id=project.id,
            conversation_id=talk.id,
            ceiling=project.ceilings.shot_micro_usd,
        )
    )


def items(found: Iterable[Item]) -> str:
    """Lines of the log."""
    return "".join(rendering.html("item.html", item=each) for each in found)


def placed(target: str, html: str) -> str:
    """A fragment for the stream: each element goes where its id is, or else among the target's children."""
    return f'<hx-partial hx-target="{target}" hx-swap="place">{html}</hx-partial>'


async def _newest(studio: Studio, project_id: str) -> tuple[int, int]:
    return (await studio.store.style(project_id)).version, (await studio.store.negative(project_id)).version
