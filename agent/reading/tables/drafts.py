"""One shot's cells into a draft: columns first, then what their free text says besides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from agent.errors import BadSheetError
from agent.intents import Draft, Scene
from agent.reading import drafting, machinery, pictures, wishes
from agent.reading.message import receive
from agent.reading.tables import framing, proportions
from agent.reading.tables.cells import spelled
from agent.reading.tables.entries import Entry
from agent.reading.tables.heads import Head
from agent.reading.tables.meanings import CAMERA, LOOK, PARTS, Column
from agent.reading.words import tidy
from prompts import pasted
from prompts.normal import clean
from prompts.sheet import Camera

BLOCKS_STAY = "words in a shot list do not change the style block or the negative block"
_LEAD = re.compile(r"\s*(?P<lead>[^:\n]{2,60}?)\s*(?::|--+|\s[-–—])\s+(?P<rest>.+)", re.DOTALL)
_QUOTES = "\"'“”«»「」„"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A shot's cells, read.

    Attributes:
        aside: Heading and text of cells that are no part of a picture.
        doubts: What was not understood, guessed, or decided between two cells, a sentence each.
        problems: What no shot can be made of, each with the heading of its cell.
    """

    draft: Draft
    aside: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """A shot while its cells are being read."""

    camera: dict[str, list[str]] = field(default_factory=lambda: {part: [] for part in PARTS.values()})
    lens: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    aside: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    doubts: list[str] = field(default_factory=list[str])
    problems: list[str] = field(default_factory=list[str])


def read(entry: Entry, *, scene: Scene, seconds: float | None = None) -> Understood:
    """The draft of a shot's cells, with what is left of them; ``seconds`` is its length, told by its whole table."""
    page = Page()
    cells = [(head, _clean(head, text, page)) for head, text in entry.cells]
    _read_camera(cells, page)
    told = _headings(cells, Column.ACTION, Column.SUBJECT)
    said = _free(_without_lead(_action(cells), cells, page), scene, page, heading=told)
    beside = _headings(cells, Column.NOTES)
    noted = _free(". ".join(_texts(cells, Column.NOTES)), scene, page, heading=beside, edit=True)
    page.notes += [*_places(entry, cells), *_people(cells, said.action), noted.action, noted.notes]
    named = _named(cells, scene, page)
    own = replace(_of_columns(cells, page, action=said.action, named=named), seconds=seconds)
    for more in (said, noted):
        own = drafting.share(own, replace(more, action="", notes=""))
    notes = dict.fromkeys(filter(None, (*page.notes, *(said.notes,))))
    page.aside += [(head.heading, text) for head, text in cells if head.column in (Column.PRODUCTION, Column.UNKNOWN)]
    return Understood(
        draft=replace(own, notes="; ".join(notes)),
        aside=tuple(page.aside),
        doubts=tuple(page.doubts),
        problems=tuple(page.problems),
    )


def _clean(head: Head, text: str, page: Page) -> str:
    cleaned = clean(text)
    if cleaned.strays:
        page.doubts.append(f"{head.heading}: {cleaned.report} were taken out")
    return cleaned.text


def _texts(cells: Sequence[tuple[Head, str]], *columns: Column) -> list[str]:
    return [text for head, text in cells if head.column in columns]


def _headings(cells: Sequence[tuple[Head, str]], *columns: Column) -> str:
    return ", ".join(head.heading for head, _ in cells if head.column in columns)


def _read_camera(cells: Sequence[tuple[Head, str]], page: Page) -> None:
    """Sizes, angles and movements, each into its own part whatever column it stands in."""
    for head, text in cells:
        if head.column in CAMERA:
            _frame(head, text, page)
    for head, text in cells:
        if head.column is Column.RIG:
            moves = [value for part, value in framing.read(text).values if part == "movement"]
            if moves and not page.camera["movement"]:
                page.camera["movement"] += moves
            else:
                page.aside.append((head.heading, text))


def _frame(head: Head, text: str, page: Page) -> None:
    framed = framing.read(text, tongue=head.tongue)
    for part, value in framed.values:
        into = page.lens if part == "lens" else page.camera[part]
        if value not in into:
            into.append(value)
    if framed.values:
        page.notes += framed.rest
    else:
        page.camera[PARTS[head.column]].append(text)
        page.doubts.append(f"{head.heading}: {text!r} is no camera word that is known; it is kept as typed")


def _without_lead(action: str, cells: Sequence[tuple[Head, str]], page: Page) -> str:
    """The action without the camera that it opens with before a colon or a dash ("Nah: Ein Schuh"), which is kept."""
    led = _LEAD.fullmatch(action)
    tongue = next((head.tongue for head, _ in cells), "")
    if led is None or any(page.camera.values()) or not framing.is_only_camera(led["lead"], tongue=tongue):
        return action
    for part, value in framing.read(led["lead"], tongue=tongue).values:
        (page.lens if part == "lens" else page.camera[part]).append(value)
    return led["rest"]


