"""Two processes that write into one file, turn by turn; run by `test_leases`: FILE PROJECT CONVERSATION."""

import asyncio
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from agent.events import What
from memory.leases import Leases
from memory.store import open_store
from tests.contract.store.building import Film, Ids

TURNS = 10


def _now_us() -> int:
    return time.time_ns() // 1000


async def _write(file: str, project_id: str, conversation_id: str, *, name: str) -> None:
    async with open_store(f"sqlite:///{file}", now_us=_now_us, new_id=Ids(name)) as store:
        leases = Leases(store.database, now_us=_now_us, new_id=Ids(name))
        film = Film(store, await store.project(project_id), conversation_id, Ids(name))
        for _ in range(TURNS):
            async with leases.hold("conversation"):
                for step in ("begin", "end"):
                    await store.tell(
                        What.REMARK, {"by": name, "step": step}, project_id=project_id, conversation_id=conversation_id
                    )
            await film.shot()


def main() -> None:
    """Fork one writer and be the other."""
    child = os.fork()
    asyncio.run(_write(*sys.argv[1:4], name="parent" if child else "child"))
    if child:
        _, status = os.waitpid(child, 0)
        sys.exit(status)


if __name__ == "__main__":
    main()
