"""What one turn leads to, as it happens: its answer, and the story of the shots it set going until each rests."""

from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass, field

from agent.events import Event, What
from agent.film import ShotStatus
from agent.talks import Said
from interfaces.following import LOOKS_EVERY_S
from interfaces.wiring import House

RESTS = frozenset({What.DELIVER, What.CHOOSE, What.ASK, What.HOLD})
"""A shot of which one of these is told waits for somebody, or for nothing."""

MOVES = frozenset({ShotStatus.OPEN, ShotStatus.APPROVAL, ShotStatus.RENDERING})
QUIET_US = 5_000_000
"""After so long without news the rows are asked: a shot that was taken out of the list rests without a word."""


def stays() -> bool:
    """Somebody is told for as long as the turn takes."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event of the turn, and the number of the shot it is about."""

    event: Event
    shot: int | None


@dataclass(slots=True, kw_only=True)
class Unfolding:
    """One turn, followed from its beginning; who follows it again is told the same.

    Attributes:
        left: Says when nobody is told any more, because the server stops; the turn goes on all the same.
        reply: What was answered; ``None`` until then.
        going: Shots that the turn set going and that do not rest yet, by id, with their numbers.
    """

    house: House
    said: Said
    left: Callable[[], bool] = stays
    reply: str | None = None
    going: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.reply is not None and not self.going

    async def follow(self, *, until_us: int) -> AsyncGenerator[Happened | None]:
        """All that happens, in order, until it is over or that late; the turn itself goes on either way.

        Between two looks comes a ``None``, so that who has to show signs of life can.
        """
        studio = self.house.studio
        project_id = (await studio.store.conversation(self.said.conversation_id)).project_id
        heard, news_us = await self._before(), studio.now_us()
        while True:
            rest = await self._at_rest() if studio.now_us() - news_us > QUIET_US else ()
            for event in await studio.store.events(project_id=project_id, after=heard):
                heard = event.number
                if event.turn_id == self.said.id or event.shot_id in self.going:
                    news_us = studio.now_us()
                    yield Happened(event=event, shot=self.going.get(event.shot_id or ""))
                    await self._take_in(event)
            self._leave_out(rest)
            if self.over or self.left() or studio.now_us() >= until_us:
                return
            yield None
            await studio.sleep(LOOKS_EVERY_S)

    async def _before(self) -> int:
        """Number of the event before the turn's first one."""
        story = await self.house.desk.story(self.said.conversation_id)
        return next((event.number - 1 for event in story if event.turn_id == self.said.id), 0)

    async def _take_in(self, event: Event) -> None:
        if event.what is What.REPLY:
            self.reply = str(event.data["text"])
            shots = event.data.get("shots")
            for shot_id in shots if isinstance(shots, list) else ():
                self.going[str(shot_id)] = (await self.house.studio.store.shot(str(shot_id))).number
        elif event.what in RESTS:
            self._leave_out([event.shot_id or ""])

    async def _at_rest(self) -> list[str]:
        """Shots that move no more; whoever still has one in hand is waited for, and with it what is told last."""
        studio, found = self.house.studio, list[str]()
        for shot_id in self.going:
            shot = await studio.store.shot(shot_id)
            if shot.omitted or shot.status not in MOVES:
                async with studio.lease(f"shot:{shot_id}"):
                    found.append(shot_id)
        return found

    def _leave_out(self, shot_ids: Iterable[str]) -> None:
        for shot_id in shot_ids:
            self.going.pop(shot_id, None)
