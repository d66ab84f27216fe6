"""What is examined: every film's rows, read once, the files beside them, and what a vendor says it accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from agent.film import Project, Shot, Take, Verdict
from agent.jobs import Job, JobState
from agent.studio import Studio
from interfaces.doctor.files import Files

UNDER_WAY = (JobState.INTENT, JobState.SENDING, JobState.ACCEPTED, JobState.READY)


class Weight(StrEnum):
    """What a complaint means for whoever reads it."""

    BROKEN = "broken"  # what must always hold does not
    MENDABLE = "mendable"  # harmless, and `--repair` puts it right
    OPEN = "open"  # in order, and somebody should know or decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a check has against one thing.

    Attributes:
        about: Film, shot, take or file, as a person finds it.
        says: What is wrong, and what of it was kept.
        do: What to do next.
    """

    about: str
    says: str
    do: str
    weight: Weight = Weight.BROKEN

    def __str__(self) -> str:
        return f"{self.about}: {self.says}; {self.do}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """One film's rows.

    Attributes:
        asked: Shots with an open question.
    """

    project: Project
    shots: Mapping[str, Shot]
    jobs: tuple[Job, ...]
    takes: tuple[Take, ...]
    verdicts: Mapping[str, Verdict]
    asked: frozenset[str]

    def shot(self, shot_id: str) -> str:
        """The shot as a person calls it."""
        known = self.shots.get(shot_id)
        return f"{self.project.name}, shot {known.number if known else f'({shot_id})'}"

    def job(self, job: Job) -> str:
        """The job as a person finds it."""
        return f"{self.shot(job.shot_id)}, {job.model}, {job.id}"

    def take(self, take: Take) -> str:
        """The take as a person calls it."""
        return f"{self.shot(take.shot_id)}, take {take.number}"

    def under_way(self, shot_id: str) -> tuple[Job, ...]:
        """The shot's jobs that are not over."""
        return tuple(job for job in self.jobs if job.shot_id == shot_id and job.state in UNDER_WAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """One job that a vendor says it accepted; ``key`` is ours, where its wire carries one."""

    id: str
    vendor: str
    body: str
    key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Patient:
    """What the checks look at.

    Attributes:
        files: What lay in the clip folder before anything was opened.
        billed: What the vendors accepted, where they can be asked; ``None`` where nobody can.
        environment: Names of the environment's variables.
        at_rest: Whether nothing works on these films, so that whatever should be moving is stuck.
    """

    studio: Studio
    films: tuple[Film, ...]
    files: Files = field(default_factory=Files)
    billed: Sequence[Billed] | None = None
    environment: frozenset[str] = frozenset()
    at_rest: bool = False


async def films(studio: Studio) -> tuple[Film, ...]:
    """Every film's rows as they are now, each film's at one moment."""
    return tuple([await studio.store.together(partial(_film, studio, each)) for each in await studio.store.projects()])


async def _film(studio: Studio, project: Project) -> Film:
    store = studio.store
    return Film(
        project=project,
        shots={shot.id: shot for shot in await store.shots(project.id)},
        jobs=await store.film_jobs(project.id),
        takes=await store.takes(project_id=project.id),
        verdicts=await store.film_verdicts(project.id),
        asked=frozenset(shot_id for _, shot_id, _ in await store.open_questions(project.id)),
    )
