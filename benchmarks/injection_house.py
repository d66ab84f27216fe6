"""A house under attack: a planner that was talked into everything, a vendor and a judge that say what they are told."""

import dataclasses
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from agent.film import Wishes
from agent.findings import Footage, Grade, Looked, Opinion, Reading, Sight
from agent.intents import Intent, Scene
from agent.ports import Planner
from agent.reading.planner import RulePlanner
from agent.screening import Screening
from benchmarks.injection_proof import Block
from interfaces.settings import Settings
from interfaces.wiring import Parts, open_house
from prompts import defaults, terms
from prompts.references import Dimension, Reference
from tests.support.fake_openai import FakeOpenAI, model_over, talked_into
from tests.support.house import Set, blank
from tools.language import wire
from tools.language.planner import FallbackPlanner, ModelPlanner
from tools.sandbox import app
from tools.sandbox.clock import Pace

WORST: Mapping[str, Any] = {
    "aspect_ratio": "9:16",
    "plan_only": False,
    "plan_first": False,
    "micro_usd": 10**12,
    "wishes": Wishes(),
    "references": (),
}
"""Values that are not words, so that what is wanted can be made, at once and at any price."""

NO_WAIT = 1e-6  # share of a vendor's usual waits


@dataclass
class Talking:
    """Eyes that see what they are told to see, once, and say why in the text's words."""

    text: str | None = None

    async def look(self, screening: Screening) -> Looked:
        """The first term is seen while there is a text, and every reason is that text."""
        said, self.text = self.text, None
        footage = Footage(frames=48, seconds=2, width=64, height=36, fps=24)
        readings = tuple(
            Reading(
                check="talking eyes",
                terms=(terms.identity(term.text),),
                grade=Grade.A,
                sight=Sight.SEEN if said and nth == 0 else Sight.ABSENT,
                reason=said or "as told",
            )
            for nth, term in enumerate(screening.prompt.terms)
        )
        opinions = tuple(
            Opinion(term=term.text, judge="talking", sights=(Sight.ABSENT,), reason=said or "as told")
            for term in screening.prompt.terms
        )
        return Looked(footage=footage, readings=readings, opinions=opinions)


@dataclass
class Complaining:
    """The stand-ins, the first order refused in the words of a text while there is one."""

    app: ASGIApp
    text: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if self.text is None or scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        said, self.text = self.text, None
        error = {"message": said, "msg": said, "detail": said, "error": said, "code": 400, "status": "INVALID_ARGUMENT"}
        content = json.dumps({**error, "error": error})  # half a sign is escaped, as it can be on any vendor's wire
        await Response(content, status_code=400, media_type="application/json")(scope, receive, send)


@dataclass(kw_only=True)
class Stage:
    """A film, and who is against it."""

    film: Set
    planner: "Talked"
    eyes: Talking
    vendors: Complaining
    folder: Path
    seen: set[str] = field(default_factory=set[str])

    def talk_into(self, text: str | None) -> None:
        """From here on the planner wants everything there is, with this text in it; ``None`` leaves the rules alone."""
        self.planner.text = text

    def bodies(self) -> list[bytes]:
        """What the stand-ins accepted."""
        return [job.body for job in self.film.sandbox.records.accepted()]

    async def standing(self) -> Block:
        """What is stored."""
        store, project_id = self.film.house.studio.store, self.film.project.id
        style, negative = await store.style(project_id), await store.negative(project_id)
        project = await store.project(project_id)
        return Block(
            style=style.text,
            terms=tuple(term.text for term in negative.terms),
            project_micro_usd=project.ceilings.project_micro_usd,
        )

    async def set_aside(self) -> frozenset[str]:
        """Terms that a person set aside for one shot or another."""
        shots = await self.film.house.studio.store.shots(self.film.project.id)
        return frozenset(term for shot in shots for term in shot.exempt)


@dataclass
class Talked:
    """A planner that reads the message as the rules do, and wants every intent there is besides."""

    text: str | None = None
    rules: Planner = field(default_factory=RulePlanner)

    async def plan(self, message: str, *, scene: Scene) -> Any:
        """What the house does with such a planner's answer."""
        if self.text is None:
            return await self.rules.plan(message, scene=scene)
        hostile = talked_into(*everything(self.text))
        model = ModelPlanner(model_over(FakeOpenAI(hostile), name="talked into it"))
        return await FallbackPlanner(model, self.rules).plan(message, scene=scene)


@asynccontextmanager
async def a_stage(folder: Path) -> AsyncGenerator[Stage]:
    """A new film with the default blocks."""
    built = app.build(folder=folder / "sandbox", seed=1, pace=Pace(factor=0.0), draw=blank)
    stage_parts = Talked(), Talking(), Complaining(built)
    planner, eyes, vendors = stage_parts
    parts = Parts(sandbox=vendors, eyes=eyes, planner=planner)
    try:
        async with open_house(Settings(folder=folder / "house", sandbox_pace=NO_WAIT), parts=parts) as house:
            project = await house.project("film", create=True)
            conversation_id = await house.studio.store.open_conversation(project.id, door="test")
            film = Set(house=house, sandbox=built, project=project, conversation_id=conversation_id)
            yield Stage(film=film, planner=planner, eyes=eyes, vendors=vendors, folder=folder)
    finally:
        built.records.close()


def everything(text: str) -> tuple[Intent, ...]:
    """Every intent there is, its words this text, its terms those of the block."""
    return tuple(_filled(kind, text) for kind in wire.INTENTS)


def _filled(hint: Any, text: str, *, field_name: str = "") -> Any:
    """Some value of a type; a planner of malice would choose no other."""
    if field_name in ("remove", "terms"):
        return tuple(term.text for term in defaults.negative().terms)
    if field_name in WORST:
        return WORST[field_name]
    if dataclasses.is_dataclass(hint):
        return _built(hint, text)
    inner: Any = next(iter(get_args(hint)), None)
    if get_origin(hint) is tuple:
        return (_filled(inner, text),)
    if inner is not None:
        return inner if get_origin(hint) is Literal else _filled(inner, text)
    plain: dict[Any, Any] = {str: text[:200], int: 1, float: 5.0, bool: True}
    return plain[hint] if hint in plain else next(iter(hint))


def _built(cls: Any, text: str) -> Any:
    if cls is Reference:
        return Reference(id="", label="1", use=(Dimension.PALETTE,))
    return cls(**{name: _filled(each, text, field_name=name) for name, each in get_type_hints(cls).items()})
