"""Checks on words: both blocks in every body that left, and one turn and one answer for every message."""

from collections import Counter

from agent.auditing import Gap, audit
from agent.events import What
from interfaces.doctor.patient import Complaint, Patient, Weight


async def both_blocks(patient: Patient) -> list[Complaint]:
    """Every stored body has its style block and every term of its negative block, and every job its body."""
    found = await audit(patient.studio)
    proven = {job.id for job, _, _ in await patient.studio.store.receipts()}
    do = "look at it with `countersteer audit`; take no clip of it without looking at the clip"
    return [
        *(
            Complaint(about=f"shot {gap.shot}, {gap.model}, {gap.job_id}", says=_lacks(gap), do=do)
            for gap in found.gaps
        ),
        *(
            Complaint(about=film.job(job), says="there is no proof of what left for it", do=do)
            for film in patient.films
            for job in film.jobs
            if job.id not in proven
        ),
    ]


async def answered_once(patient: Patient) -> list[Complaint]:
    """Every message is one turn, told once, with at most one answer."""
    found: list[Complaint] = []
    for film in patient.films:
        told = Counter(
            (event.turn_id, event.what)
            for event in await patient.studio.store.events(project_id=film.project.id)
            if event.what in (What.REQUEST, What.REPLY) and event.turn_id
        )
        found += [
            Complaint(
                about=f"{film.project.name}, turn {turn_id}",
                says=f"its {what} was told {times} times",
                do="read both; what was done is in `countersteer shots`",
            )
            for (turn_id, what), times in told.items()
            if times > 1
        ]
    return found


async def answered(patient: Patient) -> list[Complaint]:
    """No message waits without an answer."""
    return [
        Complaint(
            about=f"the message {said.text[:60]!r}",
            says="it was heard and is not answered",
            do="it is taken up by `countersteer serve`, or say it again",
            weight=Weight.OPEN,
        )
        for said in await patient.studio.store.unanswered()
    ]


def _lacks(gap: Gap) -> str:
    return f"it lacks {', '.join(gap.missing)}"
