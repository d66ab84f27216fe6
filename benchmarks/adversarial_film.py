"""A film as a hostile case wants it: its blocks, its budget, what came with the message, what waits for an answer."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from agent.errors import CountersteerError
from agent.film import ShotStatus
from benchmarks.adversarial_case import Attached, Film, Pending
from interfaces.references import add_reference
from interfaces.shotlists import importing, preview, sources
from tests.support.house import Set

WAITING_SHOT = "new shot: the harbour at dawn, wide, 5 s"
_DESCRIPTION, _COMMENT = 0x010E, 0x9286  # ImageDescription and UserComment (Exif 2.32)


async def dress(film: Set, wanted: Film) -> None:
    """Give the film its blocks and its budget; from here on every take waits for a yes."""
    store = film.house.studio.store
    project = await store.project(film.project.id)
    style, negative = await store.style(project.id), await store.negative(project.id)
    await store.put_style(project.id, wanted.style, by="owner", why="the case", seen=style.version)
    if wanted.negatives:
        block = wanted.negative(version=negative.version + 1)
        await store.put_negative(project.id, block, by="owner", why="the case", seen=negative.version)
    budget = project.ceilings.project_micro_usd if wanted.budget_usd is None else round(wanted.budget_usd * 1e6)
    ceilings = replace(project.ceilings, project_micro_usd=budget, ask_above_micro_usd=0)
    await store.save_project(replace(project, ceilings=ceilings))


async def wait_for_an_answer(film: Set, pending: Pending | str) -> None:
    """Bring about what the case says is pending: a shot that waits for a yes, or one whose take is there to choose."""
    await film.say(WAITING_SHOT)
    kind = pending if isinstance(pending, str) else pending.kind
    if kind == "take":
        await film.say("approve")
        shot = await film.shot()
        await film.house.studio.store.set_status(shot.id, ShotStatus.CHOICE, because="look at the take")


async def attach(film: Set, attached: Sequence[Attached]) -> tuple[list[str], list[str]]:
    """Take in what came with the message: labels of the images accepted, and what was refused, in the product's words.

    There is no door for an address: it is not fetched, and that is said.
    """
    accepted: list[str] = []
    refused: list[str] = []
    for each in attached:
        if each.url:
            refused.append(f"{each.url} was not fetched: a reference is an image file, never an address")
        elif not each.rows:
            try:
                accepted.append(await _image(film, each))
            except CountersteerError as error:
                refused.append(str(error))
    return accepted, refused


async def bring_in(film: Set, attached: Sequence[Attached], *, folder: Path) -> list[str]:
    """Import the tables that came with the message as ``countersteer shots import`` does; what it shows.

    Rows that cannot be made are left out, as with ``--valid-only``.
    """
    told: list[str] = []
    for each in attached:
        if each.rows:
            file = folder / "list.csv"
            with file.open("w", encoding="utf-8", errors="surrogatepass", newline="") as out:
                csv.writer(out).writerows(each.rows)
            told += await _imported(film, file)
    return told


async def _imported(film: Set, file: Path) -> list[str]:
    studio, project = film.house.studio, await film.house.studio.store.project(film.project.id)
    try:
        listing = sources.read(file, scene=await importing.known(studio, project))
    except CountersteerError as error:
        return [str(error)]
    found = await importing.candidates(studio, project, listing)
    ready = [each for each in found if each.shot is not None]
    if ready:
        await importing.keep(studio, project, ready, source=file.name)
    return [str(line) for line in preview.lines(listing, found, source=file.name)]


async def _image(film: Set, attached: Attached) -> str:
    """The label of a small real picture that carries the case's metadata.

    File and caption go where the product keeps a file's name, the only words it keeps of an image.
    """
    added = await add_reference(
        film.house.studio,
        film.project.id,
        data=picture(attached.metadata),
        label=attached.ref,
        note=" ".join(filter(None, (attached.caption, attached.filename))),
    )
    return added.reference.label


def picture(metadata: str) -> bytes:
    """A small photo with words in its metadata."""
    out = io.BytesIO()
    picture = Image.new("RGB", (640, 360), (90, 110, 130))
    exif = picture.getexif()
    if metadata:
        exif[_DESCRIPTION] = metadata
        exif.get_ifd(0x8769)[_COMMENT] = metadata
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
