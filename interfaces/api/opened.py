"""What a route is given: the open house, the feed, the pictures, and the film that its address names."""

from typing import Annotated

from fastapi import Depends, Request

from agent.film import Project
from interfaces.api.feed import Feed
from interfaces.board.pictures import Pictures
from interfaces.wiring import House


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


async def _film(film_id: str, house: Opened) -> Project:
    return await house.studio.store.project(film_id)


Film = Annotated[Project, Depends(_film)]
"""The film of the address; 404 where there is none."""
