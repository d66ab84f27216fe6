"""A door's place in a conversation's story: every event is heard once, in order, while it happens."""

from collections.abc import Awaitable, Callable

import anyio

from agent.events import Event, What
from interfaces.wiring import House

LOOKS_EVERY_S = 0.1

Hear = Callable[[Event, int | None], Awaitable[None]]


class Following:
    """Hands each new event, with its shot's number, to ``hear``. ``after`` is the number of the last one heard."""

    def __init__(self, house: House, *, project_id: str, conversation_id: str, hear: Hear, after: int = 0) -> None:
        self._house = house
        self._project_id = project_id
        self._conversation_id = conversation_id
        self._hear = hear
        self._heard = after
        self._numbers: dict[str, int] = {}
        self._turn = anyio.Lock()

    async def catch_up(self) -> None:
        """What happened since the last look."""
        async with self._turn:
            for event in await self._house.desk.story(self._conversation_id, after=self._heard):
                if event.what is What.ORDER:
                    self._numbers.clear()
                number = await self._number(event.shot_id)
                self._heard = event.number
                await self._hear(event, number)

    async def keep_up(self) -> None:
        """The story as it happens, until cancelled."""
        while True:
            with anyio.CancelScope(shield=True):  # what is read is also told
                await self.catch_up()
            await anyio.sleep(LOOKS_EVERY_S)

    async def until_rest(self) -> None:
        """Let the worker work until nothing moves by itself any more, telling the story meanwhile."""
        async with anyio.create_task_group() as group:
            group.start_soon(self.keep_up)
            await self._house.worker.run(until_rest=True)
            group.cancel_scope.cancel()
        await self.catch_up()

    async def _number(self, shot_id: str | None) -> int | None:
        if shot_id is not None and shot_id not in self._numbers:
            shots = await self._house.studio.store.shots(self._project_id)
            self._numbers = {shot.id: shot.number for shot in shots}
        return self._numbers[shot_id] if shot_id is not None else None
