"""What a thread is told of each event: the story's own lines, cards where something is asked, clips with verdicts."""

from collections.abc import AsyncGenerator, Iterator

from agent.events import Event, What
from agent.inquiries import Kind
from agent.studio import Studio
from agent.threads import Heard, Threads
from agent.threads import Kind as Came
from interfaces import story
from interfaces.slack import batching, cards, clips, images, kit, progress
from interfaces.slack.posting import Piece
from interfaces.slack.wording import escaped, parts, told


class Drawing:
    """Messages of the film's threads, each from rows and from the event that it tells."""

    def __init__(self, studio: Studio, threads: Threads) -> None:
        self._studio = studio
        self._threads = threads

    async def of(self, event: Event) -> AsyncGenerator[Piece]:
        """The messages that an event brings; none for what the shot's own message tells."""
        number = (await self._studio.store.shot(event.shot_id)).number if event.shot_id else None
        match event.what:
            case What.REQUEST:
                said = await self._elsewhere(event)
            case What.REPLY:
                said = [*_spoken(event, before=await self._addressed(event))]
            case What.INQUIRY:
                said = [*_yes_or_no(event)]
            case What.ASK | What.BATCH:
                said = await self._drawn_again(event, number)
            case What.CHOOSE if number is not None and event.data["takes"]:
                said = [cards.choice(event, number=number, shot_id=event.shot_id or "")]
            case What.VERDICT if number is not None:
                said = [await clips.shown(self._studio, event, number=number)]
            case _:
                said = [] if event.what in progress.TOLD else [*_spoken(event, shot=number)]
        for piece in said:
            yield piece

    async def progress(self, shot_id: str, *, conversation_id: str) -> tuple[Piece, int]:
        """A shot's own message, and the number of the last event in it."""
        story_so_far = await self._studio.store.events(conversation_id=conversation_id)
        mine = [event for event in story_so_far if event.shot_id == shot_id]
        number = (await self._studio.store.shot(shot_id)).number
        return progress.piece(shot_id, number, mine), mine[-1].number

    async def batch(self, key: str, *, project_id: str) -> tuple[Piece | None, int]:
        """The message of a batch, and the number of the film's last event."""
        last = await self._studio.store.last_event(project_id)  # first: what happens meanwhile is drawn again
        return await batching.piece(self._studio, project_id, key=key), last

    async def settled(self, about: str, *, key: str) -> Piece | None:
        """A card that was decided; ``None`` while it is open."""
        return await cards.settled(self._studio, about, key=key)

    async def _elsewhere(self, event: Event) -> list[Piece]:
        """What was said in this conversation at another door; a button there is told by its answer."""
        mine = await self._by(event)
        if mine is not None or event.data.get("button") is True:
            return []
        text = f"_Said at another door:_\n{escaped(str(event.data['text']))}"
        return [*_pieces(event, text)]

    async def _drawn_again(self, event: Event, number: int | None) -> list[Piece]:
        """A message that is drawn again when it shows less than has happened: a card, or how far a batch is."""
        if number is None:
            piece = await batching.piece(self._studio, event.project_id, key=batching.key(event))
        else:
            piece = await cards.question(self._studio, event, number=number)
        return [] if piece is None else [piece]

    async def _addressed(self, event: Event) -> str:
        """Who a reply is for, where others in the thread may have pressed something too."""
        mine = await self._by(event)
        return f"<@{mine.user}> " if mine is not None and mine.kind is not Came.MESSAGE else ""

    async def _by(self, event: Event) -> Heard | None:
        return await self._threads.of_turn(event.turn_id) if event.turn_id else None


def note(heard: Heard) -> Iterator[Piece]:
    """What is told of something heard besides the story, to who did it; with its images, if it brought any."""
    buttons = images.offered(heard)
    for nth, part in enumerate(parts(escaped(heard.note))):
        text = f"<@{heard.user}> {part}"
        blocks = (*kit.section(text), *buttons) if buttons else ()
        yield Piece(key=f"note:{heard.key}/{nth}", text=text, blocks=blocks)


def _spoken(event: Event, *, shot: int | None = None, before: str = "") -> Iterator[Piece]:
    text = told(story.tell(event, shot=shot))
    return _pieces(event, f"{before}{text}") if text else iter(())


def _pieces(event: Event, text: str) -> Iterator[Piece]:
    for nth, part in enumerate(parts(text), start=1):
        yield Piece(key=f"event:{event.number}" + (f"/{nth}" if nth > 1 else ""), text=part)


def _yes_or_no(event: Event) -> Iterator[Piece]:
    """Buttons under what was asked back; one of several readings is answered with its number."""
    if event.data["kind"] == Kind.READINGS:
        return
    inquiry = str(event.data["inquiry_id"])
    buttons = kit.actions(kit.button("Yes", "yes", inquiry, style="primary"), kit.button("No", "no", inquiry))
    yield Piece(key=f"event:{event.number}", text="Yes or no?", blocks=(*kit.section("Yes or no?"), buttons))
