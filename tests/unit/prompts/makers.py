"""Builders for words under test, and dialects shaped like those of real models."""

import json
from dataclasses import replace

from prompts.assemble import assemble
from prompts.blocks import Layer, NegativeBlock, StyleBlock
from prompts.dialect import Channel, Dialect, Unit
from prompts.prompt import Prompt
from prompts.references import Reference, Role
from prompts.rendering import Rendering
from prompts.sheet import Sheet

PAINTED = "Hand-painted 2D animation, brush texture on every surface, ink contours"

FIELD = Dialect(channel=Channel.FIELD, field_limit=2500, limit=2500)
CARRIED = replace(FIELD, carried=("blur", "distort", "low quality"))
TOKENS = Dialect(channel=Channel.FIELD, limit=1024, unit=Unit.TOKENS, max_references=3)
CLAUSE = Dialect(channel=Channel.CLAUSE, limit=3072, names_reference="@image_$n", max_references=7, drops=("@", "<<<"))
EACH = Dialect(channel=Channel.CLAUSE, clause="No $terms.", each=True, limit=131072, unit=Unit.TOKENS)
MIXED = Dialect(
    channel=Channel.CLAUSE,
    channels={Layer.ANATOMY: Channel.INVERTED, Layer.QUALITY: Channel.INVERTED},
    clause="Keep the picture free of $terms.",
    always_clause=frozenset({"subtitles", "watermark", "logo"}),
    names_reference="Image $n",
    max_references=9,
    drops=("--", "【", "】"),
)
MOTION = replace(CLAUSE, motion_only=True, names_reference="the $ordinal image")
POSITIVE = Dialect(channel=Channel.INVERTED, forbids_negative=True, limit=1000, unit=Unit.UTF16)
LENIENT = replace(POSITIVE, forbids_negative=False)

DIALECTS = {
    "field": FIELD,
    "carried": CARRIED,
    "tokens": TOKENS,
    "clause": CLAUSE,
    "each": EACH,
    "mixed": MIXED,
    "motion": MOTION,
    "positive": POSITIVE,
    "lenient": LENIENT,
}


def style(text: str = PAINTED, *, motion: str = "") -> StyleBlock:
    return StyleBlock(text=text, version=1, motion=motion)


def framed(*, motion: str = "", first: bool = True, look: str = PAINTED) -> Prompt:
    """A shot with a motion text, and with a first frame or without."""
    frames = (Reference(id="f", label="f", role=Role.FIRST_FRAME),) if first else ()
    sheet = Sheet(action="A fox crosses the yard")
    return assemble(sheet, style=style(look, motion=motion), negative=block(), references=frames)


def block(
    *, form: tuple[str, ...] = ("live action",), anatomy: tuple[str, ...] = (), quality: tuple[str, ...] = ()
) -> NegativeBlock:
    return NegativeBlock(format=form, anatomy=anatomy, quality=quality, version=1)


def prompt(sheet: Sheet | None = None, *, negative: NegativeBlock | None = None, look: str = PAINTED) -> Prompt:
    return assemble(sheet or Sheet(action="A fox crosses the yard"), style=style(look), negative=negative or block())


def body(rendering: Rendering) -> bytes:
    """A body with the text and the field a few levels down, as vendors have it."""
    parameters = {} if rendering.negative_field is None else {"negativePrompt": rendering.negative_field}
    instances = [{"image": None, "prompt": f"In one single shot. {rendering.text}"}]
    return json.dumps({"instances": instances, "parameters": {"seconds": 5, **parameters}}).encode()
