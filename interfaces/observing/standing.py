"""Where a house stands now: its worker, a queue per vendor, circuits, the last troubles. Read from rows, no clip."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from agent.circuits import PROBE_AFTER_S
from agent.errors import NotFoundError
from agent.events import What
from agent.jobs import Job, JobState
from agent.profiles import Profile
from agent.studio import Studio
from interfaces.wiring import House

LAST_EVENTS, LAST_TROUBLES = 2_000, 8
_AT_VENDOR = (JobState.SENDING, JobState.ACCEPTED)
_UNDER_WAY = (JobState.INTENT, *_AT_VENDOR, JobState.READY, JobState.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One vendor's jobs, over all films and processes.

    Attributes:
        slots: Jobs it takes at once: the sum over its models, or what they share.
        unknown: Jobs that wait for a person, because nobody can say whether they were accepted.
        oldest_s: How long the oldest job that is not here yet has been waiting; 0 for none.
        closed: Why nothing is sent there now; empty where it may be tried.
    """

    vendor: str
    sandbox: bool
    slots: int
    at_vendor: int
    waiting: int
    fetching: int
    unknown: int
    oldest_s: float
    closed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that went wrong lately."""

    ago_s: float
    film: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """One film's money."""

    name: str
    spent_micro_usd: int
    ceiling_micro_usd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All of it.

    Attributes:
        works: Whether a worker runs in this process.
        busy: Shots that move in it now; ``planned``: looks it has planned.
        astray: Jobs at vendors that are not configured any more.
    """

    works: bool
    busy: int
    planned: int
    astray: int
    queues: tuple[Queue, ...]
    films: tuple[Film, ...]
    troubles: tuple[Trouble, ...]

    @property
    def oldest_s(self) -> float:
        """How long the oldest job of all has been waiting; 0 for none."""
        return max((queue.oldest_s for queue in self.queues), default=0.0)


async def standing(house: House) -> Standing:
    """Where the house stands now."""
    studio = house.studio
    jobs: dict[str, list[Job]] = defaultdict(list)
    for job in await studio.store.jobs(states=_UNDER_WAY):
        jobs[_vendor(studio, job)].append(job)
    pulse = house.worker.pulse
    return Standing(
        works=pulse.alive,
        busy=pulse.busy,
        planned=pulse.waiting,
        astray=len(jobs.pop("", [])),
        queues=tuple(_queue(studio, name, jobs.get(name, [])) for name in sorted(studio.vendors)),
        films=await _films(studio),
        troubles=await _troubles(studio),
    )


def _vendor(studio: Studio, job: Job) -> str:
    try:
        return studio.profile(job.model).vendor
    except NotFoundError:
        return ""


def _queue(studio: Studio, vendor: str, jobs: Sequence[Job]) -> Queue:
    states = [job.state for job in jobs]
    now_us = studio.now_us()
    since_us = min((job.created_us for job in jobs if job.state is not JobState.UNKNOWN), default=now_us)
    trouble = studio.circuits.closed(vendor)
    return Queue(
        vendor=vendor,
        sandbox=vendor in studio.sandbox,
        slots=_slots(studio, studio.vendors[vendor].profiles),
        at_vendor=sum(state in _AT_VENDOR for state in states),
        waiting=states.count(JobState.INTENT),
        fetching=states.count(JobState.READY),
        unknown=states.count(JobState.UNKNOWN),
        oldest_s=max(0.0, (now_us - since_us) / 1e6),
        closed="" if trouble is None else trouble.advice if trouble.closes_vendor else _probed(trouble.advice),
    )


def _probed(advice: str) -> str:
    return f"{advice}; looked at again within {PROBE_AFTER_S:.0f} s"


def _slots(studio: Studio, profiles: Sequence[Profile]) -> int:
    lines = {studio.line_of(profile.name): studio.lines.slots(profile) for profile in profiles}
    return sum(lines.values())


async def _films(studio: Studio) -> tuple[Film, ...]:
    return tuple(
        [
            Film(
                name=project.name,
                spent_micro_usd=await studio.store.spent_micro_usd(project.id),
                ceiling_micro_usd=project.ceilings.project_micro_usd,
            )
            for project in await studio.store.projects()
        ]
    )


async def _troubles(studio: Studio) -> tuple[Trouble, ...]:
    """The last troubles and holds, latest first."""
    names = {project.id: project.name for project in await studio.store.projects()}
    last = await studio.store.last_event()
    told = await studio.store.events(after=max(0, last - LAST_EVENTS))
    bad = [
        event
        for event in told
        if event.what is What.TROUBLE or (event.what is What.HOLD and not event.data.get("cancelled"))
    ]
    return tuple(
        Trouble(
            ago_s=max(0.0, (studio.now_us() - event.at_us) / 1e6),
            film=names.get(event.project_id, ""),
            says=": ".join(str(event.data[key]) for key in ("model", "message", "reason") if event.data.get(key)),
        )
        for event in reversed(bad[-LAST_TROUBLES:])
    )
