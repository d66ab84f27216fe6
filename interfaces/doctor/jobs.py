"""Checks on jobs: what became of each, and whether vendor and rows agree on what was bought."""

from collections.abc import Iterator, Mapping

from agent.errors import NotFoundError
from agent.film import ShotStatus
from agent.jobs import Job, JobState
from agent.money import usd
from agent.policy import polling
from agent.studio import Studio
from interfaces.doctor.patient import Billed, Complaint, Film, Patient, Weight

_HAS_ID = (JobState.ACCEPTED, JobState.READY, JobState.KEPT)
_MAY_BE_ELSEWHERE = (JobState.SENDING, JobState.UNKNOWN, JobState.LOST)
"""A job in one of these may be at its vendor under an id that was never heard."""

_REPORT = "report it with this line; nothing of it is lost"
_AGAIN = "take it again"


async def ended(patient: Patient) -> list[Complaint]:
    """Every job is a clip, a failure with its reason, or on its way."""
    return [complaint for film in patient.films for complaint in _ended(patient.studio, film)]


async def known(patient: Patient) -> list[Complaint]:
    """Every job whose outcome is not known is shown to the person, who decides."""
    return [_unknown(film, job) for film in patient.films for job in film.jobs if job.state is JobState.UNKNOWN]


async def bought(patient: Patient) -> list[Complaint]:
    """What the vendors accepted is what was bought, byte for byte what the receipt says."""
    if patient.billed is None:
        return []
    receipts = {job.id: receipt.body for job, _, receipt in await patient.studio.store.receipts()}
    heard = {job.vendor_id.rpartition("/")[2]: (film, job) for film, job in _jobs(patient) if job.vendor_id}
    silent = [(film, job) for film, job in _jobs(patient) if not job.vendor_id and job.state in _MAY_BE_ELSEWHERE]
    found: list[Complaint] = []
    for billed in patient.billed:
        owner = heard.pop(billed.id, None) or _silent(billed, silent, receipts)
        if owner is None:
            found.append(_nobodys(billed))
        elif receipts.get(owner[1].id) != billed.body:
            says = "the body at the vendor is not the one in its receipt"
            found.append(Complaint(about=owner[0].job(owner[1]), says=says, do=_REPORT))
    gone = [(film, job) for film, job in heard.values() if job.state.over or patient.at_rest]
    return [
        *found,
        *(Complaint(about=film.job(job), says="the vendor does not know it", do=_AGAIN) for film, job in gone),
    ]


def _jobs(patient: Patient) -> Iterator[tuple[Film, Job]]:
    return ((film, job) for film in patient.films for job in film.jobs)


def _ended(studio: Studio, film: Film) -> Iterator[Complaint]:
    clips = {take.job_id: take for take in film.takes}
    states = {job.id: job.state for job in film.jobs}
    for take in film.takes:
        if states.get(take.job_id) is not JobState.KEPT:
            yield Complaint(about=film.take(take), says=f"its job is {states.get(take.job_id, 'gone')}", do=_REPORT)
    for job in film.jobs:
        if job.state is JobState.KEPT and job.id not in clips:
            yield Complaint(about=film.job(job), says="it counts as kept and there is no take", do=_AGAIN)
        elif job.state in _HAS_ID and not job.vendor_id:
            yield Complaint(about=film.job(job), says=f"it is {job.state} without the vendor's id", do=_REPORT)
        elif job.state in (JobState.FAILED, JobState.LOST) and not (job.trouble or job.message):
            yield Complaint(about=film.job(job), says=f"it is {job.state} without a reason", do=_REPORT)
        elif not job.state.over:
            yield from _late(studio, film, job)


def _late(studio: Studio, film: Film, job: Job) -> Iterator[Complaint]:
    try:
        profile, pace = studio.profile(job.model), studio.pace_of(job.model)
    except NotFoundError:
        says = f"it is {job.state} at a vendor that is not configured any more"
        yield Complaint(about=film.job(job), says=says, do="configure that vendor again", weight=Weight.OPEN)
        return
    now_us = studio.now_us()
    sent_us = job.sent_us or job.created_us
    if job.state is JobState.ACCEPTED and polling.overdue(profile, sent_us=sent_us, now_us=now_us, pace=pace):
        says = f"it is later than {profile.longest_wait_s / 60:.0f} minutes, is looked at still, and keeps its money"
        yield Complaint(about=film.job(job), says=says, do="wait, or cancel the shot", weight=Weight.OPEN)


def _unknown(film: Film, job: Job) -> Complaint:
    shot = film.shots[job.shot_id]
    says = f"{usd(job.reserved_micro_usd)} may have been billed and nobody can say ({job.message})"
    if shot.status is ShotStatus.UNKNOWN or shot.omitted:
        do = f"look at the vendor's own list; 'shot {shot.number} again' sets it aside and buys another"
        return Complaint(about=film.job(job), says=says, do=do, weight=Weight.OPEN)
    do = f"say 'shot {shot.number} again' when the vendor's own list has been looked at"
    return Complaint(about=film.job(job), says=f"{says}, and its shot does not show it", do=do)


def _silent(billed: Billed, silent: list[tuple[Film, Job]], receipts: Mapping[str, str]) -> tuple[Film, Job] | None:
    """The job whose answer was never heard, by our key or by its body; each is found once."""
    for nth, (_, job) in enumerate(silent):
        if billed.key == job.id or receipts.get(job.id) == billed.body:
            return silent.pop(nth)
    return None


def _nobodys(billed: Billed) -> Complaint:
    says = "it was accepted there, and no row here knows it"
    do = "compare it with the vendor's own list; a backup that is older than the job leaves such a one behind"
    return Complaint(about=f"{billed.vendor}, {billed.id}", says=says, do=do)
