"""Steps of the shot graph that make and look at a take: submit, wait, fetch, inspect, judge."""

from functools import partial

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent import buying, watching
from agent.acting import calling_off
from agent.errors import CeilingError, VendorError
from agent.events import Json, What
from agent.film import Shot, ShotStatus, Take, Verdict
from agent.findings import Looked
from agent.graphs.state import ShotState, Update, shot_update
from agent.jobs import Job, JobState
from agent.learning import looks, scored
from agent.narrating import do_and_tell
from agent.policy import judging
from agent.screening import Ordered, Screening
from agent.situations import features
from agent.stills import project_stills
from agent.studio import Studio
from agent.troubles import Trouble
from prompts.blocks import Term
from prompts.prompt import Prompt


async def submit(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Buy one take. Has no retry policy: what may be sent twice is decided in `agent.buying`."""
    studio = runtime.context
    shot = await studio.store.shot(state["shot_id"])
    chosen = await studio.store.route(state["route_id"])
    prompt = await studio.store.prompt(state["prompt_digest"])
    if calling_off.stops(shot):  # since its route was chosen
        return await _called_off(studio, shot, prompt)
    await studio.store.set_status(shot.id, ShotStatus.RENDERING)
    try:
        job = await buying.buy(studio, shot, chosen, prompt)
    except CeilingError as error:
        return shot_update(job_id="", job_state="", held=str(error))
    return _job_update(job)


async def wait(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Pause until the job has moved. The row is asked on every wake-up, never the caller."""
    studio = runtime.context
    interrupt({"kind": "render", "job_id": state["job_id"]})
    job = await studio.store.job(state["job_id"])
    if job.state in (JobState.INTENT, JobState.SENDING):
        shot = await studio.store.shot(state["shot_id"])
        job = await buying.resume(studio, shot, job)
    return _job_update(job)


async def fetch(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Bring the clip home and keep it as a take."""
    studio = runtime.context
    shot = await studio.store.shot(state["shot_id"])
    job = await studio.store.job(state["job_id"])
    try:
        take = await watching.fetch(studio, shot, job, revision=shot.revision)
    except VendorError as error:
        job = await watching.not_fetched(studio, shot, job, error)
        return shot_update(take_id="", job_state=job.state.value, trouble=error.trouble.value)
    return shot_update(take_id=take.id, job_state=JobState.KEPT.value)


async def inspect(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Look at the take, term by term, and keep the verdict."""
    studio = runtime.context
    take = await studio.store.take(state["take_id"])
    prompt = await studio.store.prompt(take.prompt_digest)
    looked = await _look(studio, take, prompt)
    await studio.fail.reach("inspect.done")
    verdict = judging.decide(take.id, terms=prompt.terms, looked=looked)
    shot = await studio.store.shot(take.shot_id)
    findings: dict[str, Json] = {finding.term: finding.sight.value for finding in verdict.findings}
    await do_and_tell(
        studio,
        shot,
        partial(_keep, studio, take, prompt, looked=looked, verdict=verdict),
        What.VERDICT,
        take_id=take.id,
        number=take.number,
        model=take.model,
        decision=verdict.decision,
        findings=findings,
        reason=verdict.reason,
        nobody_looked=list(verdict.nobody_looked),
        hints=list(verdict.hints),
    )
    await studio.fail.reach("verdict.saved")
    return shot_update(decision=verdict.decision.value)


async def judge(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Read the stored verdict, and whether the shot was edited meanwhile; the graph's next edge follows from both."""
    store = runtime.context.store
    verdict = await store.verdict(state["take_id"])
    assert verdict is not None  # `inspect` stored it
    take, shot = await store.take(state["take_id"]), await store.shot(state["shot_id"])
    current = take.prompt_digest == state["prompt_digest"] and shot.revision == state["revision"]
    return shot_update(decision=verdict.decision.value, current=current)


async def _keep(studio: Studio, take: Take, prompt: Prompt, *, looked: Looked, verdict: Verdict) -> None:
    """Store the verdict with all that is learned from."""
    rendering = await studio.store.rendering(take.job_id)
    nth_here = sum(
        1
        for other in await studio.store.takes(shot_id=take.shot_id)
        if (other.model, other.prompt_digest) == (take.model, take.prompt_digest) and other.number <= take.number
    )
    await studio.store.keep_verdict(
        verdict,
        trial=judging.trial(take, verdict=verdict, nth_here=nth_here, features=features(prompt)),
        entries=judging.entries(
            take,
            verdict=verdict,
            placements=rendering.placements,
            besides=judging.join(looked.besides, looked),
        ),
        scores=[scored(take.id, reading, lines=looked.footage.lines) for reading in looked.readings],
        look=looks(take.id, looked),
    )


async def _look(studio: Studio, take: Take, prompt: Prompt) -> Looked:
    job = await studio.store.job(take.job_id)
    project = await studio.store.project(take.project_id)
    screening = Screening(
        clip=studio.clips.path(take.clip),
        prompt=prompt,
        ordered=Ordered(seconds=job.seconds, ratio=prompt.sheet.aspect_ratio or project.ratio),
        references=tuple(await project_stills(studio, take.project_id)),
        sandbox=take.sandbox,
        calibration=await studio.store.calibration(take.project_id),
        besides=await _set_aside(studio, take, prompt),
    )
    return await studio.eyes.look(screening)


async def _set_aside(studio: Studio, take: Take, prompt: Prompt) -> tuple[Term, ...]:
    """Terms of the film's block that this take went without: what comes by itself is told by looking all the same."""
    block = await studio.store.negative(take.project_id, version=take.negative_version)
    sent = {term.text for term in prompt.terms}
    return tuple(term for term in block.terms if term.text not in sent)


async def _called_off(studio: Studio, shot: Shot, prompt: Prompt) -> Update:
    """What was sent before a shot was called off still comes home; nothing else is sent."""
    job = await buying.under_way(studio, shot, prompt_digest=prompt.digest)
    if job is None or job.state is JobState.INTENT:
        return shot_update(job_id="", job_state=JobState.CANCELLED.value, held="", stopped=calling_off.CALLED_OFF)
    return _job_update(await buying.resume(studio, shot, job))


def _job_update(job: Job) -> Update:
    trouble = (job.trouble or Trouble.PROVIDER_PERMANENT).value if job.state.over else ""
    return shot_update(job_id=job.id, job_state=job.state.value, trouble=trouble, held="")
