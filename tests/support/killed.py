"""A process that makes one shot and may kill itself at a named place; run as ``python -m tests.support.killed``."""

import os
import signal
import sys
from pathlib import Path

import anyio

from interfaces.settings import Settings
from interfaces.wiring import Parts, open_house
from tests.support.house import Eyesight


class Kill:
    """SIGKILL to this very process at one failpoint: nothing is flushed, nothing is tidied."""

    def __init__(self, at: str) -> None:
        self._at = at

    async def reach(self, name: str) -> None:
        """Die here, if this is the place."""
        if name == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


async def main(folder: str, sandbox_url: str, at: str, message: str) -> None:
    """Say the message if there is one, and bring the film to rest."""
    settings = Settings(folder=Path(folder), sandbox_url=sandbox_url, sandbox_pace=0.001)
    async with open_house(settings, parts=Parts(fail=Kill(at), eyes=Eyesight(), lease_s=1.0)) as house:
        project = await house.project("film", create=True)
        known = await house.studio.store.conversations(project.id)
        conversation_id = known[0] if known else await house.studio.store.open_conversation(project.id, door="test")
        await house.worker.recover()
        if message:
            await house.desk.say(conversation_id, project_id=project.id, text=message)
        await house.worker.run(until_rest=True)


if __name__ == "__main__":
    _, to_folder, to_sandbox, failpoint, words = sys.argv
    anyio.run(main, to_folder, to_sandbox, failpoint, words)
