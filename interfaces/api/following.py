"""What happens, as it happens: server-sent events, resumed by the number of the last one that was heard."""

from collections.abc import AsyncIterable
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from agent.events import Event
from interfaces.api.conversations import After, happening
from interfaces.api.opened import Film, ItsTalk, News

router = APIRouter(prefix="/films/{film_id}", tags=["events"])

LastHeard = Annotated[int | None, Header(alias="last-event-id", ge=0, le=2**63 - 1)]


@router.get(
    "/conversations/{conversation_id}/events",
    summary="A conversation's events as they happen",
    response_class=EventSourceResponse,
)
async def conversation(
    talk: ItsTalk, news: News, after: After = 0, last_event_id: LastHeard = None
) -> AsyncIterable[ServerSentEvent]:
    """Every event after a number, then each new one; a caller that comes back names the last one it heard."""
    async for event in news.follow(after=_from(after, last_event_id), conversation_id=talk.id):
        yield _sent(event)


@router.get("/events", summary="A film's events as they happen", response_class=EventSourceResponse)
async def film(
    film: Film, news: News, after: After = 0, last_event_id: LastHeard = None
) -> AsyncIterable[ServerSentEvent]:
    """The same over all conversations of the film."""
    async for event in news.follow(after=_from(after, last_event_id), project_id=film.id):
        yield _sent(event)


def _from(after: int, last_event_id: int | None) -> int:
    return after if last_event_id is None else last_event_id


def _sent(event: Event) -> ServerSentEvent:
    return ServerSentEvent(data=happening(event), event=event.what.value, id=str(event.number))
