"""How far the shots are that are made together, read from rows each time; what was agreed to is an event."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter

from agent import estimating
from agent.acting.outcome import Turn
from agent.estimating import Estimate
from agent.events import What
from agent.film import Shot, ShotStatus
from agent.jobs import Job, JobState
from agent.money import usd
from agent.spans import lasting
from agent.studio import Studio

FEW = 2  # shots that are told of as a batch; one by itself has its card

_MOVING = frozenset({ShotStatus.OPEN, ShotStatus.RENDERING})
_AT_VENDOR = frozenset({JobState.SENDING, JobState.ACCEPTED})
_HERE = frozenset({JobState.READY, JobState.KEPT})


class Stage(StrEnum):
    """Where a shot of a batch is, in the order they are told."""

    DONE = "done"
    RENDERING = "rendering"
    INSPECTED = "being inspected"
    WAITING = "waiting"
    CHOICE = "your choice"
    APPROVAL = "your yes"
    REFUSED = "refused"
    HELD = "held"
    UNKNOWN = "unknown outcome"
    CANCELLED = "cancelled"
    PLANNED = "planned"


_STAGES = {
    ShotStatus.DELIVERED: Stage.DONE,
    ShotStatus.OPEN: Stage.WAITING,
    ShotStatus.CHOICE: Stage.CHOICE,
    ShotStatus.APPROVAL: Stage.APPROVAL,
    ShotStatus.REFUSED: Stage.REFUSED,
    ShotStatus.HELD: Stage.HELD,
    ShotStatus.UNKNOWN: Stage.UNKNOWN,
    ShotStatus.CANCELLED: Stage.CANCELLED,
    ShotStatus.PLANNED: Stage.PLANNED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Shots that are made together, at one moment.

    Attributes:
        stages: How many shots are where, without stages where none is.
        moving: Shots that go on by themselves, or would if it were not paused.
        rerouted: Shots that went to another model since it began, wherever they are now.
        spent_micro_usd: Paid and promised since it began.
        likely_micro_usd: What it was estimated at; ``None`` where it began without an estimate.
        left_s: Until the last is done, as far as can be told; ``None`` while it is paused, or nothing moves.
        paused: Whether nothing new is sent until the person lets it go on.
    """

    shots: int
    stages: Mapping[Stage, int]
    moving: int
    rerouted: int
    spent_micro_usd: int
    likely_micro_usd: int | None
    left_s: float | None
    paused: bool

    @property
    def done(self) -> int:
        """Shots that were delivered."""
        return self.stages.get(Stage.DONE, 0)

    @property
    def going(self) -> bool:
        """Whether it moves, or would if it were not paused."""
        return bool(self.moving) or self.paused

    @property
    def line(self) -> str:
        """All of it in one line."""
        where = [f"{count} {stage}" for stage, count in self.stages.items() if stage is not Stage.DONE]
        moved = [f"{self.rerouted} re-routed"] if self.rerouted else []
        of = f" of about {usd(self.likely_micro_usd)}" if self.likely_micro_usd is not None else ""
        left = [f"about {lasting(self.left_s)} left"] if self.left_s is not None else []
        paused = ["paused"] if self.paused else []
        told = (*paused, f"{self.done} of {self.shots} shots done", *where, *moved, f"{usd(self.spent_micro_usd)}{of}")
        return " · ".join((*told, *left))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreed:
    """What was agreed to when a batch began.

    Attributes:
        shots: Their ids, in their order.
        chance: That one take passes, on average.
        before_micro_usd: What had been spent for these shots before.
    """

    shots: tuple[str, ...] = ()
    likely_micro_usd: int = 0
    likely_s: float = 0.0
    chance: float = 1.0
    before_micro_usd: int = 0
    began_us: int = 0


async def begin(studio: Studio, turn: Turn, shots: Sequence[Shot], estimate: Estimate) -> None:
    """Keep what was agreed to. Shots of an earlier batch that still moves become part of this one."""
    moving = {shot.id for shot in await studio.store.shots(turn.project_id) if shot.status in _MOVING}
    earlier = await _agreed(studio, turn.project_id)
    before = earlier if moving.intersection(earlier.shots) else _Agreed(began_us=studio.now_us())
    fresh = [shot.id for shot in shots if shot.id not in before.shots]
    spent = await studio.store.spent_by_shot(turn.project_id)
    agreed = _Agreed(
        shots=(*before.shots, *fresh),
        likely_micro_usd=before.likely_micro_usd + estimate.forecast.likely_micro_usd,
        likely_s=estimate.forecast.likely_s,
        chance=estimate.chance,
        before_micro_usd=before.before_micro_usd + sum(spent.get(shot_id, 0) for shot_id in fresh),
        began_us=before.began_us,
    )
    await studio.store.tell(
        What.BATCH,
        _agreements().dump_python(agreed, mode="json"),
        project_id=turn.project_id,
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
    )


