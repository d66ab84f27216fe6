"""The few blocks our messages are made of (docs.slack.dev/reference/block-kit)."""

from collections.abc import Iterable, Iterator
from typing import Any

from interfaces.page.marking import Leaf
from interfaces.slack.wording import LONGEST_SECTION, parts

Block = dict[str, Any]

LONGEST_LABEL = 75
LONGEST_MODAL_TITLE = 24
LONGEST_FIELD = 3_000
"""Characters that a text field of a modal holds."""

_STYLES = {"style": {"bold": True}, "negative": {"code": True}}


def section(text: str) -> tuple[Block, ...]:
    """A text, in as many sections as it takes."""
    return tuple(
        {"type": "section", "text": {"type": "mrkdwn", "text": part}} for part in parts(text, most=LONGEST_SECTION)
    )


def context(text: str) -> tuple[Block, ...]:
    """Small print."""
    return tuple(
        {"type": "context", "elements": [{"type": "mrkdwn", "text": part}]}
        for part in parts(text, most=LONGEST_SECTION)
    )


def button(label: str, action: str, value: str = "", *, style: str = "") -> Block:
    """One button; ``style`` is ``primary`` or ``danger``."""
    text = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
    shown = {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action}
    return {**shown, **({"value": value} if value else {}), **({"style": style} if style else {})}


def actions(*buttons: Block) -> Block:
    """Buttons in a row."""
    return {"type": "actions", "elements": list(buttons)}


def marked(leaf: Leaf) -> Block:
    """A string of a prompt: the style block bold, the negatives as code. No sign in it can be markup."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(_runs(leaf))}]}


def field(name: str, label: str, text: str, *, optional: bool = False) -> Block:
    """A text field of a modal, filled in."""
    element = {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": LONGEST_FIELD}
    filled = {**element, "initial_value": text} if text else element
    shown = {"type": "plain_text", "text": label}
    return {"type": "input", "block_id": name, "label": shown, "element": filled, "optional": optional}


def modal(callback: str, title: str, blocks: Iterable[Block], *, carries: str, submit: str = "") -> Block:
    """A form; ``carries`` comes back with it, and without ``submit`` it can only be read."""
    heads = {"title": title[:LONGEST_MODAL_TITLE], "close": "Close"} | ({"submit": submit} if submit else {})
    texts = {part: {"type": "plain_text", "text": text} for part, text in heads.items()}
    return {"type": "modal", "callback_id": callback, "private_metadata": carries, "blocks": list(blocks), **texts}


def _runs(leaf: Leaf) -> Iterator[Block]:
    yield {"type": "text", "text": f"{leaf.pointer}\n", "style": {"italic": True}}
    for piece in leaf.pieces:
        if piece.text:
            style = _STYLES.get(piece.mark)
            yield {"type": "text", "text": piece.text, **({"style": style} if style else {})}
