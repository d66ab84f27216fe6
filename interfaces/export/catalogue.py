"""Every file that a film can leave as: its name, what it holds, and how it is made; each door gives all of them."""

import io
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import anyio.to_thread
from PIL import Image

from agent.film import Project
from agent.studio import Studio
from interfaces.contact.gathering import Film, gather
from interfaces.contact.page import html
from interfaces.contact.poster import poster
from interfaces.export import bundle, edl, pages, record, selects, timeline
from interfaces.export.selects import Cut
from interfaces.export.whole import ExportError
from interfaces.shotlists import exact, exporting

CLIPS = "clips.zip"
MOST_CLIPS_BYTES = 256 * 1024 * 1024
"""Of a zip that is made in memory; doors that can send a file as it is have no limit."""

Make = Callable[[Studio, Project], Awaitable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of file.

    Attributes:
        media_type: As HTTP names it.
        summary: What it is, in a line.
        holds: What is to be known of it.
    """

    file: str
    media_type: str
    summary: str
    holds: str
    make: Make

    @property
    def is_text(self) -> bool:
        """Whether it can be read as it is."""
        return self.media_type.startswith("text/") or self.media_type == "application/json"


SHEETS: Mapping[str, Callable[[Film], bytes]] = {
    "contact-sheet.html": lambda film: html(film).encode(),
    "contact-sheet.png": lambda film: _png(poster(film)),
    "contact-sheet.pdf": pages.pdf,
}
"""The contact sheet in its forms, each drawn from what was gathered once."""


async def _shots_csv(studio: Studio, film: Project) -> bytes:
    return (exporting.BOM + exact.to_csv(await exporting.records(studio, film))).encode()


async def _shots_json(studio: Studio, film: Project) -> bytes:
    return exact.to_json(await exporting.records(studio, film)).encode()


def _of_cut(draw: Callable[[Cut], str]) -> Make:
    async def make(studio: Studio, film: Project) -> bytes:
        return draw(await selects.gather(studio, film)).encode()

    return make


def _sheet(file: str) -> Make:
    async def make(studio: Studio, film: Project) -> bytes:
        gathered = await gather(studio, film.id)
        return await anyio.to_thread.run_sync(SHEETS[file], gathered)

    return make


async def _clips(studio: Studio, film: Project) -> bytes:
    cut = await selects.gather(studio, film)

    def pack() -> bytes:
        paths = (studio.clips.path(select.take.clip) for select in cut.selects)
        if sum(path.stat().st_size for path in paths if path.exists()) > MOST_CLIPS_BYTES:
            most = f"{MOST_CLIPS_BYTES >> 20} MiB"
            raise ExportError(f"the clips are more than {most}, too much for one answer; use countersteer export clips")
        out = io.BytesIO()
        bundle.write(out, cut, cut.selects, path=studio.clips.path)
        return out.getvalue()

    return await anyio.to_thread.run_sync(pack)


FORMS: Mapping[str, Form] = {
    form.file: form
    for form in (
        Form(
            file="shots.csv",
            media_type="text/csv; charset=utf-8",
            summary="The shot list as CSV",
            holds="Imports again without loss; no spreadsheet runs anything of it.",
            make=_shots_csv,
        ),
        Form(
            file="shots.json",
            media_type="application/json",
            summary="The shot list as JSON",
            holds="Imports again without loss.",
            make=_shots_json,
        ),
        Form(
            file="record.json",
            media_type="application/json",
            summary="Everything that is stored of a film",
            holds="Blocks, shots, takes, verdicts, receipts, ledger and story: what a film can be explained from.",
            make=record.as_json,
        ),
        Form(
            file="film.otio",
            media_type="application/json",
            summary="The selected takes as an OpenTimelineIO timeline",
            holds="Each at its own frame rate, with markers and what is known of it; clips are named as in clips.zip.",
            make=_of_cut(timeline.text),
        ),
        Form(
            file="film.edl",
            media_type="text/plain; charset=us-ascii",
            summary="The same as a CMX 3600 edit decision list",
            holds="Never drop-frame; gaps and mixed frame rates are said in its comments.",
            make=_of_cut(edl.text),
        ),
        Form(
            file="contact-sheet.html",
            media_type="text/html; charset=utf-8",
            summary="The contact sheet as one page",
            holds="Every shot with its takes and what was seen in them; its pictures are inside.",
            make=_sheet("contact-sheet.html"),
        ),
        Form(
            file="contact-sheet.png",
            media_type="image/png",
            summary="The contact sheet as one picture",
            holds="The same, for a wall.",
            make=_sheet("contact-sheet.png"),
        ),
        Form(
            file="contact-sheet.pdf",
            media_type="application/pdf",
            summary="The contact sheet, page by page",
            holds="The same, for paper.",
            make=_sheet("contact-sheet.pdf"),
        ),
        Form(
            file=CLIPS,
            media_type="application/zip",
            summary="The clips of the selected takes",
            holds="Under names that sort, with a manifest, checksums and the timeline that names them.",
            make=_clips,
        ),
    )
}
"""By file name."""


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
