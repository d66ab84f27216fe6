"""How one clip is bought: a stored intent, one POST, and what to do when its outcome is not known.

INTENT ──▶ SENDING ──▶ ACCEPTED          the only step that costs money is between the last two
   ▲ │        │
   │ └ no slot free: it waits in its line
   └──────────┤ certainly not accepted: later again, or FAILED
              └─ not known: look it up; where a vendor cannot be asked, UNKNOWN and the person decides
"""

from dataclasses import replace
from functools import partial

import anyio

from agent.acting import calling_off
from agent.errors import UnsupportedError, VendorError
from agent.events import What
from agent.film import Route, Shot, ShotStatus
from agent.jobs import CALLED, IN_LINE, Body, Job, JobState
from agent.narrating import do_and_tell, tell
from agent.policy import polling
from agent.stills import stills
from agent.studio import Studio
from agent.troubles import Step, Trouble
from agent.writing import write
from prompts.prompt import Prompt

MOST_TRIES = 3
MOST_WAITS = (
    20  # how often one job finds its vendor wanting to be left alone before another model makes it; half an hour
)
LISTING_LAG_S = 20.0  # how long a vendor's own list may not know a fresh job yet
LINE_LOOK_S = 60.0  # how long a free slot may go unnoticed; in one process it is noticed at once
UNDER_WAY = (JobState.INTENT, JobState.SENDING, JobState.ACCEPTED, JobState.READY)


async def under_way(studio: Studio, shot: Shot, *, prompt_digest: str) -> Job | None:
    """The job this shot has at a vendor, or is about to, or may have. Intents for another prompt are dropped unsent.

    Where the person asked for another take, what may have been bought before stands in the way of none.
    """
    known = UNDER_WAY if shot.status is ShotStatus.OPEN else (*UNDER_WAY, JobState.UNKNOWN)
    for job in await studio.store.jobs(shot_id=shot.id, states=known):
        if job.state is not JobState.INTENT or await studio.store.prompt_digest(job.id) == prompt_digest:
            return job
        await _unsent(studio, job, because="the shot was changed before this was sent")
    return None


async def buy(studio: Studio, shot: Shot, route: Route, prompt: Prompt) -> Job:
    """Store the intention with its proof and its reservation, then send it.

    Raises:
        CeilingError: Nothing was stored or sent.
        BlockMissingError: The body lacks a block; nothing was stored or sent.
    """
    job = await under_way(studio, shot, prompt_digest=prompt.digest)
    if job is None:
        job = await _intend(studio, shot, route, prompt)
    return await resume(studio, shot, job)


async def resume(studio: Studio, shot: Shot, job: Job) -> Job:
    """Take a job on from where it stands: send what was not sent, settle what may have been."""
    match job.state:
        case JobState.INTENT:
            return await send(studio, shot, job)
        case JobState.SENDING | JobState.UNKNOWN:
            return await reconcile(studio, shot, job)
        case _:
            return job


async def send(studio: Studio, shot: Shot, job: Job) -> Job:
    """Send a stored intent once, unless its shot was taken out of the list or called off while it waited.

    A cancelled run still brings this to a known state first.
    """
    if calling_off.stops(shot):
        return await _unsent(studio, job, because=calling_off.CALLED_OFF)
    if shot.omitted:
        return await _unsent(studio, job, because="the shot was taken out of the list before this was sent")
    with anyio.CancelScope(shield=True):
        job = await _send(studio, shot, job)
    return job  # noqa: RET504 - returned from inside, the scope could swallow it for all mypy knows


async def reconcile(studio: Studio, shot: Shot, job: Job) -> Job:
    """Settle a job whose request may have left: adopt it, send it, or keep it unknown. Never a blind second POST."""
    try:
        found = await studio.vendor_of(job.model).find(job.id, model=job.model, sent_us=job.sent_us or job.created_us)
    except UnsupportedError:
        return await _unknown(studio, shot, job, "this vendor cannot be asked which jobs it accepted")
    except VendorError as error:
        return await _look_again(studio, shot, job, error)
    if found is not None:
        return await _accepted(studio, shot, job, found)
    settled_us = (job.sent_us or job.created_us) + int(LISTING_LAG_S * 1e6)
    if studio.now_us() < settled_us:
        waiting = replace(job, due_us=settled_us)
        await studio.store.save_job(waiting, was=job.state)
        return waiting
    again = replace(job, state=JobState.INTENT, tries=job.tries + 1)
    await studio.store.save_job(again, was=job.state)
    return await send(studio, shot, again)


