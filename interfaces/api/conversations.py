"""Conversations and their turns: what is said is heard at once, acted on in order, and told as a story."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query

from agent.errors import NotFoundError
from agent.events import Event
from agent.talks import Said, Talk
from interfaces import story
from interfaces.api.forms import Message
from interfaces.api.opened import DOOR, Film, ItsTalk, Opened, TurnId

router = APIRouter(prefix="/films/{film_id}/conversations", tags=["conversations"])

After = Annotated[int, Query(ge=0, le=2**63 - 1, description="Number of the last event that is known already.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message that was kept; what comes of it is told by events."""

    turn_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event of the story.

    Attributes:
        lines: What a person is told of it; none for what need not be told.
    """

    number: int
    what: str
    at_us: int
    conversation_id: str
    shot_id: str | None
    turn_id: str | None
    data: dict[str, Any]
    lines: tuple[str, ...]


def happening(event: Event) -> Happening:
    """An event as it is sent."""
    return Happening(
        number=event.number,
        what=event.what.value,
        at_us=event.at_us,
        conversation_id=event.conversation_id,
        shot_id=event.shot_id,
        turn_id=event.turn_id,
        data=dict(event.data),
        lines=tuple(str(line) for line in story.tell(event)),
    )


@router.get("", summary="A film's conversations, oldest first")
async def conversations(film: Film, house: Opened) -> tuple[Talk, ...]:
    """Where the film was spoken of."""
    return await house.studio.store.talks(film.id)


@router.post("", summary="Begin a conversation", status_code=201)
async def begin(film: Film, house: Opened) -> Talk:
    """A new conversation about the film."""
    store = house.studio.store
    return await store.conversation(await store.open_conversation(film.id, door=DOOR))


@router.get("/{conversation_id}/turns", summary="What was said, oldest first")
async def turns(talk: ItsTalk, house: Opened) -> tuple[Said, ...]:
    """Every turn with its reply; without one it is still being acted on."""
    return await house.studio.store.turns(talk.id)


@router.post("/{conversation_id}/turns", summary="Say something", status_code=202)
async def say(talk: ItsTalk, message: Message, house: Opened) -> Heard:
    """Kept at once and acted on after what was said before it; follow the events for the answer and the clips."""
    turn_id = await house.desk.hear(talk.id, project_id=talk.project_id, text=message.text, key=message.key)
    return Heard(turn_id=turn_id)


@router.get("/{conversation_id}/turns/{turn_id}", summary="One turn")
async def turn(talk: ItsTalk, turn_id: TurnId, house: Opened) -> Said:
    """What was said and what was answered."""
    said = await house.studio.store.turn(turn_id)
    if said.conversation_id != talk.id:
        raise NotFoundError(what="turn", name=turn_id)
    return said


@router.get("/{conversation_id}/story", summary="What happened so far")
async def told(talk: ItsTalk, house: Opened, after: After = 0) -> tuple[Happening, ...]:
    """Every event of the conversation after a number, in order."""
    return tuple(happening(event) for event in await house.desk.story(talk.id, after=after))
