"""What a route is given: the open house, and the things of a film that its address names; 404 where there are none."""

from typing import Annotated, TypeVar

from fastapi import Depends, Path, Query, Request

from agent.errors import NotFoundError
from agent.film import Project, Shot, Take
from agent.talks import Talk
from interfaces.api.feed import Feed
from interfaces.board.pictures import Pictures
from interfaces.wiring import House

DOOR = "http"
T = TypeVar("T", Talk, Shot, Take)
ID = r"^[A-Za-z0-9_-]{1,100}$"

FilmId = Annotated[str, Path(pattern=ID)]
TalkId = Annotated[str, Path(pattern=ID)]
ShotId = Annotated[str, Path(pattern=ID)]
TakeId = Annotated[str, Path(pattern=ID)]
TurnId = Annotated[str, Path(pattern=ID)]


async def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


async def _feed(request: Request) -> Feed:
    feed: Feed = request.app.state.feed
    return feed


async def _pictures(request: Request) -> Pictures:
    pictures: Pictures = request.app.state.pictures
    return pictures


Opened = Annotated[House, Depends(_house)]
News = Annotated[Feed, Depends(_feed)]
Shown = Annotated[Pictures, Depends(_pictures)]


async def _film(film_id: FilmId, house: Opened) -> Project:
    return await house.studio.store.project(film_id)


Film = Annotated[Project, Depends(_film)]
"""The film of the address."""


async def _talk(conversation_id: TalkId, film: Film, house: Opened) -> Talk:
    return _mine(await house.studio.store.conversation(conversation_id), film, what="conversation")


async def _shot(shot_id: ShotId, film: Film, house: Opened) -> Shot:
    return _mine(await house.studio.store.shot(shot_id), film, what="shot")


async def _take(take_id: TakeId, film: Film, house: Opened) -> Take:
    return _mine(await house.studio.store.take(take_id), film, what="take")


ItsTalk = Annotated[Talk, Depends(_talk)]
ItsShot = Annotated[Shot, Depends(_shot)]
ItsTake = Annotated[Take, Depends(_take)]


async def _acting(
    film: Film,
    house: Opened,
    conversation: Annotated[
        str | None, Query(pattern=ID, description="Whose turn it is; left out, the film's latest conversation.")
    ] = None,
) -> Talk:
    store = house.studio.store
    if conversation is not None:
        return _mine(await store.conversation(conversation), film, what="conversation")
    talks = await store.talks(film.id)
    return talks[-1] if talks else await store.conversation(await store.open_conversation(film.id, door=DOOR))


Acting = Annotated[Talk, Depends(_acting)]
"""The conversation that a button's turn belongs to."""


def _mine(found: T, film: Project, *, what: str) -> T:
    """What belongs to the film; of another one not even its being there is told."""
    if found.project_id != film.id:
        raise NotFoundError(what=what, name=found.id)
    return found
