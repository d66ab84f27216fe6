"""Conversations through the whole house, in the sandbox: what each turn meant, did, sent and answered.

Each conversation gets a house of its own in a temporary folder, filled with the rows its setup describes
(`benchmarks.turns_setup`); then its turns are said at the desk, and after each the worker works until nothing moves.
``planner`` is who read the turn, ``intents`` are names of the plan that was acted on. ``jobs`` counts what was sent to
a vendor's stand-in in the turn. ``compiled`` holds the requests that every shot of the turn compiles to, for each model
that can take it. ``state`` is read from the rows.
"""

import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.film import Project, Shot, ShotStatus
from agent.intents import Plan, Scene
from agent.jobs import JobState
from agent.ports import Planner
from benchmarks import turns_case, turns_setup
from benchmarks.adversarial_prompts import requests
from benchmarks.cases import Case, Prediction
from interfaces.folder import make_folder
from interfaces.settings import Settings
from tests.support import cases as naming
from tests.support.house import Set, a_set

NO_WAIT = 1e-3  # share of a vendor's usual waits
UNSENT = frozenset({JobState.INTENT, JobState.CANCELLED})
LOOK = ("lens", "lighting", "palette", "composition", "atmosphere", "mood", "attribution", "on_screen_text", "dialogue")
WORDS: Mapping[ShotStatus, str] = {
    ShotStatus.PLANNED: "planned",
    ShotStatus.OPEN: "generating",
    ShotStatus.RENDERING: "generating",
    ShotStatus.APPROVAL: "waiting for approval",
    ShotStatus.DELIVERED: "approved",
    ShotStatus.CHOICE: "generated",
    ShotStatus.CANCELLED: "cancelled",
}


@dataclass
class Heard:
    """A planner that keeps the last plan, so that what a turn meant is what was acted on."""

    planner: Planner
    plan_made: Plan | None = None

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """What the message means, by the planner under test."""
        self.plan_made = await self.planner.plan(message, scene=scene)
        return self.plan_made


async def predict(cases: Sequence[Case], *, planner: Planner, folder: Path) -> AsyncGenerator[Prediction, None]:
    """A prediction per conversation, each from a house of its own."""
    for case in cases:
        with tempfile.TemporaryDirectory() as name:
            yield await _conversation(case, planner, Path(name))


async def _conversation(case: Case, planner: Planner, folder: Path) -> Prediction:
    heard = Heard(planner)
    make_folder(folder / "house")
    async with a_set(folder / "house", planner=heard, settings=Settings(sandbox_pace=NO_WAIT)) as film:
        setup = turns_case.read(case["setup"])
        await turns_setup.load(film, setup)
        first = {shot.id: (shot, setup.shots[shot.number].status) for shot in await _shots(film)}
        turns = [await _turn(film, heard, str(turn["user"]), first) for turn in case["turns"]]
    return {"id": case["id"], "turns": turns}


async def _turn(film: Set, heard: Heard, said: str, first: Mapping[str, tuple[Shot, str]]) -> dict[str, Any]:
    store = film.house.studio.store
    before = {shot.id: shot for shot in await store.shots(film.project.id)}
    sent = await _sent(film)
    reply = await film.say(said)
    shots = await _shots(film)
    touched = [shot for shot in shots if before.get(shot.id) != shot]
    plan = heard.plan_made
    assert plan is not None  # every turn is planned
    return {
        "planner": plan.planner,
        "intents": sorted(naming.intent_names(plan)),
        "reply": reply,
        "jobs": await _sent(film) - sent,
        "compiled": await requests(film.house.studio, touched),
        "state": await _state(film, shots, first),
    }


async def _shots(film: Set) -> tuple[Shot, ...]:
    return tuple(shot for shot in await film.house.studio.store.shots(film.project.id) if not shot.omitted)


async def _sent(film: Set) -> int:
    """How many jobs went out so far."""
    shots = await film.house.studio.store.shots(film.project.id)
    jobs = [job for shot in shots for job in await film.house.studio.store.jobs(shot_id=shot.id)]
    return sum(job.state not in UNSENT for job in jobs)


async def _state(film: Set, shots: Sequence[Shot], first: Mapping[str, tuple[Shot, str]]) -> dict[str, Any]:
    store = film.house.studio.store
    project = await store.project(film.project.id)
    negative = await store.negative(project.id)
    return {
        "project": {
            "style": (await store.style(project.id)).text,
            "negatives": {name: list(getattr(negative, name)) for name in ("format", "anatomy", "quality")},
            "model_exclusions": list(project.excluded),
            "references": {
                rule.label: {"use": list(rule.use), "ignore": list(rule.ignore)} for rule in project.reference_rules
            },
            "budget_usd": project.ceilings.project_micro_usd / 1e6,
            "aspect_ratio": project.ratio,
            "duration_s": project.seconds,
        },
        "shots": {str(shot.number): await _shot(film, shot, project, first) for shot in shots},
        "ledger": {"spent_usd": await store.spent_micro_usd(project.id) / 1e6},
    }


async def _shot(film: Set, shot: Shot, project: Project, first: Mapping[str, tuple[Shot, str]]) -> dict[str, Any]:
    store = film.house.studio.store
    sheet = shot.sheet
    takes = {take.id: take.number for take in await store.takes(shot_id=shot.id)}
    return {
        "action": sheet.action,
        "shot_size": sheet.camera.shot_size,
        "angle": sheet.camera.angle,
        "movement": sheet.camera.movement,
        **{name: getattr(sheet, name) for name in LOOK},
        "duration_s": _figure(sheet.seconds if sheet.seconds is not None else project.seconds),
        "aspect_ratio": sheet.aspect_ratio or project.ratio,
        "negatives_add": list(sheet.negative),
        "negatives_exempt": list(shot.exempt),
        "references": [
            {"ref": each.label, "use": list(each.use), "ignore": list(each.ignore)} for each in shot.references
        ],
        "model": await _model(film, shot),
        "status": _status(shot, first),
        "selected_take": takes.get(shot.picked_take_id or ""),
        "version": shot.revision,
        "takes": len(takes),
    }


async def _model(film: Set, shot: Shot) -> str | None:
    """The family wished for, else that of the last route."""
    if shot.wishes.models:
        return shot.wishes.models[0].casefold()
    routes = await film.house.studio.store.routes(shot.id)
    return film.house.studio.profile(routes[-1].model).family.casefold() if routes else None


def _figure(seconds: float) -> float | int:
    """5 rather than 5.0: the scorer compares figures as text."""
    return int(seconds) if seconds == int(seconds) else seconds


def _status(shot: Shot, first: Mapping[str, tuple[Shot, str]]) -> str:
    """The setup's own word while a shot stands as it stood, else the house's in the cases' words."""
    was, word = first.get(shot.id, (shot, ""))
    if word and (was.status, was.because) == (shot.status, shot.because):
        return word
    return WORDS.get(shot.status, shot.status.value)
