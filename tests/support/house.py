"""A whole house in a folder, with stand-ins that draw in no time and eyes that see what a test tells them to."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path

import av
import numpy as np

from agent.events import Event, What
from agent.film import Project, Shot, Take
from agent.findings import Footage, Grade, Looked, Reading, Sight
from agent.intents import Draft, Plan, Scene, Shoot
from agent.learning import UNCALIBRATED, Calibration
from agent.ports import Eyes, Planner
from agent.screening import Screening
from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house
from prompts import terms
from tests.support.tables import lay_tables
from tools.sandbox import app
from tools.sandbox.app import Sandbox
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule
from tools.sandbox.scene import Scene as Drawn


@dataclass
class Eyesight:
    """Eyes that see given terms in the first, second, ... take they look at; afterwards nothing.

    ``None`` in the list means the looking itself fails. ``calibration`` is the one they last looked by.
    """

    seen: list[set[str] | None] = field(default_factory=list[set[str] | None])
    looks: int = 0
    calibration: Calibration = UNCALIBRATED

    async def look(self, screening: Screening) -> Looked:
        """Every term of the prompt is seen or absent as the list says."""
        seen = self.seen[self.looks] if self.looks < len(self.seen) else set[str]()
        self.looks += 1
        self.calibration = screening.calibration
        readings = tuple(_reading(term.text, seen) for term in (*screening.prompt.terms, *screening.besides))
        footage = Footage(frames=48, seconds=2, width=64, height=36, fps=24)
        return Looked(footage=footage, readings=readings, besides=screening.besides)


@dataclass(frozen=True)
class Shooting:
    """A planner for which every message means these shots; for tests that are not about understanding."""

    drafts: tuple[Draft, ...]

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """The shots, whatever was said."""
        return Plan(intents=(Shoot(drafts=self.drafts),), planner="test")


@dataclass(kw_only=True)
class Set:
    """One film being made."""

    house: House
    sandbox: Sandbox
    project: Project
    conversation_id: str

    async def say(self, text: str, *, rest: bool = True) -> str:
        """Say it, wait until nothing moves, and return the reply."""
        await self.house.desk.say(self.conversation_id, project_id=self.project.id, text=text)
        if rest:
            await self.house.worker.run(until_rest=True)
        replies = [event for event in await self.events(What.REPLY)]
        return str(replies[-1].data["text"]) if replies else ""

    async def events(self, *kinds: What) -> list[Event]:
        """All that happened so far, of some kinds."""
        story = await self.house.desk.story(self.conversation_id)
        return [event for event in story if not kinds or event.what in kinds]

    async def shot(self, number: int = 1) -> Shot:
        """A shot as it stands."""
        return await self.house.studio.store.shot_numbered(self.project.id, number)

    async def takes(self, number: int = 1) -> tuple[Take, ...]:
        """Its takes."""
        return await self.house.studio.store.takes(shot_id=(await self.shot(number)).id)


@asynccontextmanager
async def a_set(
    folder: Path,
    *,
    rules: Iterable[Rule] = (),
    eyes: Eyes | None = None,
    planner: Planner | None = None,
    sandbox: Sandbox | None = None,
    settings: Settings | None = None,
) -> AsyncGenerator[Set]:
    """A new film, or the one that is in the folder already; the settings' own folder does not count."""
    built = sandbox or app.build(
        folder=folder / "sandbox", seed=1, pace=Pace(factor=0.05), plan=FaultPlan(tuple(rules)), draw=blank
    )
    parts = Parts(sandbox=built, eyes=eyes or Eyesight(), planner=planner)
    given = settings or Settings(sandbox_pace=0.001)
    await lay_tables(folder)
    async with open_house(given.model_copy(update={"folder": folder}), parts=parts) as house:
        project = await house.project("film", create=True)
        known = await house.studio.store.conversations(project.id)
        conversation_id = known[0] if known else await house.studio.store.open_conversation(project.id, door="test")
        yield Set(house=house, sandbox=built, project=project, conversation_id=conversation_id)


async def limit(film: Set, **ceilings: int) -> None:
    """Move the film's ceilings."""
    project = await film.house.studio.store.project(film.project.id)
    await film.house.studio.store.save_project(replace(project, ceilings=replace(project.ceilings, **ceilings)))


def rule(mishap: Mishap, vendor: str = "*", *nth: int) -> Rule:
    """A line of a fault plan."""
    return Rule(mishap=mishap, vendor=vendor, nth=nth)


def blank(scene: Drawn) -> bytes:
    """Two grey frames, whatever was asked for."""
    return two_grey_frames()


@cache
def two_grey_frames() -> bytes:
    """The clip that is drawn in no time."""
    buffer = BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for _ in range(2):
            frame = av.VideoFrame.from_ndarray(np.full((36, 64, 3), 120, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return buffer.getvalue()


def _reading(term: str, seen: set[str] | None) -> Reading:
    if seen is None:
        return Reading(
            check="test eyes", terms=(terms.identity(term),), grade=Grade.A, sight=Sight.UNSURE, reason="it failed"
        )
    sight = Sight.SEEN if term in seen else Sight.ABSENT
    return Reading(check="test eyes", terms=(terms.identity(term),), grade=Grade.A, sight=sight, reason="as told")
