"""Looking in on a job at its vendor, and bringing the clip home."""

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

from agent.errors import VendorError
from agent.events import What
from agent.film import Shot, Take
from agent.jobs import Going, Job, JobState, Progress
from agent.narrating import do_and_tell, tell
from agent.policy import polling
from agent.studio import Studio
from agent.troubles import Step, Trouble

MOST_BYTES = 2_000_000_000  # a 4k clip of 30 s stays far below
MOST_DOWNLOADS = 3
MOST_FETCHES = 8  # of a clip that is paid, over most of an hour; vendors keep theirs for a day and longer
OVERDUE = "overdue"  # a job's note while it is late; it is told once, and the job is still looked at
LOST_AFTER_S = 120.0  # a vendor may list a fresh job late; after that "not found" is believed


async def look_in(studio: Studio, shot: Shot, job: Job) -> Job:
    """Poll once and move the job on; a lost poll says nothing about the job."""
    assert job.vendor_id is not None
    try:
        progress = await studio.vendor_of(job.model).poll(job.vendor_id, model=job.model)
    except VendorError as error:
        return await _lost_poll(studio, shot, job, error)
    moved = _moved(studio, job, progress)
    await studio.store.together(partial(_note, studio, shot, moved, was=job, progress=progress))
    if moved.state is JobState.READY:
        await studio.fail.reach("poll.terminal")
    return moved


async def _note(studio: Studio, shot: Shot, moved: Job, *, was: Job, progress: Progress) -> None:
    await studio.store.save_job(moved, was=was.state)
    if progress.going in (Going.WAITING, Going.RENDERING):
        await tell(studio, shot, What.PROGRESS, model=moved.model, going=progress.going, share=progress.share)
        if moved.message == OVERDUE != was.message:
            minutes = round(studio.profile(moved.model).longest_wait_s / 60)
            await tell(studio, shot, What.OVERDUE, model=moved.model, minutes=minutes)
    elif moved.trouble is not None:
        await _tell_trouble(studio, shot, moved)


async def fetch(studio: Studio, shot: Shot, job: Job, *, revision: int) -> Take:
    """Bring the clip of a READY job into the store and keep it as a take, which is told.

    Raises:
        VendorError: It could not be had; the job stays READY and can be fetched again.
    """
    take_id = studio.new_id("take")
    name = f"{shot.project_id}/{take_id}.mp4"
    progress, sha256, size = await _download(studio, job, name)
    prompt_digest = await studio.store.prompt_digest(job.id)
    prompt = await studio.store.prompt(prompt_digest)
    take = Take(
        id=take_id,
        project_id=shot.project_id,
        shot_id=shot.id,
        job_id=job.id,
        number=0,
        model=job.model,
        prompt_digest=prompt_digest,
        style_version=prompt.style.version,
        negative_version=prompt.negative_version,
        clip=name,
        sha256=sha256,
        bytes=size,
        sandbox=studio.profile(job.model).vendor in studio.sandbox,
        created_us=studio.now_us(),
        cost_micro_usd=progress.cost_micro_usd or job.reserved_micro_usd,
        revision=revision,
        seed=progress.seed,
    )
    return await studio.store.together(partial(_keep, studio, shot, take))


async def not_fetched(studio: Studio, shot: Shot, job: Job, error: VendorError) -> Job:
    """The job as it waits for another try, where the fault passes; a paid clip is given up only when it is gone."""
    if error.trouble.step is Step.TRY_LATER and job.tries < MOST_FETCHES:
        wait_s = max(error.retry_after_s or 0.0, 2.0 ** (job.tries + 1) * polling.SHORTEST_S)
        due_us = studio.now_us() + int(wait_s * studio.pace_of(job.model) * 1e6)
        waiting = replace(job, due_us=due_us, tries=job.tries + 1, message=error.message)
        await studio.store.save_job(waiting, was=job.state)
        return waiting
    lost = replace(job, state=JobState.LOST, trouble=error.trouble, message=error.message)
    save = partial(studio.store.save_job, lost, was=job.state)
    why, step = error.message, "media lost"
    await do_and_tell(studio, shot, save, What.TROUBLE, model=job.model, trouble=error.trouble, message=why, step=step)
    return lost


