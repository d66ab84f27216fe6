"""`/v1/models` and `/v1/chat/completions`: any chat client of OpenAI's wire directs a film."""

from typing import Any

from fastapi import APIRouter
from fastapi import Request as Asked
from starlette.responses import JSONResponse, Response, StreamingResponse

from interfaces import finding
from interfaces.api import uploads
from interfaces.api.opened import News, Opened
from interfaces.completions import hearing, reading
from interfaces.completions.answering import Answering
from interfaces.completions.reading import FILM, MODEL
from interfaces.completions.sending import Sending
from interfaces.completions.wire import Request
from interfaces.unfolding import Unfolding
from tools import scanner

MOST_BYTES = 2 * scanner.MOST_BYTES + uploads.MOST_JSON_BYTES
"""Room for a picture as base64, and the history around it."""

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "Whole, or in events where `stream` is asked for.", "content": {"text/event-stream": {}}}
}

router = APIRouter(prefix="/v1", tags=["chat clients"])


@router.get("/models", summary="The films, as models")
async def models(house: Opened) -> dict[str, Any]:
    """The latest film under one name, and each film under its own."""
    films = await house.studio.store.projects()
    return {"object": "list", "data": [_model(MODEL), *(_model(f"{FILM}{film.name}") for film in films)]}


@router.get("/models/{model:path}", summary="One film, as a model")
async def one(model: str, house: Opened) -> dict[str, Any]:
    """One of them."""
    name = reading.film(model)
    if name:
        await finding.film(house.studio.store, name)
    return _model(model)


@router.post("/chat/completions", summary="Say something, as to a model", responses=ANSWERS, max_body_size=MOST_BYTES)
async def complete(request: Request, asked: Asked, house: Opened, news: News) -> Response:
    """The last message as a turn; its answer and the story of its shots, whole or as it happens."""
    meant = reading.read(request)
    project, said, told = await hearing.hear(house, meant)
    unfolding = Unfolding(house=house, said=said, left=lambda: news.closed)
    answering = Answering(unfolding=unfolding, before=told, address=str(asked.base_url))
    sending = Sending(project=project, meant=meant, answering=answering, model=request.model)
    if request.stream:
        return StreamingResponse(sending.stream(), media_type="text/event-stream")
    return JSONResponse(await sending.whole())


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": MODEL}
