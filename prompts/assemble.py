"""The only way from a sheet to a Prompt; it always adds both blocks."""

from collections.abc import Collection
from dataclasses import replace

from prompts import merging, normal, terms
from prompts.blocks import NegativeBlock, StyleBlock, Term
from prompts.prompt import Prompt
from prompts.references import Reference
from prompts.sheet import Camera, Sheet


def assemble(
    sheet: Sheet,
    *,
    style: StyleBlock,
    negative: NegativeBlock,
    exempt: Collection[str] = (),
    references: Collection[Reference] = (),
) -> Prompt:
    """The shot with both blocks: the block's terms, then the shot's own, each once, less the exempted.

    Every text is cleaned of what cannot be seen; `prompts.lint` tells the person what that was.

    Raises:
        EmptyBlockError: No style, or no negative left in force.
        BadSheetError: The action held nothing but invisible characters.
    """
    set_aside = {terms.identity(name) for name in exempt}
    forbidden = merging.merge((*negative.terms, *_own(sheet)))
    return Prompt(
        sheet=_clean_sheet(sheet),
        style=StyleBlock(text=_clean(style.text), version=style.version, motion=_clean(style.motion)),
        terms=tuple(term for term in forbidden if terms.identity(term.text) not in set_aside),
        negative_version=negative.version,
        exempt=tuple(term.text for term in forbidden if terms.identity(term.text) in set_aside),
        references=tuple(replace(reference, label=_clean(reference.label)) for reference in references),
    )


def _own(sheet: Sheet) -> tuple[Term, ...]:
    """The shot's own negatives, each in the layer it is guessed to be of."""
    return tuple(Term(text=text, layer=terms.layer(text)) for text in sheet.negative)


def _clean_sheet(sheet: Sheet) -> Sheet:
    return replace(
        sheet,
        action=_clean(sheet.action),
        camera=_clean_camera(sheet.camera),
        lens=_clean(sheet.lens),
        lighting=_clean(sheet.lighting),
        palette=_clean(sheet.palette),
        composition=_clean(sheet.composition),
        atmosphere=_clean(sheet.atmosphere),
        mood=_clean(sheet.mood),
        attribution=_clean(sheet.attribution),
        negative=tuple(text for term in sheet.negative if (text := _clean(term))),
        on_screen_text=_clean(sheet.on_screen_text),
        dialogue=_clean(sheet.dialogue),
    )


def _clean_camera(camera: Camera) -> Camera:
    return Camera(shot_size=_clean(camera.shot_size), angle=_clean(camera.angle), movement=_clean(camera.movement))


def _clean(text: str) -> str:
    return normal.clean(text).text
