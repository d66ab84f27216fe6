"""Negative blocks as the scorer wants them: what is odd about each, its layers, and what three kinds of model are told.

The block is read as a person pastes it, the style is the film's and the shot's words are its action: what a planner
makes of a shot is scored elsewhere. Where a model cannot be told a term at all, the product stops and says so; the
prediction then shows the prompt without it, as after the exemption that is advised, and names it in ``untold``.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Any

from agent.ports import Planner
from agent.profiles import Profile
from benchmarks.cases import Case, Prediction
from prompts import defaults, entries, lint, pasted, placing, terms
from prompts.assemble import assemble
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.errors import EmptyBlockError, NoInversionError
from prompts.pasted import Pasted
from prompts.placing import Placed
from prompts.remarks import Remark
from prompts.sheet import Sheet
from tools.video import registry

MODELS: Mapping[str, str] = {"native": "veo-3.1", "prose": "kling-3.0", "positive": "runway-gen4.5"}
"""A model of each kind: with a negative field, with sentences alone, and with positive wording alone."""

OTHER = "other"
NO_SHOT = "The shot"


async def predict(cases: Sequence[Case], *, planner: Planner, folder: Path) -> AsyncGenerator[Prediction, None]:
    """What the project makes of each block."""
    profiles = _profiles()
    for case in cases:
        yield prediction(case, profiles)


def prediction(case: Case, profiles: Mapping[str, Profile]) -> dict[str, Any]:
    """One block, with its film's style and, where there is one, its shot."""
    text, shot = str(case["block"]), case.get("shot")
    style = StyleBlock(text=str(case.get("style") or defaults.style().text), version=1)
    sheet = Sheet(action=str(shot)) if shot else None
    read = pasted.read(text)
    found = dict.fromkeys((*read.remarks, *_against(read, style=style, sheet=sheet)))
    told = {"id": case["id"], "findings": [_finding(remark) for remark in found], "layers": _layers(text)}
    try:
        block = read.block(version=1)
    except EmptyBlockError:
        return {**told, "compiled": {}}
    return {**told, **_compiled(block, style=style, sheet=sheet, profiles=profiles)}


def _profiles() -> dict[str, Profile]:
    known = {profile.name: profile for vendor in registry.vendors() for profile in vendor.profiles}
    return {side: known[name] for side, name in MODELS.items()}


def _against(read: Pasted, *, style: StyleBlock, sheet: Sheet | None) -> tuple[Remark, ...]:
    """What the style and the shot ask for although the block forbids it."""
    texts = [term.text for term in read.terms]
    shot = lint.against_shot(texts, sheet) if sheet else ()
    return (*lint.against_style(texts, style), *shot)


def _finding(remark: Remark) -> dict[str, Any]:
    return {"type": remark.kind.value, "terms": list(remark.terms)}


def _layers(block: str) -> dict[str, str]:
    written = filter(None, (entries.read(part).text for part in entries.split(block)))
    return {text: _layer(text) for text in written}


def _layer(text: str) -> str:
    """The layer; what is content of a picture and no fault of one goes by the format layer and is called other."""
    guess = terms.guess(text)
    return OTHER if guess.content else guess.layer.value


def _compiled(
    block: NegativeBlock, *, style: StyleBlock, sheet: Sheet | None, profiles: Mapping[str, Profile]
) -> dict[str, Any]:
    sides: dict[str, str] = {}
    untold: dict[str, list[str]] = {}
    shot = sheet or Sheet(action=NO_SHOT)
    for side, profile in profiles.items():
        placed, exempt = _place(shot, style, block, profile)
        sides[side] = _words(placed, side) if placed else ""
        untold |= {side: exempt} if exempt else {}
    return {"compiled": sides, "untold": untold}


def _place(sheet: Sheet, style: StyleBlock, block: NegativeBlock, profile: Profile) -> tuple[Placed | None, list[str]]:
    """The negatives as this model is told them, and those it cannot be told; ``None`` where these are all there are."""
    exempt: tuple[str, ...] = ()
    try:
        return placing.place(assemble(sheet, style=style, negative=block), profile.dialect, model=profile.name), []
    except NoInversionError as error:
        exempt = error.terms
    try:
        without = assemble(sheet, style=style, negative=block, exempt=exempt)
    except EmptyBlockError:
        return None, list(exempt)
    return placing.place(without, profile.dialect, model=profile.name), list(exempt)


def _words(placed: Placed, side: str) -> str:
    return (placed.field if side == "native" else placed.tail) or ""
