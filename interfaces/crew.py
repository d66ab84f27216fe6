"""A worker among any number of them: takes errands, does them, and finds what was left by one that died."""

import anyio
from anyio.abc import TaskGroup

from agent.errands import Errand, Task
from interfaces.hands import ElsewhereHands
from interfaces.wiring import House
from memory.leases import FOR_S

LOOKS_EVERY_S = 0.1
MOST_IN_HAND = 8
"""Errands one process has in hand at once; more would be kept from others that are free."""
LATE_S = 15.0


class Crew:
    """One per worker process. What the turns it acts on set going, any other may take.

    Args:
        house: One whose workers are elsewhere, this being one of them.
        for_s: How long others leave alone what this one has taken and does not prolong.
        late_s: How long after it was due a job that nobody looked at has lost its worker.
    """

    def __init__(self, house: House, *, for_s: float = FOR_S, late_s: float = LATE_S) -> None:
        assert isinstance(house.worker, ElsewhereHands)
        self._house = house
        self._hands = house.worker
        self._rows = house.errands
        self._for_s = for_s
        self._late_s = late_s
        self._holder = house.studio.new_id("worker")
        self._in_hand = 0
        self._moved = anyio.Event()

    async def run(self, *, until_rest: bool = False) -> None:
        """Work until cancelled, or until no worker has anything left to do.

        Raises:
            OutdatedError: A newer program has changed the tables.
            StoreError: The rows cannot be had; nothing is lost, and this may be called again.
        """
        await self._rows.put_back(holder=self._holder)  # what a run had in hand that failed with its database
        try:
            async with anyio.create_task_group() as group:
                for work in (self._hands.run, self._house.own.run, self._prolong, self._search):
                    group.start_soon(work)
                while not (until_rest and await self._rows.quiet()):
                    self._moved = anyio.Event()
                    await self._take(group)
                    with anyio.move_on_after(LOOKS_EVERY_S):
                        await self._moved.wait()
                group.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True):
                await self._rows.put_back(holder=self._holder)

    async def _take(self, group: TaskGroup) -> None:
        free = MOST_IN_HAND - self._in_hand
        if free > 0:
            for errand in await self._rows.take(holder=self._holder, most=free, for_s=self._for_s):
                self._in_hand += 1
                group.start_soon(self._do, errand)

    async def _do(self, errand: Errand) -> None:
        """Do one, and strike it off only when all it leads to is kept."""
        try:
            match errand.task:
                case Task.TURN:
                    await self._house.desk.take_up(errand.subject_id, again=errand.taken > 1)
                    await self._hands.flush()
                case Task.SHOT:
                    await self._house.own.carry_out(errand.subject_id)
                case Task.JOB:
                    self._house.own.look_now(await self._house.studio.store.job(errand.subject_id))
            await self._rows.done(errand, holder=self._holder)
        finally:
            self._in_hand -= 1
            self._moved.set()

    async def _prolong(self) -> None:
        while True:
            await anyio.sleep(self._for_s / 3)
            await self._rows.keep(holder=self._holder, for_s=self._for_s)

    async def _search(self) -> None:
        """Hand over what was adrift at two looks in a row; what is only on its way from hand to hand is not."""
        before: frozenset[Errand] = frozenset()
        while True:
            await self._rows.fits()
            adrift = await self._rows.adrift(late_s=self._late_s)
            await self._rows.hand_over([errand for errand in adrift if errand in before])
            before = frozenset(adrift)
            await anyio.sleep(self._for_s)
