"""A film as long as a series, in rows: shots with takes, routes, receipts and verdicts as the agent leaves them."""

import base64
import io
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from agent.acting import pricing
from agent.acting.pricing import Quote
from agent.composing import compose
from agent.events import What
from agent.film import Ceilings, Decision, Project, Route, Shot, ShotStatus, Take, Verdict, Wishes
from agent.findings import Evidence, Finding, Footage, Sight
from agent.jobs import Job, JobState
from agent.learning import LOOK_KIND, LOOK_PARTS, Look
from agent.narrating import tell
from agent.policy import judging
from agent.studio import Studio
from interfaces.wiring import new_project
from prompts.sheet import Camera, Sheet
from tests.support.house import blank
from tools.sandbox import scene
from tools.sandbox.scene import Key, Scene

ACTIONS = ("Vi runs over the wet bridge", "Jinx loads the gun", "the crowd parts in the market", "a train leaves")
LENSES = ("24mm", "35mm", "50mm", "85mm")
ENDLESS = Ceilings(takes_per_shot=99, shot_micro_usd=10**9, project_micro_usd=10**12, day_micro_usd=10**12)
PRICE_MICRO_USD = 350_000
SECONDS = 5
PICTURE_PX = (426, 180)  # as `tools.showing` draws evidence with a box: a frame, and the place enlarged
FLAW = 0.15  # share of the terms that are seen or doubted, each with a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What every take of the film shares."""

    project: Project
    quote: Quote
    digest: str
    clip: str
    sha256: str
    size: int
    picture: str
    models: tuple[str, ...]


async def fill(studio: Studio, *, name: str, shots: int, takes: int) -> Project:
    """A film of so many shots with so many takes each, every take with a clip that plays."""
    store = studio.store
    project = replace(await new_project(store, name), ceilings=ENDLESS)
    await store.save_project(project)
    conversation_id = await store.open_conversation(project.id, door="benchmark")
    wanted = [_shot(studio, project, conversation_id, nth) for nth in range(shots)]
    stored = await store.add_shots(wanted)
    made = await _shared(studio, project, stored[0])
    chance = random.Random(shots)
    for shot in stored:
        await tell(studio, shot, What.SHOT, action=shot.sheet.action, revision=1)
        kept = [await _take(studio, made, shot, nth, chance) for nth in range(takes)]
        await store.pick(shot.id, kept[-1].id, status=ShotStatus.DELIVERED)
    return project


def _shot(studio: Studio, project: Project, conversation_id: str, nth: int) -> Shot:
    sheet = Sheet(
        action=f"{ACTIONS[nth % len(ACTIONS)]}, {nth}",
        camera=Camera(shot_size="wide", angle="low", movement="slow push in"),
        lens=LENSES[nth % len(LENSES)],
        lighting="neon through rain",
        palette="teal and rust",
        mood="tense",
    )
    return Shot(
        id=studio.new_id("shot"),
        project_id=project.id,
        conversation_id=conversation_id,
        number=0,
        revision=1,
        sheet=sheet,
        status=ShotStatus.DELIVERED,
        wishes=Wishes(),
    )


async def _shared(studio: Studio, project: Project, shot: Shot) -> _Made:
    clip = blank(
        Scene(seconds=2, width=64, height=36, seed=1, look=next(iter(scene.Look)), key=next(iter(Key)), palette=())
    )
    name = f"{project.id}/{studio.new_id('take')}.mp4"
    sha256, size = await studio.clips.put(name, _pieces(clip), most_bytes=len(clip))
    return _Made(
        project=project,
        quote=await pricing.quote(studio, shot),
        digest=await studio.store.keep_prompt(project.id, await compose(studio, shot)),
        clip=name,
        sha256=sha256,
        size=size,
        picture=_picture(),
        models=tuple(profile.name for profile in studio.profiles)[:8],
    )


