"""The stream of a page: after each event the fragments that it changes, under the event's number."""

from collections.abc import AsyncIterable
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from agent.events import Event, What
from agent.talks import Talk
from interfaces.api.opened import News, Opened
from interfaces.page import fragments, rendering
from interfaces.page.fragments import placed
from interfaces.page.items import item
from interfaces.page.opened import Talking
from interfaces.wiring import House

router = APIRouter(include_in_schema=False)

WHOLE_FILM = frozenset({What.BLOCK, What.ORDER, What.RESTORE, What.STALE})
"""After these any shot may look different."""

WORDS = frozenset({What.REQUEST, What.REPLY, What.READ, What.REMARK, What.LINT, What.INQUIRY})
"""These change no shot."""

SMALL = frozenset({What.PROGRESS, What.RENDERING, What.ACCEPTED})
"""These change one shot, and neither what waits nor the film's figures."""


@router.get("/c/{talk_id}/following", response_class=EventSourceResponse)
async def following(
    talk: Talking, house: Opened, news: News, after: int = 0, last_event_id: Annotated[int | None, Header()] = None
) -> AsyncIterable[ServerSentEvent]:
    """What changes on the page, from an event on; a page that comes back goes on behind the last one it had."""
    start = after if last_event_id is None else last_event_id
    async for event in news.follow(after=start, project_id=talk.project_id):
        html = await changes(house, talk, event)
        yield ServerSentEvent(raw_data=" ".join(html.split("\n")) or "<!-- -->", id=str(event.number))


async def changes(house: House, talk: Talk, event: Event) -> str:
    """The fragments that an event changes on the page of a conversation."""
    pieces = [await _line(house, talk, event)]
    if event.what in WHOLE_FILM:
        pieces.append(await _all_shots(house, talk))
    elif event.shot_id is not None and event.what not in WORDS:
        pieces.append(await _one_shot(house, talk, event.shot_id))
    if event.what not in SMALL:
        pieces.append(await _around(house, talk))
    return "".join(pieces)


async def _line(house: House, talk: Talk, event: Event) -> str:
    """The event in the log; another conversation's is not told here."""
    if event.conversation_id != talk.id:
        return ""
    number = (await house.studio.store.shot(event.shot_id)).number if event.shot_id else None
    told = item(event, shot=number)
    return placed("#log", fragments.items([told])) if told else ""


async def _one_shot(house: House, talk: Talk, shot_id: str) -> str:
    shot = await house.studio.store.shot(shot_id)
    project = await house.studio.store.project(talk.project_id)
    return placed("#shots", await fragments.shot(house.studio, shot, project, talk_id=talk.id))


async def _all_shots(house: House, talk: Talk) -> str:
    """Every shot again: those shown are made anew, those far away say so and are asked for when they come near."""
    html = await fragments.all_shots(house.studio, talk)
    return f'<hx-partial hx-target="#shots" hx-swap="innerMorph">{html}</hx-partial>'


async def _around(house: House, talk: Talk) -> str:
    """What stands around the shots: figures, what waits, what was asked."""
    studio = house.studio
    project, shots = await studio.store.project(talk.project_id), await studio.store.shots(talk.project_id)
    waits = await fragments.waiting(studio, shots)
    answers = await fragments.answers(studio, talk.id)
    parts = (
        rendering.html("facts.html", facts=await fragments.facts(studio, project, shots)),
        rendering.html("batch.html", batch=await fragments.batch(studio, project.id), conversation_id=talk.id),
        rendering.html("waiting.html", waits=waits, conversation_id=talk.id),
        rendering.html("asked.html", answers=answers, conversation_id=talk.id),
    )
    return placed("body", "".join(parts))
