"""How one clip is bought: a stored intent, one POST, and what to do when its outcome is not known.

    INTENT ──▶ SENDING ──▶ ACCEPTED          the only step that costs money is between the last two
       ▲          │
       └──────────┤ certainly not accepted: later again, or FAILED
                  └─ not known: look it up; where a vendor cannot be asked, UNKNOWN and the person decides
"""

import zlib
from dataclasses import replace

import anyio

from agent.errors import BlockMissingError, UnsupportedError, VendorError
from agent.events import What
from agent.film import Route, Shot
from agent.jobs import Body, Job, JobState, Order
from agent.narrating import tell
from agent.policy import polling
from agent.ports import Studio
from agent.profiles import Profile
from agent.stills import stills
from agent.troubles import Step, Trouble
from prompts.prompt import Prompt
from prompts.receipt import Receipt, audit, prove
from prompts.rendering import Rendering
from prompts.render import render

MOST_TRIES = 3
LISTING_LAG_S = 20.0  # how long a vendor's own list may not know a fresh job yet
UNDER_WAY = (JobState.INTENT, JobState.SENDING, JobState.ACCEPTED, JobState.READY, JobState.UNKNOWN)


async def buy(studio: Studio, shot: Shot, route: Route, prompt: Prompt) -> Job:
    """The shot's job on its way: the one under way after a crash, otherwise a new one, sent.

    Raises:
        CeilingError: Nothing was stored or sent.
        BlockMissingError: The body lacks a block; nothing was stored or sent.
    """
    under_way = await studio.store.jobs(shot_id=shot.id, states=UNDER_WAY)
    job = under_way[-1] if under_way else await intend(studio, shot, route, prompt)
    match job.state:
        case JobState.INTENT:
            return await send(studio, shot, job)
        case JobState.SENDING | JobState.UNKNOWN:
            return await reconcile(studio, shot, job)
        case _:
            return job


async def intend(studio: Studio, shot: Shot, route: Route, prompt: Prompt) -> Job:
    """Store the intention with its proof and its reservation; nothing is sent yet."""
    profile = studio.profile(route.model)
    rendering = render(prompt, profile.dialect, model=profile.name)
    job_id = studio.new_id("job")
    order = await _order(studio, shot, route, rendering, profile, key=job_id)
    receipt = _proof(studio.vendors[profile.vendor].compose(order), rendering, prompt, model=profile.name)
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
    job = await studio.store.reserve(job, prompt_digest=prompt.digest, rendering=rendering, receipt=receipt)
    await studio.fail.reach("submit.intent_saved")
    return job


async def send(studio: Studio, shot: Shot, job: Job) -> Job:
    """Send a stored intent once. A cancelled run still brings this to a known state first."""
    with anyio.CancelScope(shield=True):
        receipt = await studio.store.receipt(job.id)
        sending = replace(job, state=JobState.SENDING, sent_us=studio.now_us())
        await studio.store.save_job(sending, was=JobState.INTENT)
        sandbox = studio.profile(job.model).vendor in studio.sandbox
        await tell(studio, shot, What.SUBMIT, model=job.model, job_id=job.id, sandbox=sandbox)
        await studio.fail.reach("submit.sending")
        body = Body(method="POST", path=receipt.path, content=receipt.body.encode("utf-8"))
        try:
            vendor_id = await studio.vendor_of(job.model).submit(body, key=job.id)
        except VendorError as error:
            return await _not_accepted(studio, shot, sending, error)
        await studio.fail.reach("submit.sent")
        return await _accepted(studio, shot, sending, vendor_id)


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


async def give_up(studio: Studio, shot: Shot, job: Job, *, because: str) -> Job:
    """Set an unknown job aside on the person's word; its money stays counted as spent."""
    lost = replace(job, state=JobState.LOST, message=because)
    await studio.store.save_job(lost, was=job.state)
    await tell(studio, shot, What.TROUBLE, model=job.model, trouble=Trouble.UNKNOWN_OUTCOME, message=because, step="")
    return lost


async def _order(studio: Studio, shot: Shot, route: Route, rendering: Rendering, profile: Profile, *, key: str) -> Order:
    looks, first = await stills(studio, shot)
    project = await studio.store.project(shot.project_id)
    return Order(
        key=key,
        model=profile.name,
        rendering=rendering,
        seconds=route.seconds,
        ratio=shot.sheet.aspect_ratio or project.ratio,
        references=looks[: profile.dialect.max_references],
        first_frame=first,
        seed=zlib.crc32(key.encode()) if profile.seed else None,
    )


def _proof(body: Body, rendering: Rendering, prompt: Prompt, *, model: str) -> Receipt:
    """Both proofs: what rendering says it placed, and what the prompt demands."""
    receipt = prove(body.content, model=model, path=body.path, rendering=rendering)
    missing = audit(receipt, prompt)
    if missing:
        raise BlockMissingError(missing=missing, model=model)
    return receipt


async def _accepted(studio: Studio, shot: Shot, job: Job, vendor_id: str) -> Job:
    profile = studio.profile(job.model)
    studio.circuits.report(profile.vendor, None)
    due_us = polling.first_due_us(profile, now_us=studio.now_us(), sandbox=profile.vendor in studio.sandbox)
    accepted = replace(job, state=JobState.ACCEPTED, vendor_id=vendor_id, due_us=due_us, trouble=None, message="")
    await studio.store.save_job(accepted, was=job.state)
    await studio.fail.reach("submit.accepted")
    await tell(studio, shot, What.ACCEPTED, model=job.model, job_id=job.id)
    return accepted


async def _not_accepted(studio: Studio, shot: Shot, job: Job, error: VendorError) -> Job:
    studio.circuits.report(error.vendor, error.trouble)
    if error.trouble is Trouble.UNKNOWN_OUTCOME:
        return await reconcile(studio, shot, replace(job, message=error.message))
    later = error.trouble.step is Step.TRY_LATER and job.tries + 1 < MOST_TRIES
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
        await tell(
            studio, shot, What.TROUBLE, model=job.model, trouble=Trouble.UNKNOWN_OUTCOME, message=why, step=step
        )
    return unknown