async def latest(studio: Studio, project_id: str) -> Batch | None:
    """The film's batch that moves, with all that moves beside it, or the last one; ``None`` where there is none."""
    store = studio.store
    listed = [shot for shot in await store.shots(project_id) if not shot.omitted]
    moving = [shot for shot in listed if shot.status in _MOVING]
    paused = await store.paused_us(project_id) is not None
    agreed = await _agreed(studio, project_id)
    if moving and not {shot.id for shot in moving}.intersection(agreed.shots):
        agreed = _Agreed()
    shots = [shot for shot in listed if shot in moving or shot.id in agreed.shots]
    if len(shots) < FEW and not paused:
        return None
    jobs = _by_shot(await store.film_jobs(project_id), since_us=agreed.began_us)
    spent = await store.spent_by_shot(project_id)
    stages = Counter(_stage(shot, jobs.get(shot.id, ())) for shot in shots)
    return Batch(
        shots=len(shots),
        stages={stage: stages[stage] for stage in Stage if stages[stage]},
        moving=len(moving),
        rerouted=sum(len({job.model for job in jobs.get(shot.id, ())}) > 1 for shot in shots),
        spent_micro_usd=max(0, sum(spent.get(shot.id, 0) for shot in shots) - agreed.before_micro_usd),
        likely_micro_usd=agreed.likely_micro_usd if agreed.shots else None,
        left_s=None if paused or not moving else await _left_s(studio, moving, jobs, agreed),
        paused=paused,
    )


def _stage(shot: Shot, jobs: Sequence[Job]) -> Stage:
    if shot.status is not ShotStatus.RENDERING:
        return _STAGES[shot.status]
    state = jobs[-1].state if jobs else JobState.INTENT
    return Stage.RENDERING if state in _AT_VENDOR else Stage.INSPECTED if state in _HERE else Stage.WAITING


async def _left_s(
    studio: Studio, moving: Sequence[Shot], jobs: Mapping[str, Sequence[Job]], agreed: _Agreed
) -> float | None:
    """What is still to be made, on the lines where it stands; shots without a route yet are like those with one."""
    routed = [jobs[shot.id][-1] for shot in moving if shot.id in jobs]
    now_us = studio.now_us()
    if not routed:
        return max(0.0, agreed.likely_s - (now_us - agreed.began_us) / 1e6) if agreed.shots else None
    project = await studio.store.project(routed[0].project_id)
    waits = await estimating.waits(studio, project.id)
    works = [
        estimating.work(
            studio,
            job.model,
            waits=waits,
            chance=agreed.chance,
            cost_micro_usd=job.reserved_micro_usd,
            most_takes=project.ceilings.takes_per_shot,
            gone_s=_gone_s(job, now_us),
        )
        for job in routed
    ]
    return estimating.foresee(works, waits, measured=True).likely_s * len(moving) / len(routed)


def _gone_s(job: Job, now_us: int) -> float:
    """How much of its wait a job has behind it: all of it once its clip is here, which is still to be looked at."""
    if job.state in _HERE:
        return math.inf
    return (now_us - (job.sent_us or now_us)) / 1e6 if job.state in _AT_VENDOR else 0.0


async def _agreed(studio: Studio, project_id: str) -> _Agreed:
    told = await studio.store.last_told(project_id, What.BATCH)
    return _Agreed() if told is None else _agreements().validate_python(dict(told.data))


@cache
def _agreements() -> TypeAdapter[_Agreed]:
    """Reads and writes what is kept in an event."""
    return TypeAdapter(_Agreed)


def _by_shot(jobs: Sequence[Job], *, since_us: int) -> dict[str, list[Job]]:
    found: dict[str, list[Job]] = {}
    for job in jobs:
        if job.created_us >= since_us:
            found.setdefault(job.shot_id, []).append(job)
    return found
