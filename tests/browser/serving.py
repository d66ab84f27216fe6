"""The house as `countersteer serve` opens it, in a process of its own: ``python -m tests.browser.serving FOLDER PORT``.

Its clips are the sandbox's own, a second long. Its eyes find fault with the first take of every prompt and with no
later one, so that every shot is re-routed once; how a take looks is measured.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import anyio
import anyio.to_thread

from agent.findings import Evidence, Grade, Looked, Reading, Sight
from agent.learning import LOOK_KIND
from agent.screening import Screening
from interfaces.command import house_serving
from interfaces.settings import Settings
from interfaces.wiring import Parts
from prompts import terms
from tools.examining import Task, examine
from tools.sandbox import app, renderer
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan
from tools.sandbox.scene import Scene

SEEN, DOUBTED = "photorealistic", "flicker"
BOX = (0.2, 0.25, 0.3, 0.4)


@dataclass
class Eyes:
    """Sees one term and doubts another in the first take of a prompt; afterwards nothing."""

    looks: Counter[str] = field(default_factory=Counter[str])

    async def look(self, screening: Screening) -> Looked:
        """What is in the clip."""
        prompt = screening.prompt
        self.looks[prompt.digest] += 1
        first = self.looks[prompt.digest] == 1
        readings = tuple(_reading(term.text, first=first) for term in prompt.terms)
        task = Task(clip=screening.clip, terms=(), checks=())
        examined = await anyio.to_thread.run_sync(examine, task)
        return Looked(footage=examined.footage, readings=readings, kind=LOOK_KIND, look=examined.look)


def _reading(term: str, *, first: bool) -> Reading:
    sights = {terms.identity(SEEN): Sight.SEEN, terms.identity(DOUBTED): Sight.UNSURE}
    sight = sights.get(terms.identity(term), Sight.ABSENT) if first else Sight.ABSENT
    shown = (Evidence(frame=1, at_s=0.04, sentence="skin with pores", box=BOX),) if sight is Sight.SEEN else ()
    return Reading(
        check="test eyes", terms=(terms.identity(term),), grade=Grade.A, sight=sight, reason="as told", evidence=shown
    )


def short(scene: Scene) -> bytes:
    """The scene as the sandbox draws it, small and a second long."""
    return renderer.render(replace(scene, seconds=1, width=640, height=360, fps=12))


async def serve(folder: Path, port: int) -> None:
    """Serve until stopped."""
    built = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.05), plan=FaultPlan(()), draw=short)
    settings = Settings(folder=folder, sandbox_pace=0.001)
    await house_serving.serve(settings, host="127.0.0.1", port=port, parts=Parts(sandbox=built, eyes=Eyes()))


if __name__ == "__main__":
    anyio.run(serve, Path(sys.argv[1]), int(sys.argv[2]))
