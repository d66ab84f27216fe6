"""Checks on money: what is counted is what the jobs say, and no ceiling was passed."""

from collections import Counter
from collections.abc import Callable, Iterator

from agent.jobs import Job, JobState
from agent.money import usd
from interfaces.doctor.patient import Complaint, Film, Patient, Weight


async def adds_up(patient: Patient) -> list[Complaint]:
    """Money kept back and spent is the sum over the jobs."""
    found: list[Complaint] = []
    for film in patient.films:
        counted = await patient.studio.store.spent_micro_usd(film.project.id)
        summed = sum(_cost(film).values())
        if counted != summed:
            says = f"{usd(counted)} is counted, its jobs come to {usd(summed)}"
            found.append(Complaint(about=film.project.name, says=says, do="report it with both figures"))
    return found


async def within_ceilings(patient: Patient) -> list[Complaint]:
    """No film and no shot has cost more than its ceiling."""
    return [complaint for film in patient.films for complaint in _over(film)]


def _over(film: Film) -> Iterator[Complaint]:
    do = "it was lowered since, or a vendor billed more than it said; nothing more is bought until it is raised"
    for about, sum_, limit, told in _sums(film):
        if sum_ > limit:
            says = f"it has come to {told(sum_)}, above its ceiling of {told(limit)}"
            yield Complaint(about=about, says=says, do=do, weight=Weight.OPEN)


def _sums(film: Film) -> Iterator[tuple[str, int, int, Callable[[int], str]]]:
    """What each ceiling is about, what it has come to, the ceiling, and how both are said."""
    ceilings, costs = film.project.ceilings, _cost(film)
    yield film.project.name, sum(costs.values()), ceilings.project_micro_usd, usd
    spent, takes = Counter[str](), Counter[str]()
    for job in film.jobs:
        spent[job.shot_id] += costs.get(job.id, 0)
        takes[job.shot_id] += job.id in costs
    for shot_id in film.shots:
        yield film.shot(shot_id), spent[shot_id], ceilings.shot_micro_usd, usd
        yield film.shot(shot_id), takes[shot_id], ceilings.takes_per_shot, "{} takes".format


def _cost(film: Film) -> dict[str, int]:
    """What each job costs that costs anything: as its take says, or as it was set aside."""
    paid = {take.job_id: take.cost_micro_usd for take in film.takes}
    return {job.id: paid.get(job.id, job.reserved_micro_usd) for job in film.jobs if _may_be_billed(job)}


def _may_be_billed(job: Job) -> bool:
    called_back = job.state is JobState.CANCELLED and job.vendor_id is None
    return job.state is not JobState.FAILED and not called_back
