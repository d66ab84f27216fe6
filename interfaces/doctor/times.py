"""Checks on times: leases that ran out, and jobs that would be looked at far too late. Both are safe to put right."""

from dataclasses import replace

from agent.jobs import Job, JobState
from interfaces.doctor.patient import Complaint, Patient, Weight

_LOOKED_AT = (JobState.INTENT, JobState.SENDING, JobState.ACCEPTED)
LATEST_S = 3600.0
"""No plan of ours looks at a job later than this from now; a clock that was set back leaves such plans behind."""


async def due(patient: Patient) -> list[Complaint]:
    """Every job on its way is looked at within the hour."""
    return [
        Complaint(
            about=film.job(job),
            says="it would be looked at in more than an hour; a clock was set back",
            do="`countersteer doctor --repair` has it looked at now",
            weight=Weight.MENDABLE,
        )
        for film in patient.films
        for job in film.jobs
        if _too_late(patient, job)
    ]


async def look_now(patient: Patient) -> int:
    """Have those jobs looked at now; how many there were."""
    late = [job for film in patient.films for job in film.jobs if _too_late(patient, job)]
    for job in late:
        await patient.studio.store.save_job(replace(job, due_us=patient.studio.now_us()), was=job.state)
    return len(late)


def _too_late(patient: Patient, job: Job) -> bool:
    return job.state in _LOOKED_AT and job.due_us > patient.studio.now_us() + int(LATEST_S * 1e6)
