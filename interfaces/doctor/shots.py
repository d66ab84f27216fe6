"""Checks on shots: every one has a next step, and whose it is."""

from collections.abc import Iterator

from agent.film import Shot, ShotStatus
from interfaces.doctor.patient import Complaint, Film, Patient

_MOVING = (ShotStatus.OPEN, ShotStatus.RENDERING)
"""Statuses that a worker takes up by itself."""


async def going_on(patient: Patient) -> list[Complaint]:
    """Every shot has a next step: a worker's, a person's, or none because it is done."""
    return [
        complaint
        for film in patient.films
        for shot in film.shots.values()
        if not shot.omitted
        for complaint in _shot(film, shot, at_rest=patient.at_rest)
    ]


def _shot(film: Film, shot: Shot, *, at_rest: bool) -> Iterator[Complaint]:
    again = f"say 'shot {shot.number} again'"
    about, under_way = film.shot(shot.id), film.under_way(shot.id)
    if at_rest and shot.status is ShotStatus.APPROVAL and shot.id not in film.asked:
        yield Complaint(about=about, says="its price was answered, and nothing moves it", do=again)
    if shot.status is ShotStatus.HELD and not shot.because:
        yield Complaint(about=about, says="it is held and nobody said why", do=again)
    if shot.status is ShotStatus.DELIVERED and shot.picked_take_id not in {take.id for take in film.takes}:
        yield Complaint(about=about, says="it is delivered without a take", do=again)
    if under_way and shot.status not in _MOVING:
        says = f"a job of it is {under_way[0].state} and the shot is '{shot.status}', which nothing takes up"
        yield Complaint(about=about, says=says, do=f"{again}; the job that is there is taken on, not bought twice")
    if at_rest and shot.status in _MOVING and not under_way:
        do = f"start a worker, or {again}"
        yield Complaint(about=about, says=f"it is '{shot.status}', and nothing moves it", do=do)
