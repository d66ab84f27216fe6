"""Clips and pictures: what never changes may be kept by the browser for good."""

from pathlib import Path
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Depends, Header
from starlette.responses import FileResponse, Response

from agent.errors import NotFoundError
from agent.film import Take
from agent.images import Image
from interfaces.api.opened import Film, Opened, Shown
from prompts.references import Reference

FOR_GOOD = "private, max-age=31536000, immutable"
ASK_FIRST = "private, no-cache"
Told = dict[int | str, dict[str, Any]]
UNCHANGED: Told = {304: {"description": "What the caller has is still right."}}
PART: Told = {206: {"description": "A part of it."}, 416: {"description": "It is shorter than that."}}
VIDEO: Told = {200: {"description": "The clip.", "content": {"video/mp4": {}}}, **PART, **UNCHANGED}
PICTURE: Told = {200: {"description": "The picture.", "content": {"image/jpeg": {}}}}
STORED: Told = {200: {"description": "As it was taken in.", "content": {"image/png": {}}}, **PART, **UNCHANGED}

router = APIRouter(prefix="/media", tags=["media"])


async def _take(take_id: str, house: Opened) -> Take:
    return await house.studio.store.take(take_id)


Taken = Annotated[Take, Depends(_take)]
Seen = Annotated[str, Header(alias="if-none-match", max_length=200)]


@router.get("/takes/{take_id}/clip.mp4", summary="The clip of a take", response_class=FileResponse, responses=VIDEO)
async def clip(take: Taken, house: Opened, seen: Seen = "") -> Response:
    """The clip as it came from its model, whole or by ranges."""
    return await _file(house.studio.clips.path(take.clip), "video/mp4", tag=take.sha256, seen=seen)


@router.get("/takes/{take_id}/poster.jpg", summary="A first look at a take", response_class=Response, responses=PICTURE)
async def poster(take: Taken, shown: Shown) -> Response:
    """One frame from the start of the clip, 640 px wide."""
    return _picture(await shown.poster(take), FOR_GOOD)


@router.get("/takes/{take_id}/strip.jpg", summary="Five frames of a take", response_class=Response, responses=PICTURE)
async def strip(take: Taken, shown: Shown) -> Response:
    """Five frames side by side, 320 px each."""
    return _picture(await shown.strip(take), FOR_GOOD)


@router.get(
    "/takes/{take_id}/evidence/{place}.jpg",
    summary="What a finding of a take rests on",
    response_class=Response,
    responses=PICTURE,
)
async def evidence(take: Taken, place: int, shown: Shown) -> Response:
    """The picture behind the finding with that place in the verdict."""
    return _picture(await shown.evidence(take, place=place), ASK_FIRST)


@router.get(
    "/references/{film_id}/{label:path}.jpg",
    summary="A reference of a film, small",
    response_class=Response,
    responses=PICTURE,
)
async def reference(label: str, film: Film, house: Opened, shown: Shown) -> Response:
    """The image that has the label now."""
    _, image = await _labelled(house, film.id, label)
    return _picture(await shown.reference(image.file), ASK_FIRST)


@router.get(
    "/references/{film_id}/{label:path}/original",
    summary="A reference of a film as it was taken in",
    response_class=FileResponse,
    responses=STORED,
)
async def original(label: str, film: Film, house: Opened, seen: Seen = "") -> Response:
    """The stored bytes: the picture that was uploaded, without what else its file held."""
    kept, image = await _labelled(house, film.id, label)
    return await _file(house.studio.clips.path(image.file), "image/png", tag=kept.id, seen=seen, keep=ASK_FIRST)


async def _labelled(house: Opened, project_id: str, label: str) -> tuple[Reference, Image]:
    known = {
        reference.label: (reference, image) for reference, image in await house.studio.store.references(project_id)
    }
    if label not in known:
        raise NotFoundError(what="reference", name=label, known=known)
    return known[label]


async def _file(path: Path, media_type: str, *, tag: str, seen: str, keep: str = FOR_GOOD) -> Response:
    headers = {"etag": f'"{tag}"', "cache-control": keep}
    if headers["etag"] in seen:
        return Response(status_code=304, headers=headers)
    if not await anyio.Path(path).is_file():
        raise NotFoundError(what="file in the data folder", name=path.name)
    return FileResponse(path, media_type=media_type, headers=headers)


def _picture(data: bytes, keep: str) -> Response:
    return Response(data, media_type="image/jpeg", headers={"cache-control": keep})