async def give_up(studio: Studio, shot: Shot, *, because: str) -> None:
    """Set a shot's unknown jobs aside on the person's word; their money stays counted as spent."""
    trouble = Trouble.UNKNOWN_OUTCOME
    for job in await studio.store.jobs(shot_id=shot.id, states=(JobState.UNKNOWN,)):
        save = partial(studio.store.save_job, replace(job, state=JobState.LOST, message=because), was=job.state)
        await do_and_tell(studio, shot, save, What.TROUBLE, model=job.model, trouble=trouble, message=because, step="")


async def _intend(studio: Studio, shot: Shot, route: Route, prompt: Prompt) -> Job:
    profile = studio.profile(route.model)
    project = await studio.store.project(shot.project_id)
    ratio = prompt.sheet.aspect_ratio or project.ratio
    job_id = studio.new_id("job")
    images = await stills(studio, shot)
    written = await write(studio, prompt, profile, images=images, seconds=route.seconds, ratio=ratio, key=job_id)
    now_us = studio.now_us()
    job = Job(
        id=job_id,
        project_id=shot.project_id,
        shot_id=shot.id,
        route_id=route.id,
        model=profile.name,
        attempt=len(await studio.store.jobs(shot_id=shot.id)) + 1,
        seconds=route.seconds,
        state=JobState.INTENT,
        reserved_micro_usd=route.cost_micro_usd,
        created_us=now_us,
        due_us=now_us,
    )
    job = await studio.store.reserve(
        job, prompt_digest=prompt.digest, rendering=written.rendering, receipt=written.receipt
    )
    await studio.fail.reach("submit.intent_saved")
    return job


async def _unsent(studio: Studio, job: Job, *, because: str) -> Job:
    dropped = replace(job, state=JobState.CANCELLED, message=because)
    await studio.store.save_job(dropped, was=job.state)
    return dropped


async def _send(studio: Studio, shot: Shot, job: Job) -> Job:
    receipt = await studio.store.receipt(job.id)
    sending = await studio.store.together(partial(_first_in_line, studio, shot, job), durable=True)
    if sending.state is JobState.INTENT:
        return sending
    await studio.fail.reach("submit.sending")
    body = Body(method="POST", path=receipt.path, content=receipt.body.encode("utf-8"))
    try:
        vendor_id = await studio.vendor_of(job.model).submit(body, key=job.id)
    except VendorError as error:
        return await _not_accepted(studio, shot, sending, error)
    await studio.fail.reach("submit.sent")
    return await _accepted(studio, shot, sending, vendor_id)


async def _first_in_line(studio: Studio, shot: Shot, job: Job) -> Job:
    """The job as SENDING if a slot is free. If not it waits; the worker looks sooner where it sees one become free."""
    slots = studio.lines.slots(studio.profile(job.model))
    sending = replace(job, state=JobState.SENDING, sent_us=studio.now_us(), trouble=None, message="")
    waiting = _in_line(studio, job)
    moved = await studio.store.start_job(sending, waiting=waiting, line=studio.line_of(job.model), slots=slots)
    if moved is sending:
        sandbox = studio.profile(job.model).vendor in studio.sandbox
        await tell(studio, shot, What.SUBMIT, model=job.model, job_id=job.id, sandbox=sandbox)
    elif job.message not in (IN_LINE, CALLED) and await studio.store.paused_us(job.project_id) is None:
        await tell(studio, shot, What.LINE, model=job.model, slots=slots)
    return moved


def _in_line(studio: Studio, job: Job) -> Job:
    look_s = max(LINE_LOOK_S * studio.pace_of(job.model), studio.lines.opens_in_s(studio.profile(job.model)))
    due_us = studio.now_us() + int(look_s * 1e6)
    return replace(job, state=JobState.INTENT, sent_us=None, due_us=due_us, trouble=None, message=IN_LINE)


