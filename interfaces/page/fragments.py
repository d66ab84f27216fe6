"""Pieces of the page as HTML, each made for itself, so that the page and the stream show the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from agent.film import Project, Shot, ShotStatus
from agent.inquiries import Kind
from agent.studio import Studio
from interfaces.board import gathering
from interfaces.board.values import Board
from interfaces.page import cards, rendering
from interfaces.page.cards import Card
from interfaces.page.items import Item

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


def facts(board: Board) -> Facts:
    """The head's figures."""
    listed = [shot for shot in board.shots if not shot.omitted]
    return Facts(
        shots=len(listed),
        delivered=sum(shot.status is ShotStatus.DELIVERED for shot in listed),
        stale=sum(any(take.stale and take.picked for take in shot.takes) for shot in listed),
        spent=board.spent_micro_usd,
        ceiling=board.ceiling_micro_usd,
        share=min(1.0, board.spent_micro_usd / max(1, board.ceiling_micro_usd)),
        sandbox=board.sandbox,
    )


async def answers(studio: Studio, talk_id: str) -> tuple[Answer, ...]:
    """What can be pressed instead of typed while something is asked back."""
    inquiry = await studio.store.inquiry(talk_id)
    if inquiry is None:
        return ()
    says = inquiry.question.get("says")
    if inquiry.kind == Kind.READINGS and isinstance(says, list):
        return tuple(Answer(label=str(said), says=str(nth)) for nth, said in enumerate(says, start=1))
    return (Answer(label="Yes", says="yes"), Answer(label="No", says="no"))


async def waiting(studio: Studio, project_id: str) -> Waiting:
    """What waits for the director; only the first card is made, the others when they are opened."""
    asking = cards.waiting(await studio.store.shots(project_id))
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


def items(found: Iterable[Item]) -> str:
    """Lines of the log."""
    return "".join(rendering.html("item.html", item=each) for each in found)


def placed(target: str, html: str) -> str:
    """A fragment for the stream: each element goes where its id is, or else among the target's children."""
    return f'<hx-partial hx-target="{target}" hx-swap="place">{html}</hx-partial>'
