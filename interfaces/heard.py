"""What was heard and waits to be acted on: each deed in a task of its own, while somebody runs this."""

from collections.abc import Callable, Coroutine
from typing import Any

import anyio

Deed = Callable[[], Coroutine[Any, Any, None]]


class Heard:
    """One per desk. A deed tells its own failures; one that raises all the same ends the run."""

    def __init__(self) -> None:
        self._waiting: list[Deed] = []
        self._open = 0
        self._moved = anyio.Event()

    def add(self, deed: Deed) -> None:
        """Have it done soon."""
        self._waiting.append(deed)
        self._open += 1
        self._move()

    async def run(self) -> None:
        """Do what is added, until cancelled."""
        async with anyio.create_task_group() as group:
            while True:
                waiting, self._waiting = self._waiting, []
                for deed in waiting:
                    group.start_soon(self._do, deed)
                await self._moved.wait()

    async def rest(self) -> None:
        """Wait until all that was added is done."""
        while self._open:
            await self._moved.wait()

    async def _do(self, deed: Deed) -> None:
        try:
            await deed()
        finally:
            self._open -= 1
            self._move()

    def _move(self) -> None:
        moved, self._moved = self._moved, anyio.Event()
        moved.set()