async def _accepted(studio: Studio, shot: Shot, job: Job, vendor_id: str) -> Job:
    profile = studio.profile(job.model)
    studio.circuits.report(profile.vendor, None)
    at_vendor = len(await _at_vendor(studio, job)) if studio.lines.narrowed(profile) else 0
    studio.lines.accepted(profile, at_vendor=at_vendor + 1)
    due_us = polling.first_us(profile, sent_us=studio.now_us(), pace=studio.pace_of(job.model))
    accepted = replace(job, state=JobState.ACCEPTED, vendor_id=vendor_id, due_us=due_us, trouble=None, message="")
    save = partial(studio.store.save_job, accepted, was=job.state)
    await do_and_tell(studio, shot, save, What.ACCEPTED, durable=True, model=job.model, job_id=job.id)
    await studio.fail.reach("submit.accepted")
    return accepted


async def _not_accepted(studio: Studio, shot: Shot, job: Job, error: VendorError) -> Job:
    studio.circuits.report(error.vendor, error.trouble)
    if error.trouble is Trouble.UNKNOWN_OUTCOME:
        return await reconcile(studio, shot, replace(job, message=error.message))
    if error.trouble is Trouble.CONCURRENCY:
        return await _full(studio, shot, job, error)
    if error.trouble is Trouble.RATE_LIMITED and job.tries + 1 < MOST_WAITS:
        return await _left_alone(studio, shot, job, error)
    out = studio.circuits.closed(error.vendor) is not None  # then another try so soon would only be one more failure
    later = error.trouble.step is Step.TRY_LATER and job.tries + 1 < MOST_TRIES and not out
    moved = replace(
        job,
        state=JobState.INTENT if later else JobState.FAILED,
        tries=job.tries + 1,
        trouble=error.trouble,
        message=error.message,
        due_us=studio.now_us() + int((error.retry_after_s or 2.0 ** (job.tries + 1)) * 1e6),
    )
    await studio.store.save_job(moved, was=job.state)
    step = error.trouble.step if later or error.trouble.step is not Step.TRY_LATER else Step.ROUTE_ELSEWHERE
    await tell(
        studio, shot, What.TROUBLE, model=job.model, trouble=error.trouble, message=error.message, step=step.value
    )
    return moved


async def _full(studio: Studio, shot: Shot, job: Job, error: VendorError) -> Job:
    """The vendor takes fewer at once than was thought: back into the line, which is narrower from now on."""
    profile = studio.profile(job.model)
    studio.lines.refused(profile, at_vendor=len(await _at_vendor(studio, job)))
    if error.retry_after_s:
        studio.lines.shut(profile, wait_s=error.retry_after_s)
    waiting = _in_line(studio, job)
    await studio.store.save_job(waiting, was=job.state)
    await tell(studio, shot, What.LINE, model=job.model, slots=studio.lines.slots(profile))
    return waiting


async def _at_vendor(studio: Studio, job: Job) -> list[Job]:
    """The jobs of a job's line that the vendor has."""
    line = studio.line_of(job.model)
    return [each for each in await studio.store.jobs(states=(JobState.ACCEPTED,)) if each.model in line]


async def _left_alone(studio: Studio, shot: Shot, job: Job, error: VendorError) -> Job:
    """The vendor wants no requests for a while: the whole line waits, in its order, and its first tries again."""
    studio.lines.shut(studio.profile(job.model), wait_s=error.retry_after_s)
    waiting = replace(_in_line(studio, job), tries=job.tries + 1)
    await studio.store.save_job(waiting, was=job.state)
    step = error.trouble.step.value
    await tell(studio, shot, What.TROUBLE, model=job.model, trouble=error.trouble, message=error.message, step=step)
    return waiting


async def _look_again(studio: Studio, shot: Shot, job: Job, error: VendorError) -> Job:
    """The look-up itself failed, which says nothing about the job."""
    later = replace(job, due_us=studio.now_us() + int(LISTING_LAG_S * 1e6), message=error.message)
    await studio.store.save_job(later, was=job.state)
    step = Trouble.UNKNOWN_OUTCOME.step.value
    await tell(studio, shot, What.TROUBLE, model=job.model, trouble=error.trouble, message=error.message, step=step)
    return later


async def _unknown(studio: Studio, shot: Shot, job: Job, why: str) -> Job:
    unknown = replace(job, state=JobState.UNKNOWN, trouble=Trouble.UNKNOWN_OUTCOME, message=why)
    if job.state is not JobState.UNKNOWN:
        await studio.store.save_job(unknown, was=job.state)
        step = Trouble.UNKNOWN_OUTCOME.step.value
        await tell(studio, shot, What.TROUBLE, model=job.model, trouble=Trouble.UNKNOWN_OUTCOME, message=why, step=step)
    return unknown