async def _keep(studio: Studio, shot: Shot, take: Take) -> Take:
    kept = await studio.store.keep_take(take)
    await tell(
        studio,
        shot,
        What.TAKE,
        take_id=kept.id,
        number=kept.number,
        model=kept.model,
        clip=kept.clip,
        sandbox=kept.sandbox,
        cost_micro_usd=kept.cost_micro_usd,
    )
    return kept


async def _download(studio: Studio, job: Job, name: str) -> tuple[Progress, str, int]:
    vendor = studio.vendor_of(job.model)
    for nth in range(1, MOST_DOWNLOADS + 1):
        progress = await vendor.poll(job.vendor_id or "", model=job.model)  # a fresh link each time
        try:
            if progress.media is None:
                raise VendorError(
                    vendor=vendor.vendor,
                    trouble=Trouble.PROVIDER_PERMANENT,
                    message="the job is done but there is no clip",
                )
            pieces = _pieces(studio, vendor.fetch(progress.media))
            sha256, size = await studio.clips.put(name, pieces, most_bytes=MOST_BYTES)
            await studio.fail.reach("download.renamed")
        except VendorError:
            if nth == MOST_DOWNLOADS:
                raise
        else:
            return progress, sha256, size
    raise AssertionError("unreachable: the last try returns or raises")


async def _pieces(studio: Studio, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for piece in pieces:
        yield piece
        await studio.fail.reach("download.partial")


def _moved(studio: Studio, job: Job, progress: Progress) -> Job:
    match progress.going:
        case Going.WAITING | Going.RENDERING:
            return replace(job, due_us=_next_due_us(studio, job), message=OVERDUE if _overdue(studio, job) else "")
        case Going.DONE:
            return replace(job, state=JobState.READY, due_us=studio.now_us())
        case Going.CANCELLED:
            return replace(job, state=JobState.CANCELLED, message=progress.message)
        case Going.FAILED:
            trouble = progress.trouble or Trouble.PROVIDER_PERMANENT
            return replace(job, state=JobState.FAILED, trouble=trouble, message=progress.message)


async def _lost_poll(studio: Studio, shot: Shot, job: Job, error: VendorError) -> Job:
    gone = error.trouble is Trouble.NOT_FOUND and _age_s(studio, job) > LOST_AFTER_S
    if not gone:
        later = replace(job, due_us=_next_due_us(studio, job), message=error.message)
        await studio.store.save_job(later, was=job.state)
        return later
    lost = replace(job, state=JobState.LOST, trouble=Trouble.NOT_FOUND, message=error.message)
    await studio.store.save_job(lost, was=job.state)
    await _tell_trouble(studio, shot, lost)
    return lost


async def _tell_trouble(studio: Studio, shot: Shot, job: Job) -> None:
    trouble = job.trouble or Trouble.PROVIDER_PERMANENT
    await tell(
        studio,
        shot,
        What.TROUBLE,
        model=job.model,
        trouble=trouble.value,
        message=job.message,
        step=trouble.step.value,
    )


def _next_due_us(studio: Studio, job: Job) -> int:
    sent_us = job.sent_us or job.created_us
    profile, pace = studio.profile(job.model), studio.pace_of(job.model)
    return polling.next_us(profile, sent_us=sent_us, now_us=studio.now_us(), pace=pace)


def _overdue(studio: Studio, job: Job) -> bool:
    profile, sent_us = studio.profile(job.model), job.sent_us or job.created_us
    return polling.overdue(profile, sent_us=sent_us, now_us=studio.now_us(), pace=studio.pace_of(job.model))


def _age_s(studio: Studio, job: Job) -> float:
    return (studio.now_us() - (job.sent_us or job.created_us)) / 1e6
