"""A shot list: shown as it was understood first, made when the same file is sent again with a yes."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Form, UploadFile

from agent.acting.outcome import Outcome, Turn
from agent.errors import ConflictError
from agent.film import Project, Shot
from agent.intents import Scene
from agent.reading.tables.listing import Listing
from agent.studio import Studio
from interfaces.api import uploads
from interfaces.api.opened import Acting, Film, Opened
from interfaces.api.uploads import Uploaded
from interfaces.shotlists import importing, opening, preview, sources, weighing
from interfaces.shotlists.importing import Candidate
from interfaces.shotlists.opening import UnreadableListError
from prompts.normal import clean

router = APIRouter(prefix="/films/{film_id}/shotlists", tags=["shot lists"])

MOST_BODY = opening.MOST_BYTES + uploads.AROUND_BYTES
Digest = Annotated[
    str, Form(min_length=64, max_length=64, description="The `sha256` of the preview that was agreed to.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a list would become; nothing is stored.

    Attributes:
        sha256: Names the file; making its shots asks for it.
        ready: How many rows can be made, and ``left`` how many cannot.
        again: How many of them are in the film already, word for word.
        lines: The list row by row: what was understood, what was not, why a row cannot be made, what it would cost.
        conflicts: What speaks against the shots as they stand.
    """

    sha256: str
    ready: int
    left: int
    again: int
    lines: tuple[str, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The shots that were made, planned: nothing is sent for them before a go."""

    shots: tuple[int, ...]


@router.post("/preview", summary="What a shot list would become", max_body_size=MOST_BODY, form_limits=uploads.LIMITS)
async def show(film: Film, file: Uploaded, house: Opened) -> Preview:
    """CSV, XLSX, Markdown, Fountain or JSON, understood row by row; nothing is stored."""
    name, data = await _held(file)
    listing, found = await _understood(house.studio, film, name, data)
    ready = [each for each in found if each.shot is not None]
    quotes = await importing.price(house.studio, [each.shot for each in ready if each.shot is not None])
    told = (*preview.lines(listing, found, source=name), *preview.prices(quotes))
    against = await weighing.against(house.studio, film, ready)
    return Preview(
        sha256=hashlib.sha256(data).hexdigest(),
        ready=len(ready),
        left=len(found) - len(ready),
        again=await importing.again(house.studio, film, ready),
        lines=tuple(str(line) for line in told),
        conflicts=tuple(f"{each.sentence}; {each.advice}" for each in against),
    )


@router.post(
    "",
    summary="Make the shots of a list",
    status_code=201,
    max_body_size=MOST_BODY,
    form_limits=uploads.LIMITS,
)
async def make(
    *,
    film: Film,
    file: Uploaded,
    sha256: Digest,
    house: Opened,
    talk: Acting,
    valid_only: Annotated[bool, Form(description="Make the rows that can be made, and leave the others.")] = False,
) -> Made:
    """The file that was previewed, all of its shots or none, told in the conversation; nothing is sent for them."""
    name, data = await _held(file)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ConflictError("this is not the file that was previewed; nothing was made; look at its preview first")
    _, found = await _understood(house.studio, film, name, data)
    ready = [each for each in found if each.shot is not None]
    if not ready or (len(ready) < len(found) and not valid_only):
        raise UnreadableListError(f"{len(found) - len(ready)} of {len(found)} rows cannot be made as they stand")
    made: list[Shot] = []

    async def work(turn: Turn) -> tuple[Outcome, ...]:
        made.extend(await importing.make(house.studio, turn, ready, source=name))
        return (Outcome(lines=(importing.imported(made, source=name),)),)

    await house.desk.do(talk.id, project_id=film.id, text=f"import {name}", work=work)
    return Made(shots=tuple(shot.number for shot in made))


async def _held(file: UploadFile) -> tuple[str, bytes]:
    """The file's name without any folder, and all of it."""
    name = PurePosixPath(clean(file.filename or "").text.replace("\\", "/")).name
    return name[-120:] or "list", await uploads.held(file, most=opening.MOST_BYTES)


async def _understood(studio: Studio, film: Project, name: str, data: bytes) -> tuple[Listing, Sequence[Candidate]]:
    known = await importing.known(studio, film)
    listing = await anyio.to_thread.run_sync(_read, name, data, known)
    return listing, await importing.candidates(studio, film, listing)


def _read(name: str, data: bytes, known: Scene) -> Listing:
    """Through a file of its own, since a list is read from one; only the ending of its name is the caller's."""
    with tempfile.TemporaryDirectory(prefix="countersteer-") as folder:
        file = Path(folder) / f"list{PurePosixPath(name).suffix[:20]}"
        file.write_bytes(data)
        return sources.read(file, scene=known)