async def _take(studio: Studio, made: _Made, shot: Shot, nth: int, chance: random.Random) -> Take:
    """One take and all that leads to it: route, intent, receipt, job, clip, verdict."""
    store, model = studio.store, made.models[(shot.number + nth) % len(made.models)]
    assert made.quote.choice is not None
    assert made.quote.written is not None
    route = Route(
        id=studio.new_id("route"),
        shot_id=shot.id,
        model=model,
        chance=0.7,
        cost_micro_usd=PRICE_MICRO_USD,
        seconds=SECONDS,
        reasons=made.quote.choice.reasons,
        passed_over=made.quote.choice.passed_over,
    )
    await store.keep_route(made.project.id, route)
    job = await store.reserve(
        _job(studio, made, shot, route, attempt=nth + 1),
        prompt_digest=made.digest,
        rendering=made.quote.written.rendering,
        receipt=made.quote.written.receipt,
    )
    await store.save_job(replace(job, state=JobState.ACCEPTED, vendor_id=job.id), was=JobState.INTENT)
    take = await store.keep_take(_kept(studio, made, shot, job))
    verdict = _verdict(made, take, chance)
    placements = made.quote.written.rendering.placements
    entries = judging.entries(take, verdict=verdict, placements=placements)
    await store.keep_verdict(verdict, trial=None, entries=entries, look=_look(take, chance))
    return take


def _job(studio: Studio, made: _Made, shot: Shot, route: Route, *, attempt: int) -> Job:
    return Job(
        id=studio.new_id("job"),
        project_id=made.project.id,
        shot_id=shot.id,
        route_id=route.id,
        model=route.model,
        attempt=attempt,
        seconds=SECONDS,
        state=JobState.INTENT,
        reserved_micro_usd=PRICE_MICRO_USD,
        created_us=studio.now_us(),
        due_us=0,
    )


def _kept(studio: Studio, made: _Made, shot: Shot, job: Job) -> Take:
    return Take(
        id=studio.new_id("take"),
        project_id=made.project.id,
        shot_id=shot.id,
        job_id=job.id,
        number=0,
        model=job.model,
        prompt_digest=made.digest,
        style_version=1,
        negative_version=1,
        clip=made.clip,
        sha256=made.sha256,
        bytes=made.size,
        sandbox=True,
        created_us=studio.now_us(),
        cost_micro_usd=PRICE_MICRO_USD,
        revision=1,
    )


def _verdict(made: _Made, take: Take, chance: random.Random) -> Verdict:
    assert made.quote.written is not None
    findings = tuple(
        _finding(placement.term, placement.layer.value, made.picture if chance.random() < FLAW else "", chance)
        for placement in made.quote.written.rendering.placements
    )
    seen = any(finding.sight is Sight.SEEN for finding in findings)
    return Verdict(
        take_id=take.id,
        decision=Decision.MISS if seen else Decision.PASS,
        findings=findings,
        footage=Footage(frames=48, seconds=2, width=64, height=36, fps=24),
        reason="as the findings say",
    )


def _look(take: Take, chance: random.Random) -> Look:
    numbers = tuple(chance.gauss(0.5, 0.1) for _ in range(sum(LOOK_PARTS.values())))
    return Look(take_id=take.id, kind=LOOK_KIND, numbers=numbers)


def _finding(term: str, layer: str, picture: str, chance: random.Random) -> Finding:
    sight = chance.choice((Sight.SEEN, Sight.UNSURE)) if picture else Sight.ABSENT
    sentence = "the median of the frame is 61, the references have 22 to 31"
    shown = Evidence(frame=12, at_s=0.5, sentence=sentence, box=(0.2, 0.1, 0.3, 0.4), picture=picture)
    return Finding(
        term=term,
        layer=layer,
        sight=sight,
        method="measured",
        reason=sentence,
        by=("palette", "sandbox judge"),
        evidence=(shown,) if picture else (),
    )


def _picture() -> str:
    """A JPEG about as large as one of a real frame."""
    width, height = PICTURE_PX
    coarse = np.random.default_rng(7).integers(0, 255, (height // 15, width // 15, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(coarse).resize(PICTURE_PX).save(out, "JPEG", quality=80)
    return base64.b64encode(out.getvalue()).decode("ascii")


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data
