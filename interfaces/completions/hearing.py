"""A request heard as a turn: in its conversation, once, its pictures kept as references of the film."""

import hashlib

from agent.film import Project
from agent.studio import Studio
from agent.talks import Said
from interfaces import finding
from interfaces.completions.reading import Meant
from interfaces.desk import sayable
from interfaces.references import add_reference
from interfaces.wiring import House

DOOR = "chat client"
INSTRUCTED = (
    "(Your client's system message is not followed: the film's blocks and settings direct here. "
    "What you say in words does.)"
)


async def hear(house: House, meant: Meant) -> tuple[Project, Said, tuple[str, ...]]:
    """The film, the turn, and what the person has to be told before its answer.

    Raises:
        CountersteerError: There is no such film, or the message cannot be taken; nothing was done.
    """
    store = house.studio.store
    project = await (finding.film(store, meant.film) if meant.film else finding.latest(store))
    sayable(meant.text)
    told = [line for picture in meant.pictures for line in await _keep(house.studio, project, picture)]
    talk_id = await _conversation(house.studio, project, meant.conversation)
    turn_id = await house.desk.hear(talk_id, project_id=project.id, text=meant.text, key=meant.key)
    if meant.instructed and (await store.turns(talk_id))[0].id == turn_id:
        told.append(INSTRUCTED)
    return project, await store.turn(turn_id), tuple(told)


async def _conversation(studio: Studio, project: Project, name: str) -> str:
    """The film's conversation of that id, or the one that this door opened under that name."""
    door = f"{DOOR} {hashlib.sha256(name.encode()).hexdigest()[:16]}"
    async with studio.lease(f"{door} of {project.id}"):
        talks = await studio.store.talks(project.id)
        found = next((talk.id for talk in talks if name == talk.id or door == talk.door), None)
        return found or await studio.store.open_conversation(project.id, door=door)


async def _keep(studio: Studio, project: Project, picture: bytes) -> list[str]:
    """Keep a picture as a reference, once; a request that is sent again brings the same."""
    label = f"picture {hashlib.sha256(picture).hexdigest()[:6]}"
    told = f"(Your picture is kept as the reference {label!r}. A shot uses it when you name it so.)"
    if label in {reference.label for reference, _ in await studio.store.references(project.id)}:
        return [told]
    added = await add_reference(studio, project.id, data=picture, label=label, note=DOOR)
    return [told, *(f"({sentence})" for sentence in added.told)]
