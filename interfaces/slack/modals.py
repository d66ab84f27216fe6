"""Both blocks in a modal: as they are stored, and stored anew where somebody changes them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agent.acting.by_hand import terms_between
from agent.store import Store
from agent.threads import Thread
from interfaces.slack import kit
from interfaces.slack.kit import Block
from interfaces.slack.wording import escaped
from prompts.blocks import NegativeBlock, StyleBlock

CALLBACK = "blocks"
TITLE = "Both blocks"
LAYERS = ("format", "anatomy", "quality")
PARTS = {"style": ("style", "motion"), "negative": LAYERS}
LABELS = {
    "style": "Style block",
    "motion": "Motion, with a first frame",
    **{layer: f"Negatives: {layer}, one per line" for layer in LAYERS},
}
STALE = (
    "*Somebody stored a newer version meanwhile; nothing of yours is stored yet.* Below is what you wrote. "
    "Store it on top of theirs, or close this. What differs:"
)

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A modal that came back.

    Attributes:
        seen: The version of each block that it was filled in from.
        texts: What stands in its fields; a text too long for a field is as it was.
        forms: The blocks that read otherwise than what was seen.
    """

    thread: Thread
    project_id: str
    seen: Mapping[str, int]
    texts: Texts
    forms: tuple[str, ...]


async def view(store: Store, project_id: str, thread: Thread) -> Block:
    """The modal, filled in with what is stored."""
    style, negative = await store.style(project_id), await store.negative(project_id)
    return _modal(thread, project_id, style=style, negative=negative, texts=_texts(style, negative))


async def read(store: Store, sent: Mapping[str, Any]) -> Sent:
    """What somebody wrote in it."""
    carried = json.loads(sent["private_metadata"])
    project_id, seen = carried["project_id"], carried["seen"]
    style = await store.style(project_id, version=seen["style"])
    before = _texts(style, await store.negative(project_id, version=seen["negative"]))
    values = sent["state"]["values"]
    texts = {**before, **{name: _lines(values[name]["text"].get("value") or "") for name in values}}
    forms = [form for form, parts in PARTS.items() if any(texts[part] != _lines(before[part]) for part in parts)]
    return Sent(thread=Thread(**carried["thread"]), project_id=project_id, seen=seen, texts=texts, forms=tuple(forms))


async def again(store: Store, sent: Sent) -> Block | None:
    """The modal once more, with what was written and what differs, if a block that was changed is newer by now."""
    style, negative = await store.style(sent.project_id), await store.negative(sent.project_id)
    differs: list[str] = []
    if "style" in sent.forms and sent.seen["style"] != style.version:
        differs += [f"- {style.text}", f"+ {sent.texts['style']}"]
    if "negative" in sent.forms and sent.seen["negative"] != negative.version:
        differs += terms_between(negative, _block(sent.texts)) or ["nothing: theirs reads as yours does"]
    if not differs:
        return None
    told = kit.section("\n".join((STALE, *map(escaped, differs))))
    return _modal(sent.thread, sent.project_id, style=style, negative=negative, texts=sent.texts, before=told)


def _modal(
    thread: Thread,
    project_id: str,
    *,
    style: StyleBlock,
    negative: NegativeBlock,
    texts: Texts,
    before: tuple[Block, ...] = (),
) -> Block:
    place = {"team": thread.team, "channel": thread.channel, "ts": thread.ts}
    seen = {"style": style.version, "negative": negative.version}
    carries = json.dumps({"thread": place, "project_id": project_id, "seen": seen})
    versions = f"Style block version {style.version}, negative block version {negative.version}."
    blocks = (*before, *kit.context(f"{versions} Both go out with every prompt."), *_fields(texts))
    return kit.modal(CALLBACK, TITLE, blocks, carries=carries, submit="Store")


def _fields(texts: Texts) -> Iterator[Block]:
    for name, label in LABELS.items():
        if len(texts[name]) > kit.LONGEST_FIELD:
            most = f"{len(texts[name]):,} characters, and a field here holds {kit.LONGEST_FIELD:,}"
            yield from kit.section(f"*{label}* has {most}: change it on the page.")
        else:
            yield kit.field(name, label, texts[name], optional=name != "style")


def _texts(style: StyleBlock, negative: NegativeBlock) -> Texts:
    """The fields' texts, a negative per line."""
    layers = {layer: "\n".join(getattr(negative, layer)) for layer in LAYERS}
    return {"style": style.text, "motion": style.motion, **layers}


def _block(texts: Texts) -> NegativeBlock:
    return NegativeBlock(**{layer: tuple(texts[layer].splitlines()) for layer in LAYERS}, version=1)


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
