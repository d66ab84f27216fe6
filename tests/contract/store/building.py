"""Values to store, all but the fact under test by default, and a film to store them in."""

import itertools
from dataclasses import dataclass, field, replace

from agent.film import Ceilings, Project, Route, Shot, ShotStatus, Take, Verdict, Wishes
from agent.film import Decision as TakeDecision
from agent.findings import Evidence, Finding, Footage, Sight
from agent.jobs import Job, JobState
from agent.store import Store
from memory.store import SqlStore
from prompts.blocks import Layer, NegativeBlock, StyleBlock, Term
from prompts.dialect import Channel
from prompts.prompt import Prompt
from prompts.receipt import Place, Receipt, TermPlace
from prompts.references import Dimension, Reference
from prompts.rendering import Placement, Rendering
from prompts.sheet import Camera, Sheet

NEGATIVES = NegativeBlock(format=("photorealistic",), anatomy=("six fingers",), quality=("lens flare",), version=1)
ALLEY = Reference(id="sha-alley", label="the alley", use=(Dimension.PALETTE,), ignore=(Dimension.SUBJECT,))
NOON_US = 1_763_726_400_000_000  # 2025-11-21 12:00 UTC


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: int = NOON_US

    def __call__(self) -> int:
        return self.now


@dataclass
class Ids:
    """Ids that can be told apart: by kind, maker and count."""

    maker: str = "t"
    counter: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __call__(self, kind: str) -> str:
        return f"{kind}-{self.maker}-{next(self.counter)}"


def a_sheet(action: str = "Vi walks through the rain") -> Sheet:
    return Sheet(action=action, camera=Camera(shot_size="wide", angle="low"), negative=("umbrella",), seconds=5.0)


def a_prompt(action: str = "Vi walks through the rain") -> Prompt:
    return Prompt(
        sheet=a_sheet(action),
        style=StyleBlock(text="hand-painted, Ütü — 手描き", version=1),
        terms=(Term(text="photorealistic", layer=Layer.FORMAT), Term(text="lens flare", layer=Layer.QUALITY)),
        negative_version=1,
        exempt=("six fingers",),
        references=(ALLEY,),
    )


def a_rendering() -> Rendering:
    where = Placement(term="lens flare", layer=Layer.QUALITY, channel=Channel.FIELD, wording="lens flare")
    return Rendering(text="Vi walks", negative_field="lens flare", style="hand-painted", placements=(where,))


def a_receipt(body: str = '{"prompt": "Vi walks\\u2026",  "negative": "lens flare"}') -> Receipt:
    place = Place(pointer="/negative", start=0, length=10)
    term = TermPlace(term="lens flare", channel=Channel.FIELD, wording="lens flare", place=place)
    style = Place(pointer="/prompt", start=0, length=8)
    return Receipt(model="kling-3.0", path="/v1/videos", body=body, sha256="ab" * 32, style=style, terms=(term,))


def a_verdict(take: Take, *, decision: TakeDecision = TakeDecision.MISS) -> Verdict:
    seen = Evidence(
        frame=3, at_s=0.125, sentence="a flare at the top", value=0.7, threshold=0.5, box=(0.0, 0.1, 0.2, 0.3)
    )
    finding = Finding(
        term="lens flare",
        layer="quality",
        sight=Sight.SEEN,
        method="measured",
        reason="bright",
        by=("flare",),
        evidence=(seen,),
    )
    return Verdict(
        take_id=take.id,
        decision=decision,
        findings=(finding,),
        footage=Footage(frames=120, seconds=5.0, width=1280, height=720, fps=24.0),
        reason="lens flare is seen",
        nobody_looked=("six fingers",),
    )


@dataclass
class Film:
    """A project in a store with one conversation, and quick ways to fill it."""

    store: SqlStore
    project: Project
    conversation_id: str
    ids: Ids

    @classmethod
    async def started(
        cls, store: SqlStore, *, ids: Ids, ceilings: Ceilings | None = None, name: str = "Zaun"
    ) -> "Film":
        port: Store = store  # the type checker's part of the contract
        project = await port.create_project(
            name,
            style="hand-painted",
            negative=NEGATIVES,
            ceilings=ceilings or Ceilings(takes_per_shot=99),
            ratio="16:9",
            seconds=5.0,
        )
        conversation_id = await store.open_conversation(project.id, door="script")
        return cls(store=store, project=project, conversation_id=conversation_id, ids=ids)

    def a_shot(self, **facts: object) -> Shot:
        shot = Shot(
            id=self.ids("shot"),
            project_id=self.project.id,
            conversation_id=self.conversation_id,
            number=0,
            revision=1,
            sheet=a_sheet(),
            status=ShotStatus.OPEN,
            wishes=Wishes(models=("Kling",), most_micro_usd=500_000),
            exempt=("photorealistic",),
            references=(ALLEY,),
        )
        return replace(shot, **facts)  # type: ignore[arg-type]  # facts of a shot

    async def shot(self) -> Shot:
        return await self.store.add_shot(self.a_shot())

    async def route(self, shot: Shot, *, model: str = "kling-3.0") -> Route:
        route = Route(
            id=self.ids("route"),
            shot_id=shot.id,
            model=model,
            chance=0.8125,
            cost_micro_usd=400_000,
            seconds=5,
            reasons=("best chance per dollar",),
        )
        await self.store.keep_route(self.project.id, route)
        return route

    async def intent(self, shot: Shot | None = None, *, micro_usd: int = 400_000, created_us: int = NOON_US) -> Job:
        """A job that is ready to be reserved."""
        shot = shot or await self.shot()
        route = await self.route(shot)
        await self.store.keep_prompt(self.project.id, a_prompt())
        return Job(
            id=self.ids("job"),
            project_id=self.project.id,
            shot_id=shot.id,
            route_id=route.id,
            model=route.model,
            attempt=1,
            seconds=5,
            state=JobState.INTENT,
            reserved_micro_usd=micro_usd,
            created_us=created_us,
            due_us=created_us,
        )

    async def reserve(self, job: Job) -> Job:
        return await self.store.reserve(
            job, prompt_digest=a_prompt().digest, rendering=a_rendering(), receipt=a_receipt()
        )

    async def move(self, job: Job, state: JobState, **facts: object) -> Job:
        moved = replace(job, state=state, **facts)  # type: ignore[arg-type]  # facts of a job
        await self.store.save_job(moved, was=job.state)
        return moved

    async def accepted(self, shot: Shot | None = None, *, micro_usd: int = 400_000) -> Job:
        job = await self.reserve(await self.intent(shot, micro_usd=micro_usd))
        return await self.move(job, JobState.ACCEPTED, vendor_id=f"v-{job.id}", sent_us=NOON_US)

    def a_take(self, job: Job, *, cost_micro_usd: int = 400_000) -> Take:
        return Take(
            id=self.ids("take"),
            project_id=job.project_id,
            shot_id=job.shot_id,
            job_id=job.id,
            number=0,
            model=job.model,
            prompt_digest=a_prompt().digest,
            style_version=1,
            negative_version=1,
            clip="film/take.mp4",
            sha256="cd" * 32,
            bytes=3_000_000_000,
            sandbox=True,
            created_us=NOON_US,
            cost_micro_usd=cost_micro_usd,
            revision=1,
            seed=2**40,
        )

    async def take(self, shot: Shot | None = None, *, cost_micro_usd: int = 400_000) -> Take:
        job = await self.accepted(shot)
        return await self.store.keep_take(self.a_take(job, cost_micro_usd=cost_micro_usd))
