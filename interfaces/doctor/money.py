"""Checks on money: what is counted is what the jobs say, and no ceiling was passed."""

from collections import Counter

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


def _over(film: Film) -> list[Complaint]:
    ceilings, costs = film.project.ceilings, _cost(film)
    by_shot, takes = Counter[str](), Counter[str]()
    for job in film.jobs:
        by_shot[job.shot_id] += costs.get(job.id, 0)
        takes[job.shot_id] += job.id in costs
    do = "it was lowered since, or a vendor billed more than it said; nothing more is bought until it is raised"
    told = [
        (film.project.name, usd(sum(costs.values())), usd(ceilings.project_micro_usd))
        for _ in range(sum(costs.values()) > ceilings.project_micro_usd)
    ]
    told += [
        (film.shot(shot), usd(spent), usd(ceilings.shot_micro_usd))
        for shot, spent in by_shot.items()
        if spent > ceilings.shot_micro_usd
    ]
    told += [
        (film.shot(shot), f"{made} takes", f"{ceilings.takes_per_shot}")
        for shot, made in takes.items()
        if made > ceilings.takes_per_shot
    ]
    return [
        Complaint(about=about, says=f"it has come to {sum_}, above its ceiling of {limit}", do=do, weight=Weight.OPEN)
        for about, sum_, limit in told
    ]


def _cost(film: Film) -> dict[str, int]:
    """What each job costs that costs anything: as its take says, or as it was set aside."""
    paid = {take.job_id: take.cost_micro_usd for take in film.takes}
    return {job.id: paid.get(job.id, job.reserved_micro_usd) for job in film.jobs if _may_be_billed(job)}


def _may_be_billed(job: Job) -> bool:
    called_back = job.state is JobState.CANCELLED and job.vendor_id is None
    return job.state is not JobState.FAILED and not called_back
