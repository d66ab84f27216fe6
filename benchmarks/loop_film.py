"""One film in the sandbox, made from first to last shot under one way to choose models, and the truth about it."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

import httpx2

from agent.film import Project, Shot, ShotStatus, Take
from agent.graphs import endings
from agent.policy import judging
from agent.ports import Eyes
from benchmarks import loop_inspectors
from benchmarks.loop_inspectors import SayingEyes
from benchmarks.loop_rivals import Inspecting, Rival, rival
from benchmarks.loop_sight import RememberingEyes, Renderer
from interfaces.references import add_reference
from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house
from prompts import terms
from prompts.blocks import NegativeBlock, Term
from prompts.references import Dimension
from tools.checks import registry
from tools.eyes import Inspector
from tools.language.client import LanguageModel
from tools.language.judge import ModelJudge
from tools.sandbox import app, plates
from tools.sandbox.app import Sandbox
from tools.sandbox.clock import Pace
from tools.sandbox.scene import Fault

PLATES = 3
NO_WAIT = 1e-9  # share of a vendor's usual waits
NO_CEILING_MICRO_USD = 10**12
TOLD_EVERY = 20  # shots between two lines of progress

FORBIDDEN_BY: Mapping[Fault, tuple[str, ...]] = {
    Fault.PHOTOREAL: ("photorealistic", "live action"),
    Fault.RENDER_3D: ("3D render",),
    Fault.STUDIO_LIGHT: ("studio lighting",),
    Fault.COLOR_CAST: ("color cast",),
    Fault.LENS_FLARE: ("lens flare",),
    Fault.EXTRA_FINGERS: ("extra fingers",),
    Fault.MERGED_FACES: ("merged faces",),
    Fault.DUPLICATE_SUBJECT: ("duplicate characters",),
    Fault.CAPTION: ("subtitles", "text"),
    Fault.WATERMARK: ("watermark",),
    Fault.BLUR: ("blurry",),
    Fault.OVERSHARPENED: ("oversharpened",),
    Fault.FLICKER: ("flicker",),
    Fault.FROZEN: ("frozen frames",),
    Fault.JUMP_CUT: ("jump cut",),
    Fault.LIGHT_DRIFT: ("light drift",),
}
"""Terms of a block that forbid what the renderer can draw wrongly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of one shot.

    Attributes:
        models: Of its takes, in order.
        faults: Forbidden faults drawn in the delivered take, or in the one that is shown first where the person is
            asked; ``None`` where there is no take.
    """

    status: ShotStatus
    models: tuple[str, ...]
    cost_micro_usd: int
    faults: tuple[str, ...] | None

    @property
    def delivered(self) -> bool:
        """Whether a take was handed over without asking."""
        return self.status is ShotStatus.DELIVERED

    @property
    def clean(self) -> bool:
        """Whether nothing forbidden is drawn in the take that was handed over or shown first."""
        return self.faults == ()


def make(name: str, texts: Sequence[str], *, seed: int, kept: Path) -> list[Made]:
    """All shots of the film under one rival; clips and looks are shared in the folder ``kept``."""
    return asyncio.run(_make(rival(name), texts, seed=seed, kept=kept))


def forbidden(block: NegativeBlock) -> frozenset[Fault]:
    """The faults that the block has a term for."""
    return frozenset(fault for term in block.terms for fault in _named(term))


async def _make(who: Rival, texts: Sequence[str], *, seed: int, kept: Path) -> list[Made]:
    with tempfile.TemporaryDirectory() as name:
        async with _open(who, Path(name), seed=seed, kept=kept) as (house, stand_ins):
            film = await _film(house)
            conversation_id = await house.studio.store.open_conversation(film.id, door="benchmark")
            for number, text in enumerate(texts, start=1):
                await house.desk.say(conversation_id, project_id=film.id, text=text)
                await house.worker.run(until_rest=True)
                if number % TOLD_EVERY == 0:
                    print(f"{who.name}: {number} of {len(texts)} shots", file=sys.stderr, flush=True)
            return [await _made(house, stand_ins, shot) for shot in await house.studio.store.shots(film.id)]


@asynccontextmanager
async def _open(who: Rival, folder: Path, *, seed: int, kept: Path) -> AsyncGenerator[tuple[House, Sandbox]]:
    drawing = Renderer(kept)
    stand_ins = app.build(folder=folder / "sandbox", seed=seed, pace=Pace(factor=0.0), draw=drawing)
    judge = LanguageModel(
        base_url="http://sandbox/judge/v1",
        api_key=app.JUDGE_KEY,
        model=app.JUDGE_MODEL,
        transport=httpx2.ASGITransport(app=stand_ins),
    )
    parts = Parts(sandbox=stand_ins, eyes=_eyes(who.inspecting, judge, drawing), choose=who.choose)
    try:
        async with open_house(Settings(folder=folder, sandbox_pace=NO_WAIT), parts=parts) as house:
            yield house, stand_ins
    finally:
        await judge.close()
        stand_ins.records.close()


def _eyes(inspecting: Inspecting, judge: LanguageModel, drawing: Renderer) -> Eyes:
    match inspecting:
        case Inspecting.CHECKS:
            return RememberingEyes(Inspector(registry.discover(), sandbox_judge=ModelJudge(judge)), drawing.folder)
        case Inspecting.NOBODY:
            return SayingEyes(loop_inspectors.nothing)
        case Inspecting.CHANCE:
            return SayingEyes(loop_inspectors.guess)
        case Inspecting.TRUTH:
            return SayingEyes(lambda clip, term: bool(drawing.faults(clip) & _named(term)))
        case _:
            assert_never(inspecting)


def _named(term: Term) -> frozenset[Fault]:
    """The faults that a term forbids."""
    own = terms.identity(term.text)
    return frozenset(fault for fault, names in FORBIDDEN_BY.items() if own in map(terms.identity, names))


async def _film(house: House) -> Project:
    """A film with the default blocks, plates of its style, and no question about money that nobody would answer."""
    studio = house.studio
    film = await house.project("film", create=True)
    style = await studio.store.style(film.id)
    for number in range(1, PLATES + 1):
        await add_reference(
            studio,
            film.id,
            data=plates.plate(number, style=style.text),
            label=str(number),
            use=(Dimension.PALETTE, Dimension.LIGHTING, Dimension.TEXTURE),
            ignore=(Dimension.COMPOSITION, Dimension.BACKGROUND),
        )
    ceilings = replace(
        film.ceilings,
        project_micro_usd=NO_CEILING_MICRO_USD,
        day_micro_usd=NO_CEILING_MICRO_USD,
        ask_above_micro_usd=NO_CEILING_MICRO_USD,
    )
    await studio.store.save_project(replace(film, ceilings=ceilings))
    return film


async def _made(house: House, stand_ins: Sandbox, shot: Shot) -> Made:
    takes = await house.studio.store.takes(shot_id=shot.id)
    candidates = await endings.candidates_of(house.studio, shot)
    shown = shot.picked_take_id or (judging.best(candidates).id if candidates else None)
    take = next((take for take in takes if take.id == shown), None)
    return Made(
        status=shot.status,
        models=tuple(take.model for take in takes),
        cost_micro_usd=sum(take.cost_micro_usd for take in takes),
        faults=await _faults(house, stand_ins, take) if take else None,
    )


async def _faults(house: House, stand_ins: Sandbox, take: Take) -> tuple[str, ...]:
    """The truth about a take, which no wire tells: what was drawn of what its film forbids."""
    job = await house.studio.store.job(take.job_id)
    truth = stand_ins.records.truth((job.vendor_id or "").rsplit("/", 1)[-1])  # Google's id is a path
    block = await house.studio.store.negative(take.project_id)
    return tuple(sorted(truth.faults & forbidden(block)))
