"""What a route of the page is given: the conversation that its address names, and the shot in its film."""

from typing import Annotated

from fastapi import Depends

from agent.film import Shot
from agent.talks import Talk
from interfaces.api.opened import Film, Opened


async def _talk(talk_id: str, house: Opened) -> Talk:
    return await house.studio.store.conversation(talk_id)


Talking = Annotated[Talk, Depends(_talk)]
"""The conversation of the address; 404 where there is none."""


async def _talked_of(number: int, talk: Talking, house: Opened) -> Shot:
    return await house.studio.store.shot_numbered(talk.project_id, number)


TalkedOf = Annotated[Shot, Depends(_talked_of)]
"""The shot of that number in the conversation's film."""


async def _shown(number: int, film: Film, house: Opened) -> Shot:
    return await house.studio.store.shot_numbered(film.id, number)


Shown = Annotated[Shot, Depends(_shown)]
"""The shot of that number in the film of the address."""
