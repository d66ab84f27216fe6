"""Checks on takes and files: every clip as it came, looked at, and in its own film's folder."""

from agent.film import ShotStatus
from interfaces.doctor.patient import Complaint, Film, Patient, Weight

_LOOKED_AT_SOON = (ShotStatus.OPEN, ShotStatus.RENDERING)


async def as_they_came(patient: Patient) -> list[Complaint]:
    """Every clip is there and has the hash it was stored with."""
    return [
        Complaint(about=film.take(take), says=f"{take.clip} is gone or changed", do="restore it or take it again")
        for film in patient.films
        for take in film.takes
        if not await patient.studio.clips.verify(take.clip, sha256=take.sha256)
    ]


async def looked_at(patient: Patient) -> list[Complaint]:
    """Every take has a verdict, or is known as one that nobody has looked at."""
    return [
        Complaint(
            about=film.take(take),
            says="nobody has looked at it; it counts as no pass",
            do=f"look yourself, or say 'shot {film.shots[take.shot_id].number} again'",
            weight=Weight.OPEN,
        )
        for film in patient.films
        for take in film.takes
        if take.id not in film.verdicts and film.shots[take.shot_id].status not in _LOOKED_AT_SOON
    ]


async def apart(patient: Patient) -> list[Complaint]:
    """Nothing of one film belongs to another."""
    return [
        Complaint(about=film.project.name, says=f"{each} belongs to another film", do="report it; use no such take")
        for film in patient.films
        for each in _strangers(film)
    ]


async def owned(patient: Patient) -> list[Complaint]:
    """Every clip in the folder is one that a row knows."""
    rows = {take.clip for film in patient.films for take in film.takes}
    says = "no row knows it: left by a crash, or newer than the backup that was restored"
    return [
        Complaint(about=name, says=says, do="keep it until you know which; nothing uses it", weight=Weight.OPEN)
        for name in sorted(patient.files.clips - rows)
    ]


async def whole(patient: Patient) -> list[Complaint]:
    """No clip was left half-written."""
    do = "it is removed by the next command that opens the films, and the clip fetched again"
    return [
        Complaint(about=name, says="it was left half-written", do=do, weight=Weight.MENDABLE)
        for name in sorted(patient.files.half_written)
    ]


def _strangers(film: Film) -> list[str]:
    """Jobs and takes of another film's shot, and clips in another film's folder."""
    jobs = [job.id for job in film.jobs if job.shot_id not in film.shots]
    takes = [take.id for take in film.takes if take.shot_id not in film.shots]
    clips = [take.clip for take in film.takes if not take.clip.startswith(f"{film.project.id}/")]
    return [*jobs, *takes, *clips]
