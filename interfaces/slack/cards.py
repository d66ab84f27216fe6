"""Cards in a thread: what would leave for a shot before it is paid, a choice among takes, and what was decided."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from agent.events import Event, Json
from agent.film import Shot
from agent.money import usd
from agent.studio import Studio
from interfaces import story
from interfaces.page import cards
from interfaces.page.cards import Card
from interfaces.slack import kit, modals
from interfaces.slack.kit import Block
from interfaces.slack.posting import Piece
from interfaces.slack.wording import escaped, told

LEGEND = "*bold* is the style block, `code` the negative block; this is what leaves"
TOO_MUCH = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
SHORTENED = "Its prompt is too long to be shown here; it is on the page."
UNSAID = "_not said_"


async def question(studio: Studio, event: Event, *, number: int) -> Piece | None:
    """What a shot asks, with buttons; ``None`` where it was answered before it could be posted."""
    assert event.shot_id is not None
    shot = await studio.store.shot(event.shot_id)
    decision_id = await _open(studio, shot)
    if decision_id is None:
        return None
    text = told(story.tell(event, shot=number))
    about = f"{decision_id} {shot.id}"
    if event.data["kind"] == "spend":
        card = await cards.card(studio, shot)
        shown = _prompt(card) if card.model else kit.section(text)
        blocks = (*shown, _buttons(about, approve="Approve", other=True))
    else:
        blocks = (*kit.section(text), _buttons(about, approve="Yes, again", other=False))
    return Piece(key=f"event:{event.number}", text=text, blocks=blocks, about=about, living=True)


async def settled(studio: Studio, about: str, *, key: str) -> Piece | None:
    """The card with who decided in the place of its buttons; ``None`` while it is open."""
    decision_id, shot_id = about.split()
    answer = await studio.store.answered(decision_id)
    if answer is None:
        return None
    shot = await studio.store.shot(shot_id)
    text = f"*Shot {shot.number}*  {_decided(answer)}"
    return Piece(key=key, text=text, blocks=(*kit.section(text), *kit.context(escaped(shot.sheet.action))))


def shortened(piece: Piece, error: str) -> Piece | None:
    """The words and buttons of a card that is too much for one message; ``None`` where that is not what was wrong."""
    buttons = tuple(block for block in piece.blocks if block["type"] == "actions")
    if error not in TOO_MUCH or len(buttons) == len(piece.blocks):
        return None
    return replace(piece, blocks=(*kit.section(piece.text), *kit.context(SHORTENED), *buttons))


def choice(event: Event, *, number: int, shot_id: str) -> Piece:
    """The takes that nobody but the person can choose among."""
    text = told(story.tell(event, shot=number))
    takes: Any = event.data["takes"]
    picks = [kit.button(f"Circle take {take['number']}", f"pick:{take['number']}", shot_id) for take in takes]
    more = (kit.button("Another model", "another", shot_id), kit.button(modals.TITLE, modals.CALLBACK))
    return Piece(key=f"event:{event.number}", text=text, blocks=(*kit.section(text), kit.actions(*picks, *more)))


def _buttons(about: str, *, approve: str, other: bool) -> Block:
    middle = [kit.button("Other model", "other", about)] if other else []
    return kit.actions(
        kit.button(approve, "approve", about, style="primary"),
        *middle,
        kit.button("Cancel", "cancel", about, style="danger"),
        kit.button(modals.TITLE, modals.CALLBACK),
    )


def _prompt(card: Card) -> tuple[Block, ...]:
    """The nine fields, the text that leaves with both blocks marked, the model, why, and the price."""
    sandbox = f" _{story.SANDBOX.strip()}_" if card.sandbox else ""
    price = f"{usd(card.cost_micro_usd)} for {card.seconds} s"
    head = f"*Shot {card.shot.number}*  *{escaped(card.model)}*{sandbox}  {price}"
    return (
        *kit.section(head),
        *kit.section("\n".join(_fields(card))),
        *(kit.marked(leaf) for leaf in card.leaves),
        *kit.context(LEGEND),
        *kit.section("\n".join(f"• {escaped(each)}" for each in (*card.why, *card.notes))),
        *kit.context("; ".join(f"passed over {escaped(model)}: {escaped(why)}" for model, why in card.passed_over)),
    )


def _fields(card: Card) -> Iterator[str]:
    yield f"*action*  {escaped(card.shot.sheet.action)}"
    for name, text in card.parts:
        yield f"*{'film attribution' if name == 'attribution' else name}*  {escaped(text) or UNSAID}"


def _decided(answer: Mapping[str, Json]) -> str:
    by = f"by <@{answer['by']}>" if "by" in answer else "at another door"
    if "because" in answer:
        return f"closed {by}: {escaped(str(answer['because']))}"
    return f"{'approved' if answer.get('approve') is True else 'not taken'} {by}"


async def _open(studio: Studio, shot: Shot) -> str | None:
    waiting = await studio.store.open_questions(shot.project_id)
    return next((decision_id for decision_id, shot_id, _ in waiting if shot_id == shot.id), None)