def _action(cells: Sequence[tuple[Head, str]]) -> str:
    """Who and what, in one text."""
    action = ". ".join(text.rstrip(".") if more else text for text, more in _followed(_texts(cells, Column.ACTION)))
    subject = ", ".join(text for text in _texts(cells, Column.SUBJECT) if spelled(text) not in spelled(action))
    if not subject or not action:
        return subject or action
    return f"{subject} {action}" if action[0].islower() else f"{subject}: {action}"


def _followed(texts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    yield from ((text, at + 1 < len(texts)) for at, text in enumerate(texts))


def _free(text: str, scene: Scene, page: Page, *, heading: str, edit: bool = False) -> Draft:
    """What a cell's free text says, read as a request is; talk about the project's blocks is set aside."""
    if not text:
        return Draft()
    message, _ = receive(text, scene=scene)
    rest, aside = machinery.set_aside(message.text)
    page.doubts += [f"“{message.shielded.unveil(said)}” was not followed: {BLOCKS_STAY}" for said in aside]
    labels = tuple(label for label, _ in scene.references)
    read = partial(drafting.read, rest, shielded=message.shielded, labels=labels, models=scene.models, edit=edit)
    try:
        said = read()
        told = _told_otherwise(said, page, heading=heading)
        return read(told=told) if told else said
    except BadSheetError as error:
        page.problems.append(f"{heading}: {error}")
        return Draft(action=text)


def _told_otherwise(said: Draft, page: Page, *, heading: str) -> frozenset[str]:
    """Parts of the camera that the columns tell and the text seems to tell otherwise: it speaks of the picture."""
    told: set[str] = set()
    for part, values in page.camera.items():
        column, text = ", ".join(values), getattr(said.camera, part)
        if column and text and text not in column and column not in text:
            page.doubts.append(f"{heading}: {text!r} was taken for the picture, since the shot has {column!r}")
            told.add(part)
    return frozenset(told)


def _places(entry: Entry, cells: Sequence[tuple[Head, str]]) -> list[str]:
    """Where and when it plays, as the scene's heading or the row's own cells say."""
    own = [", ".join(_texts(cells, Column.PLACE)), *_texts(cells, Column.DAYTIME)]
    place = [entry.place] if entry.place and not any(own) else []
    return [*place, *filter(None, own)]


def _people(cells: Sequence[tuple[Head, str]], action: str) -> list[str]:
    """Who and what else is in the picture, where the action does not name them."""
    wanted = (Column.CAST, Column.DRESSING)
    there = [(head, text) for head, text in cells if head.column in wanted and spelled(text) not in spelled(action)]
    return [f"{head.heading.lower()}: {text}" for head, text in there]


def _named(cells: Sequence[tuple[Head, str]], scene: Scene, page: Page) -> Draft:
    """Models and reference images by their columns."""
    labels = tuple(label for label, _ in scene.references)
    found = Draft()
    for head, text in cells:
        if head.column is Column.MODEL:
            wished, rest = wishes.read(text, models=scene.models)
            found = drafting.share(found, Draft(wishes=wished))
            page.aside += [(head.heading, text)] if tidy(rest) else []
        elif head.column is Column.REFERENCES:
            asked = f"ref {text}" if text.isdigit() else f"use {text}"
            try:
                references, rest, notes = pictures.read(asked, labels=labels)
            except BadSheetError as error:
                page.doubts.append(f"{head.heading}: {error}; kept as a note that goes to no model")
                page.aside.append((head.heading, text))
                continue
            found = drafting.share(found, Draft(references=references))
            page.notes += notes
            page.aside += [(head.heading, text)] if tidy(rest) else []
    return found


def _of_columns(cells: Sequence[tuple[Head, str]], page: Page, *, action: str, named: Draft) -> Draft:
    """What the columns say, each part in its own."""
    looks: dict[str, Any] = {column.value: ", ".join(_texts(cells, column)) for column in LOOK}
    looks["lens"] = ", ".join(dict.fromkeys((*map(_lens, _texts(cells, Column.LENS)), *page.lens)))
    return Draft(
        action=action,
        camera=Camera(**{part: ", ".join(values) for part, values in page.camera.items()}),
        **looks,
        negative=tuple(term.text for text in _texts(cells, Column.NEGATIVE) for term in pasted.read(text).terms),
        on_screen_text="; ".join(text.strip(_QUOTES) for text in _texts(cells, Column.TEXT)),
        dialogue=" ".join(_texts(cells, Column.DIALOGUE)),
        aspect_ratio=_ratio(cells, page),
        wishes=named.wishes,
        references=named.references,
    )


def _lens(text: str) -> str:
    figure = text.replace(" ", "")
    return f"{figure}mm" if figure.replace("-", "").replace("–", "").isdigit() else text


def _ratio(cells: Sequence[tuple[Head, str]], page: Page) -> str | None:
    for head, text in cells:
        if head.column is Column.RATIO:
            ratio = proportions.read(text)
            if ratio is None:
                page.doubts.append(f"{head.heading}: {text!r} is no aspect ratio; the film's own is taken")
            return ratio
    return None
