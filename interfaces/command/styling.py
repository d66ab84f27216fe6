"""``countersteer styles``: foreign style libraries, looked through and taken over as the two blocks of a film."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import typer
from rich.console import Console

from agent.errors import BadSheetError, ConflictError
from agent.film import Project
from agent.store import Store
from interfaces.command.terminal import console, count, write
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.styles.reading import read_library
from interfaces.wiring import open_house
from prompts import lint
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.libraries import translating
from prompts.libraries.library import Library, Preset
from prompts.libraries.translating import Translated

BY = "owner"
DONE, DECLINED = 0, 1
MOST_COMPLAINTS = 20
"""Of a file's faults, those that are written out; the rest is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Both blocks of a film, as they are or as they would be."""

    style: StyleBlock
    negative: NegativeBlock


async def show(_: Settings, file: Path) -> int:
    """A line per style, and a line per row that could not be read."""
    library, out = await read_library(file), console()
    for preset in library.presets:
        translated = translating.translate(preset)
        negative = count(len(translated.negative.terms), "negative")
        write(out, Line(text=f"{preset.name}: {negative}{_marks(translated)}", tone=Tone.PERSON))
        write(out, Line(text=f"  {translated.style or 'no style of its own'}", tone=Tone.QUIET))
    _complain(out, library)
    write(out, f"{file.name}, {library.form}: {count(len(library.presets), 'style')}.")
    return DONE


async def use(settings: Settings, file: Path, name: str, *, film: str | None, most: int | None, yes: bool) -> int:
    """Both blocks of the film from a style, after they were shown and agreed to; 1 when they were not.

    Raises:
        BadSheetError: The library has no such style, or the style has no words at all.
        ConflictError: Somebody else changed a block meanwhile.
    """
    out, library = console(), await read_library(file)
    preset = library.preset(name)
    translated = translating.translate(preset)
    translated = translating.cut(translated, most or _agreed_length(translated, asks=not yes))
    async with open_house(settings) as house:
        project, store = await house.project(film), house.studio.store
        old = Blocks(style=await store.style(project.id), negative=await store.negative(project.id))
        new = replaced(old, translated)
        for line in (*_namesakes(library, preset), *map(_note, translated.told), *_lacking(translated)):
            write(out, line)
        for line in _changes(old, new):
            write(out, line)
        if not (yes or _agreed(f"Store this for {project.name}?")):
            write(out, "Nothing was stored; both blocks are as they were. --yes stores without asking.")
            return DECLINED
        await _keep(store, project, old, new, why=f"style {translated.name!r} of {file.name}")
        write(out, f"Stored for {project.name}. Takes made with older blocks stay usable and count as stale.")
    return DONE


def replaced(old: Blocks, translated: Translated) -> Blocks:
    """What the film would have; a block that the style has no words for stays, so that none is ever empty.

    Raises:
        BadSheetError: The style has words for neither.
    """
    if not (translated.style or translated.negative.terms):
        raise BadSheetError(f"the style {translated.name!r} holds no words, so there is nothing to take over")
    style, negative = old.style, old.negative
    if translated.style:
        style = replace(style, text=translated.style, version=style.version + 1)
    if translated.negative.terms:
        negative = translated.negative.block(version=negative.version + 1)
    return Blocks(style=style, negative=negative)


async def _keep(store: Store, project: Project, old: Blocks, new: Blocks, *, why: str) -> None:
    """Store what changed.

    Raises:
        ConflictError: Somebody else changed a block meanwhile; the message says what was stored.
    """
    if new.negative != old.negative:
        await store.put_negative(project.id, new.negative, by=BY, why=why, seen=old.negative.version)
    if new.style == old.style:
        return
    try:
        await store.put_style(project.id, new.style.text, by=BY, why=why, seen=old.style.version)
    except ConflictError as error:
        raise ConflictError(
            "the style block was changed by somebody else meanwhile and stays as they left it; the negatives are "
            "stored; look at both with: countersteer project show"
        ) from error


def _agreed_length(translated: Translated, *, asks: bool) -> int:
    """How many terms to keep: all of them, unless the person says that a long list is to be cut."""
    number = len(translated.negative.terms)
    if not (translated.long and asks):
        return number
    asked = f"{number} negatives; beyond {lint.LONGEST_BLOCK} each one pulls less. Keep the first how many?"
    try:
        kept: int = typer.prompt(asked, default=number, type=int)
    except typer.Abort:
        return number
    return min(max(kept, 1), number)


def _agreed(question: str) -> bool:
    """Whether the person says yes; where nobody is there to ask, it is a no."""
    try:
        return typer.confirm(question)
    except typer.Abort:
        return False


def _changes(old: Blocks, new: Blocks) -> Iterator[Line]:
    """Both blocks as what stays, what goes and what comes, and what in the new ones speaks against the style."""
    yield Line(text="style block:", tone=Tone.PERSON)
    yield from _marked([old.style.text], [new.style.text])
    yield Line(text="negative block:", tone=Tone.PERSON)
    before, after = ([f"{term.text} ({term.layer})" for term in each.negative.terms] for each in (old, new))
    yield from _marked(before, after)
    texts = [term.text for term in new.negative.terms]
    yield from (_note(f"{remark.sentence}; {remark.advice}") for remark in lint.against_style(texts, new.style))


def _marked(before: list[str], after: list[str]) -> Iterator[Line]:
    parts = (
        ("=", Tone.QUIET, [text for text in before if text in after]),
        ("-", Tone.BAD, [text for text in before if text not in after]),
        ("+", Tone.GOOD, [text for text in after if text not in before]),
    )
    yield from (Line(text=f"  {sign} {', '.join(texts)}", tone=tone) for sign, tone, texts in parts if texts)


def _namesakes(library: Library, preset: Preset) -> Iterator[Line]:
    number = len(library.named(preset.name))
    if number > 1:
        yield _note(f"{number} styles of the library are called {preset.name!r}; this is the first of them")


def _lacking(translated: Translated) -> Iterator[Line]:
    if not translated.style:
        yield _note("it has no style of its own; the film keeps the one it has")
    if not translated.negative.terms:
        yield _note("it has no negatives; the film keeps those it has")


def _note(sentence: str) -> Line:
    return Line(text=f"note: {sentence}", tone=Tone.OPEN)


def _marks(translated: Translated) -> str:
    """What to know of a style before it is used."""
    marks = (
        (count(len(translated.told), "note"), bool(translated.told)),
        (f"more than {lint.LONGEST_BLOCK}", translated.long),
        ("no style", not translated.style),
    )
    return "".join(f", {mark}" for mark, on in marks if on)


def _complain(out: Console, library: Library) -> None:
    for complaint in library.complaints[:MOST_COMPLAINTS]:
        write(out, Line(text=str(complaint), tone=Tone.BAD))
    rest = len(library.complaints) - MOST_COMPLAINTS
    if rest > 0:
        write(out, Line(text=f"and {rest} more lines that are no styles", tone=Tone.BAD))
