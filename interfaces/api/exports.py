"""The film in other forms: as a list that imports again without loss, for the edit, and the whole record."""

import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from interfaces.api.opened import Film, Opened
from interfaces.contact.gathering import gather
from interfaces.export import bundle, edl, pages, record, selects, timeline, whole
from interfaces.export.record import Record
from interfaces.export.selects import Cut
from interfaces.shotlists import exact, exporting

router = APIRouter(prefix="/films/{film_id}/export", tags=["export"])

Told = dict[int | str, dict[str, Any]]
CSV: Told = {200: {"description": "Every shot of the list, a row each.", "content": {"text/csv": {}}}}
OTIO: Told = {200: {"description": "OpenTimelineIO.", "content": {"application/json": {}}}}
EDL: Told = {200: {"description": "The cuts.", "content": {"text/plain": {}}}}
PDF: Told = {200: {"description": "As many pages as it takes.", "content": {"application/pdf": {}}}}
ZIP: Told = {200: {"description": "Clips, manifest, timeline.", "content": {"application/zip": {}}}}
JSON: Told = {200: {"description": "Every shot of the list.", "content": {"application/json": {}}}}


@router.get("/shots.csv", summary="The shot list as CSV", response_class=Response, responses=CSV)
async def shots_csv(film: Film, house: Opened) -> Response:
    """Imports again without loss; no spreadsheet runs anything of it."""
    text = exporting.BOM + exact.to_csv(await exporting.records(house.studio, film))
    return _file(text, "text/csv; charset=utf-8", "shots.csv")


@router.get("/shots.json", summary="The shot list as JSON", response_class=Response, responses=JSON)
async def shots_json(film: Film, house: Opened) -> Response:
    """Imports again without loss."""
    text = exact.to_json(await exporting.records(house.studio, film))
    return _file(text, "application/json", "shots.json")


@router.get("/record.json", summary="Everything that is stored of a film", response_model=Record)
async def whole_record(film: Film, house: Opened) -> Response:
    """Blocks, shots, takes, verdicts, receipts, ledger and story: what a film can be explained from."""
    return _file(await record.as_json(house.studio, film), "application/json", "record.json")


@router.get(
    "/film.otio", summary="The selected takes as an OpenTimelineIO timeline", response_class=Response, responses=JSON
)
async def otio(film: Film, house: Opened) -> Response:
    """Each at its own frame rate, with markers and what is known of it; its clips are named as in clips.zip."""
    return _file(timeline.text(await selects.gather(house.studio, film)), "application/json", "film.otio")


@router.get("/film.edl", summary="The same as a CMX 3600 edit decision list", response_class=Response, responses=EDL)
async def cut_list(film: Film, house: Opened) -> Response:
    """Never drop-frame; gaps and mixed frame rates are said in its comments."""
    return _file(edl.text(await selects.gather(house.studio, film)), "text/plain; charset=us-ascii", "film.edl")


@router.get("/contact-sheet.pdf", summary="The contact sheet, page by page", response_class=Response, responses=PDF)
async def contact_sheet(film: Film, house: Opened) -> Response:
    """Every shot with its takes and what was seen in them."""
    sheet = await gather(house.studio, film.id)
    return _file(await anyio.to_thread.run_sync(pages.pdf, sheet), "application/pdf", "contact-sheet.pdf")


@router.get("/clips.zip", summary="The clips of the selected takes", response_class=Response, responses=ZIP)
async def clips(film: Film, house: Opened) -> Response:
    """Under names that sort, with a manifest, checksums and the timeline that names them."""
    cut = await selects.gather(house.studio, film)
    file = await anyio.to_thread.run_sync(_packed, cut, house.studio.clips.path)
    return FileResponse(
        file, media_type="application/zip", filename="clips.zip", background=BackgroundTask(file.unlink)
    )


def _packed(cut: Cut, path: Callable[[str], Path]) -> Path:
    """The zip in a file of its own, which whoever sends it removes."""
    file = Path(tempfile.gettempdir()) / f"countersteer-{secrets.token_hex(8)}.zip"
    with whole.opened(file, replace=False) as out:
        bundle.write(out, cut, cut.selects, path=path)
    return file


def _file(content: str | bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})
