"""A prompt written for one model: rendering, exact body, and the proof that both blocks are in it."""

import zlib
from dataclasses import dataclass, replace

from agent.errors import BlockMissingError
from agent.jobs import Order
from agent.profiles import Profile
from agent.stills import Stills, prepare
from agent.studio import Studio
from prompts.prompt import Prompt
from prompts.receipt import Receipt, audit, prove
from prompts.render import render
from prompts.rendering import Rendering


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What will leave for a vendor, and the proof of it."""

    rendering: Rendering
    receipt: Receipt


async def write(
    studio: Studio, prompt: Prompt, profile: Profile, *, images: Stills, seconds: int, ratio: str, key: str
) -> Written:
    """Render, prepare the images, compose and prove, in that order; sends nothing.

    Raises:
        PromptError: The prompt cannot be put into this model's form.
        UnsupportedError: The model's wire cannot say it, or cannot take one of the images.
        BlockMissingError: The body lacks a block or a term.
    """
    rendering = render(prompt, profile.dialect, model=profile.name)
    prepared, notes = await prepare(studio.darkroom, images, profile)
    rendering = replace(rendering, notes=(*rendering.notes, *notes))
    order = Order(
        key=key,
        model=profile.name,
        rendering=rendering,
        seconds=seconds,
        ratio=ratio,
        references=prepared.looks,
        first_frame=prepared.first_frame,
        last_frame=prepared.last_frame,
        seed=zlib.crc32(key.encode()) if profile.seed else None,
        callback=studio.callback(profile.vendor, key) if studio.callback and profile.calls_back else None,
    )
    body = studio.vendors[profile.vendor].compose(order)
    receipt = prove(body.content, model=profile.name, path=body.path, rendering=rendering)
    # Two proofs of one body: what rendering says it placed, and what the prompt demands.
    missing = audit(receipt, prompt)
    if missing:
        raise BlockMissingError(missing=missing, model=profile.name)
    return Written(rendering=rendering, receipt=receipt)
