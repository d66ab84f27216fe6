"""A Prompt in one model's form: style first, the shot as a camera department reads it, negatives in their channels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from prompts import fitting, placing, pointing, stripping
from prompts.dialect import Dialect
from prompts.errors import BadSheetError, EmptyBlockError
from prompts.fitting import Piece
from prompts.prompt import Prompt
from prompts.rendering import Change, Note, Rendering
from prompts.sheet import Sheet

_OURS = "references"
"""The one piece written by us: what it holds that looks like syntax is meant as syntax."""


def render(prompt: Prompt, dialect: Dialect, *, model: str) -> Rendering:
    """What this model will be told, with a note for everything that was cut, moved, stripped or left out.

    Raises:
        TooLongError: Blocks, reference instructions and action do not fit, or the negative field does not.
        NoInversionError: A term that this model cannot be told at all.
        BadSheetError: The action holds nothing but what this model reads as syntax.
        EmptyBlockError: Likewise a block.
    """
    placed = placing.place(prompt, dialect, model=model)
    instructions, left_out = pointing.point(prompt.references, dialect, model=model)
    style, advised = _style(prompt, dialect, model=model)
    written = tuple(piece for piece in _pieces(prompt, style, instructions) if piece.text)
    pieces = tuple(_strip(piece, dialect) for piece in written)
    _refuse_hollow(pieces, model=model)
    text, cut = fitting.fit(
        [piece for piece in pieces if piece.text], tail=placed.tail, limit=dialect.limit, unit=dialect.unit, model=model
    )
    return Rendering(
        text=text,
        negative_field=placed.field,
        style=pieces[0].text,
        placements=placed.placements,
        notes=(*placed.notes, *advised, *left_out, *_stripped(written, pieces, model=model), *cut),
    )


def _style(prompt: Prompt, dialect: Dialect, *, model: str) -> tuple[str, tuple[Note, ...]]:
    """The style block; or its motion text, where the vendor advises words about movement alone beside a first frame."""
    if not (dialect.motion_only and prompt.starts_on_a_frame):
        return prompt.style.text, ()
    if prompt.style.motion:
        told = f"{model} takes the look from the first frame: it is told the motion text in place of the style block"
        return prompt.style.motion, (Note(change=Change.SWAPPED, part="style", sentence=told),)
    told = (
        f"beside a first frame the vendor of {model} advises words about movement alone; the whole style block is "
        "sent; a short one is stored with: countersteer project style --motion TEXT"
    )
    return prompt.style.text, (Note(change=Change.ADVISED, part="style", sentence=told),)


def _pieces(prompt: Prompt, style: str, instructions: str) -> Iterator[Piece]:
    """Style, then the shot in the order it is set up: camera, action, glass, light, picture, air, then the images."""
    yield Piece(name="style", text=style)
    yield from _shot(prompt.sheet)
    yield Piece(name=_OURS, text=instructions)


def _shot(sheet: Sheet) -> Iterator[Piece]:
    yield Piece(name="camera", text=_capital(str(sheet.camera)))
    yield Piece(name="action", text=sheet.action)
    yield _quoted("lettering", sheet.on_screen_text, lead="Lettering in the picture reads")
    yield _quoted("dialogue", sheet.dialogue, lead="Spoken")
    yield Piece(name="lens", text=sheet.lens, before="Lens: ")
    yield Piece(name="lighting", text=sheet.lighting, before="Light: ")
    yield Piece(name="composition", text=sheet.composition, before="Composition: ")
    yield Piece(name="palette", text=sheet.palette, before="Palette: ")
    yield Piece(name="atmosphere", text=sheet.atmosphere, before="Atmosphere: ")
    yield Piece(name="mood", text=sheet.mood, before="Mood: ")
    yield Piece(name="attribution", text=_capital(sheet.attribution))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(name: str, text: str, *, lead: str) -> Piece:
    """Words of a character or a sign between quotation marks that they cannot close themselves."""
    inner = re.sub(r'["“”„«»]', "'", text)
    return Piece(name=name, text=inner, before=f'{lead}: "', after='"')


def _strip(piece: Piece, dialect: Dialect) -> Piece:
    return piece if piece.name == _OURS else replace(piece, text=stripping.strip(piece.text, dialect.drops))


def _refuse_hollow(pieces: Sequence[Piece], *, model: str) -> None:
    for piece in pieces:
        if piece.name == "style" and not piece.text:
            raise EmptyBlockError(block="style", what=f"holds nothing but what {model} reads as syntax")
        if piece.name == "action" and not piece.text:
            raise BadSheetError(f"the action holds nothing but what {model} reads as syntax; say it in words")


def _stripped(written: Sequence[Piece], pieces: Sequence[Piece], *, model: str) -> Iterator[Note]:
    for before, after in zip(written, pieces, strict=True):
        if before.text != after.text:
            sentence = f"{model} would read a part of the {before.name} as syntax; it was sent as {after.text!r}"
            yield Note(change=Change.STRIPPED, part=before.name, sentence=sentence)
