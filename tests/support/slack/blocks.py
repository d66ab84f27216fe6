"""What Slack refuses of blocks and views, from docs.slack.dev/reference/block-kit and /reference/views."""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

LONGEST_RICH_TEXT = 12_000
"""No figure is published for it; there is one for the whole of a message, which this stays below."""

MOST_BLOCKS = {"message": 50, "modal": 100}


def complaint(blocks: list[Json], *, of: str = "message") -> str:
    """Why they would be refused; empty where they would not."""
    if len(blocks) > MOST_BLOCKS[of]:
        return f"{len(blocks)} blocks"
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(named) != len(set(named)):
        return "block_id twice"
    return next((told for block in blocks if (told := _block(block))), "")


def view_complaint(view: Json) -> str:
    """The same of a modal."""
    for part in ("title", "submit", "close"):
        if len(view.get(part, {}).get("text", "")) > 24:
            return f"{part} is longer than 24"
    if len(view.get("private_metadata", "")) > 3000:
        return "private_metadata is longer than 3000"
    return complaint(view["blocks"], of="modal")


def _block(block: Json) -> str:
    check = _CHECKS.get(block["type"])
    return check(block) if check else f"unknown block {block['type']}"


def _context(block: Json) -> str:
    many = "" if 1 <= len(block["elements"]) <= 10 else "context elements"
    return many or next((told for each in block["elements"] if (told := _text(each, most=3000))), "")


def _actions(block: Json) -> str:
    many = "" if 1 <= len(block["elements"]) <= 25 else "actions elements"
    names = [each["action_id"] for each in block["elements"]]
    twice = "" if len(names) == len(set(names)) else "action_id twice"
    return many or twice or next((told for each in block["elements"] if (told := _element(each))), "")


def _text(text: Json, *, most: int) -> str:
    if text["type"] not in ("mrkdwn", "plain_text"):
        return f"text type {text['type']}"
    return "" if 1 <= len(text["text"]) <= most else f"text of {len(text['text'])}, most {most}"


def _element(element: Json) -> str:
    if len(element["action_id"]) > 255:
        return "action_id"
    match element["type"]:
        case "button":
            return _text(element["text"], most=75) or ("value" if len(element.get("value", "")) > 2000 else "")
        case "plain_text_input":
            most = element.get("max_length", 3000)
            return "initial_value" if most > 3000 or len(element.get("initial_value", "")) > most else ""
        case other:
            return f"unknown element {other}"


def _rich(block: Json) -> str:
    for section in block["elements"]:
        if section["type"] != "rich_text_section":
            return f"unknown rich text {section['type']}"
        for piece in section["elements"]:
            if piece["type"] != "text" or not piece["text"]:
                return "empty rich text"
    length = sum(len(piece["text"]) for section in block["elements"] for piece in section["elements"])
    return f"rich text of {length}" if length > LONGEST_RICH_TEXT else ""


_CHECKS: dict[str, Callable[[Json], str]] = {
    "section": lambda block: _text(block["text"], most=3000),
    "header": lambda block: _text(block["text"], most=150),
    "context": _context,
    "actions": _actions,
    "input": lambda block: _text(block["label"], most=2000) or _element(block["element"]),
    "rich_text": _rich,
    "divider": lambda _: "",
}
