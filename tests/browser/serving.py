"""The house as `countersteer serve` opens it, in a process of its own: ``python -m tests.browser.serving FOLDER PORT``.

Its eyes find fault with the first take of every prompt and with no later one, so that every shot is re-routed once.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import anyio

from agent.findings import Evidence, Footage, Grade, Looked, Reading, Sight
from agent.screening import Screening
from interfaces.command import house_serving
from interfaces.settings import Settings
from interfaces.wiring import Parts
from prompts import terms
from tests.support.house import blank
from tools.sandbox import app
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan

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
        return Looked(footage=Footage(frames=48, seconds=2, width=640, height=360, fps=24), readings=readings)


def _reading(term: str, *, first: bool) -> Reading:
    sights = {terms.identity(SEEN): Sight.SEEN, terms.identity(DOUBTED): Sight.UNSURE}
    sight = sights.get(terms.identity(term), Sight.ABSENT) if first else Sight.ABSENT
    shown = (Evidence(frame=1, at_s=0.04, sentence="skin with pores", box=BOX),) if sight is Sight.SEEN else ()
    return Reading(
        check="test eyes", terms=(terms.identity(term),), grade=Grade.A, sight=sight, reason="as told", evidence=shown
    )


async def serve(folder: Path, port: int) -> None:
    """Serve until stopped."""
    built = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.05), plan=FaultPlan(()), draw=blank)
    settings = Settings(folder=folder, sandbox_pace=0.001)
    await house_serving.serve(settings, host="127.0.0.1", port=port, parts=Parts(sandbox=built, eyes=Eyes()))


if __name__ == "__main__":
    anyio.run(serve, Path(sys.argv[1]), int(sys.argv[2]))
