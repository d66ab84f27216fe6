"""The film in other forms: every file of the catalogue, at its own address."""

import secrets
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from interfaces.api.opened import Film, Opened
from interfaces.export import bundle, selects, whole
from interfaces.export.catalogue import CLIPS, FORMS, Form
from interfaces.export.record import Record
from interfaces.export.selects import Cut

router = APIRouter(prefix="/films/{film_id}/export", tags=["export"])

SHAPES = {"record.json": Record}
"""Of those that are described as JSON of ours."""


def _sending(form: Form) -> Callable[[Film, Opened], Awaitable[Response]]:
    async def send(film: Film, house: Opened) -> Response:
        named = {"content-disposition": f'attachment; filename="{form.file}"'}
        return Response(await form.make(house.studio, film), media_type=form.media_type, headers=named)

    return send


async def _clips(film: Film, house: Opened) -> Response:
    """From a file, whatever its size."""
    cut = await selects.gather(house.studio, film)
    file = await anyio.to_thread.run_sync(_packed, cut, house.studio.clips.path)
    return FileResponse(
        file, media_type=FORMS[CLIPS].media_type, filename=CLIPS, background=BackgroundTask(file.unlink)
    )


def _packed(cut: Cut, path: Callable[[str], Path]) -> Path:
    """The zip in a file of its own, which whoever sends it removes."""
    file = Path(tempfile.gettempdir()) / f"countersteer-{secrets.token_hex(8)}.zip"
    with whole.opened(file, replace=False) as out:
        bundle.write(out, cut, cut.selects, path=path)
    return file


for _form in FORMS.values():
    _shape = SHAPES.get(_form.file)
    _told: dict[int | str, dict[str, Any]] = {
        200: {"description": _form.holds, "content": {_form.media_type.partition(";")[0]: {}}}
    }
    router.add_api_route(
        f"/{_form.file}",
        _clips if _form.file == CLIPS else _sending(_form),
        name=_form.file,
        summary=_form.summary,
        description=_form.holds,
        response_class=Response,
        response_model=_shape,
        responses={} if _shape else _told,
    )
