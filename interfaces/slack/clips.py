"""A take in its thread: the clip with its verdict, term by term; the words alone where Slack takes no files."""

from dataclasses import replace

from agent.errors import StoreError
from agent.events import Event
from agent.studio import Studio
from interfaces import story
from interfaces.slack.posting import Clip, Piece
from interfaces.slack.wording import LONGEST_POST, escaped, parts, told

KEPT = "_The clip is kept, and on the page._"


async def shown(studio: Studio, event: Event, *, number: int) -> Piece:
    """The clip of a verdict with what was found in it."""
    take = await studio.store.take(str(event.data["take_id"]))
    sandbox = story.SANDBOX if take.sandbox else ""
    title = f"Shot {number}, take {take.number}, {take.model}{sandbox}"
    found = told(story.tell(event, shot=number))
    text = next(parts(f"*{escaped(title)}*\n{found}\n{escaped(str(event.data['reason']))}", most=LONGEST_POST))
    piece = Piece(key=f"event:{event.number}", text=text, about=take.id)
    try:
        data = await studio.clips.read(take.clip)
    except StoreError as error:
        return replace(piece, text=f"{text}\n_{escaped(str(error))}_")
    return replace(piece, clip=Clip(data=data, name=f"shot-{number}-{take.id}.mp4", title=title))


def without(piece: Piece, reason: str) -> Piece:
    """The same in words, with why there is no clip."""
    return replace(piece, clip=None, text=f"{piece.text}\n_{escaped(reason)}_\n{KEPT}")
