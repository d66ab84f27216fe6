"""Calling off what is being made: at the vendor where that can be done, with what becomes of clip and money."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from agent.acting.outcome import Outcome
from agent.errors import ConflictError, VendorError
from agent.film import Shot, ShotStatus
from agent.jobs import Job, JobState
from agent.money import usd
from agent.studio import Studio

CALLED_OFF = "called off by you"
COMES_HOME = "called off by you; what is on its way still comes home, and nothing more is bought"
NOT_SENT = "nothing was sent, so nothing is spent"
UNDER_WAY = (JobState.INTENT, JobState.SENDING, JobState.ACCEPTED, JobState.READY)
_GOING = frozenset({ShotStatus.OPEN, ShotStatus.RENDERING, ShotStatus.HELD})


def can_be(shot: Shot) -> bool:
    """Whether something is made for a shot, or would be by itself, and was not called off already."""
    return shot.status in _GOING and not shot.omitted and not stops(shot)


def stops(shot: Shot) -> bool:
    """Whether nothing more is bought for a shot: it was called off and not taken up again."""
    return shot.status is ShotStatus.CANCELLED or (shot.status is ShotStatus.RENDERING and shot.because == COMES_HOME)


async def call_off(studio: Studio, shots: Sequence[Shot]) -> Outcome:
    """Call shots off, with what they cost all the same; those of which the same is to be told, in one line.

    A clip that may be paid is never thrown away. What waits goes before what a vendor has.
    """
    done = [(shot, *await _call_off(studio, shot)) for shot in sorted(shots, key=_is_sent)]
    alike: dict[str, list[int]] = {}
    for shot, told, _ in done:
        for line in told:
            alike.setdefault(line, []).append(shot.number)
    lines = (f"{named(numbers)} called off: {line}." for line, numbers in alike.items())
    return Outcome(lines=tuple(lines), answered=tuple(shot.id for shot, _, goes_on in done if goes_on))


def named(numbers: Sequence[int]) -> str:
    """ "Shot 3 is", "Shots 4 to 9 and 12 are"."""
    ordered = sorted(numbers)
    runs = [list(run) for _, run in groupby(ordered, key=lambda number: number - ordered.index(number))]
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    listed = " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    return f"Shot {listed} is" if len(numbers) == 1 else f"Shots {listed} are"


def _is_sent(shot: Shot) -> bool:
    return shot.status is ShotStatus.RENDERING


async def _call_off(studio: Studio, shot: Shot) -> tuple[list[str], bool]:
    """What became of a shot's jobs, and whether its graph has to go on to its end."""
    jobs = await studio.store.jobs(shot_id=shot.id, states=UNDER_WAY)
    told = [await _call_back(studio, job) for job in jobs]
    after = [await studio.store.job(job.id) for job in jobs]
    comes_home = any(not job.state.over for job in after)
    status = ShotStatus.RENDERING if comes_home else ShotStatus.CANCELLED
    await studio.store.set_status(shot.id, status, because=COMES_HOME if comes_home else CALLED_OFF)
    return told or [NOT_SENT], any(job.state is JobState.CANCELLED for job in after)


async def _call_back(studio: Studio, job: Job) -> str:
    """What became of a job; one that moved meanwhile is left to come home."""
    price = usd(job.reserved_micro_usd)
    home = f"the clip comes home, and its {price} stays counted as spent"
    if job.state is JobState.INTENT:
        gone = await _cancelled(studio, job)
        return NOT_SENT if gone else f"it was just being sent; {home}"
    if job.state is not JobState.ACCEPTED or job.vendor_id is None:
        return f"{job.model} has it or has made it already; {home}"
    try:
        accepted = await studio.vendor_of(job.model).cancel(job.vendor_id, model=job.model)
    except VendorError as error:
        return f"{job.model} could not be asked to stop ({error.message}); {home}"
    if not accepted:
        return f"{job.model} does not stop a clip it is making; {home}"
    if not await _cancelled(studio, job):
        return f"it was done before {job.model} could stop it; {home}"
    return f"{job.model} stopped it; whether it bills for that is not known, so {price} stays counted as spent"


async def _cancelled(studio: Studio, job: Job) -> bool:
    """Whether the job is over by our word; one that moved on since it was read is not touched."""
    try:
        await studio.store.save_job(replace(job, state=JobState.CANCELLED, message=CALLED_OFF), was=job.state)
    except ConflictError:
        return False
    return True
