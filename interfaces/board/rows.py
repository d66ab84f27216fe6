"""What is read of a film for its board: a handful of bulk reads, whatever the number of shots."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import anyio.to_thread

from agent.events import Json
from agent.film import Route, Shot, ShotStatus, Take, Verdict
from agent.findings import Sight
from agent.jobs import Job
from agent.policy import drift, provoking
from agent.studio import Studio

T = TypeVar("T", Route, Job, Take)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmRows:
    """What was read of a film, or of one of its shots.

    Attributes:
        vendors: By model; a model whose vendor is no longer configured has none.
        newest: Versions of the style and of the negative block.
        drift: By take, how far its look is off, in times the film's usual; empty where that was not asked.
        provoked: Term and model where the records say that naming the term attracts the thing.
        routes: By shot, as are jobs, takes, questions, spent and progress. Verdicts are by take.
        questions: Id and content of what a shot waits for.
    """

    vendors: Mapping[str, str]
    newest: tuple[int, int]
    provoked: frozenset[tuple[str, str]]
    drift: Mapping[str, float]
    routes: Mapping[str, Sequence[Route]]
    jobs: Mapping[str, Sequence[Job]]
    takes: Mapping[str, Sequence[Take]]
    verdicts: Mapping[str, Verdict]
    questions: Mapping[str, tuple[str, Mapping[str, Json]]]
    spent: Mapping[str, int]
    progress: Mapping[str, tuple[int, float]]


async def read(
    studio: Studio,
    project_id: str,
    shots: Sequence[Shot],
    *,
    only: Sequence[str] | None = None,
    drifted: Mapping[str, float] | None = None,
) -> FilmRows:
    """The rows of a film, or of a few of its shots by id; no clip and no picture is read."""
    store = studio.store
    ids = (None,) if only is None else only
    verdicts = {key: row for each in ids for key, row in (await store.film_verdicts(project_id, shot_id=each)).items()}
    questions = await store.open_questions(project_id)
    rendering = any(shot.status is ShotStatus.RENDERING for shot in shots)
    return FilmRows(
        vendors={profile.name: profile.vendor for profile in studio.profiles},
        newest=((await store.style(project_id)).version, (await store.negative(project_id)).version),
        provoked=await _provoked(studio, project_id, verdicts.values()),
        drift=drifted or {},
        routes=_by_shot([row for each in ids for row in await store.film_routes(project_id, shot_id=each)]),
        jobs=_by_shot([row for each in ids for row in await store.film_jobs(project_id, shot_id=each)]),
        takes=_by_shot([row for each in ids for row in await store.takes(project_id=project_id, shot_id=each)]),
        verdicts=verdicts,
        questions={asked_of: (decision_id, content) for decision_id, asked_of, content in questions},
        spent=await store.spent_by_shot(project_id),
        progress=await store.progress(project_id) if rendering else {},
    )


async def drifts(studio: Studio, project_id: str) -> dict[str, float]:
    """How far the look of each take is off, by take; worked out in a thread, since a long film takes a while."""
    store = studio.store
    looks = await store.looks(project_id)
    if not looks:
        return {}
    shots, takes = await store.shots(project_id), await store.takes(project_id=project_id)
    found = await anyio.to_thread.run_sync(drift.drifts, shots, takes, looks)
    return {each.take_id: each.far for each in found}


async def _provoked(studio: Studio, project_id: str, verdicts: Iterable[Verdict]) -> frozenset[tuple[str, str]]:
    """Asked only where something was seen: a film's ledger is long."""
    if not any(finding.sight is Sight.SEEN for verdict in verdicts for finding in verdict.findings):
        return frozenset()
    lines = await studio.store.ledger(project_id)
    return frozenset((line.term, line.model) for line in lines if provoking.provoked(line))


def _by_shot(rows: Iterable[T]) -> Mapping[str, Sequence[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[row.shot_id].append(row)
    return found
