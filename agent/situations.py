"""What routing is told about a shot, gathered from rows."""

import re
from collections.abc import Mapping, Sequence

from agent.film import Shot, Take
from agent.jobs import Job, JobState
from agent.policy import judging, tallies
from agent.policy.routing import Attempt, Situation
from agent.policy.tallies import Tally
from agent.stills import Stills
from agent.studio import Studio
from agent.troubles import Trouble
from prompts.blocks import Layer
from prompts.prompt import Prompt

MOST_OTHERS = 1000  # the latest takes of other films; what is older was made by older versions of the models

_SEVERAL = re.compile(
    r"\b(two|three|four|five|six|both|several|many|crowd|crowds|group|pair|couple|twins|they|them|people|dancers|"
    r"students|guards|soldiers|children|kids|friends|figures|and (?:a|an|the|his|her) \w+)\b",
    re.IGNORECASE,
)


async def situation(studio: Studio, shot: Shot, prompt: Prompt, *, images: Stills) -> Situation:
    """Everything `routing.choose` weighs for the next take of this shot."""
    project = await studio.store.project(shot.project_id)
    jobs, takes = await studio.store.jobs(shot_id=shot.id), await studio.store.takes(shot_id=shot.id)
    spent = sum(job.reserved_micro_usd for job in jobs if _billed(job.state))
    seconds, ratio = prompt.sheet.seconds or project.seconds, prompt.sheet.aspect_ratio or project.ratio
    project_left = project.ceilings.project_micro_usd - await studio.store.spent_micro_usd(project.id)
    return Situation(
        features=features(prompt),
        layers=frozenset(term.layer for term in prompt.terms),
        seconds=seconds,
        ratio=ratio,
        wishes=shot.wishes,
        excluded=project.excluded,
        first_frame=images.first_frame is not None,
        last_frame=images.last_frame is not None,
        references=len(images.looks),
        registered=_registered(images),
        attempts=await _attempts(studio, jobs, takes, prompt),
        closed=_closed(studio),
        left_micro_usd=min(project.ceilings.shot_micro_usd - spent, project_left),
        worth_micro_usd=project.ceilings.shot_worth_micro_usd,
        mistakes=(await studio.store.calibration(project.id)).mistakes,
        shot_id=shot.id,
        takes=len(takes),
        most_takes=project.ceilings.takes_per_shot,
        others=await _others(studio, project.id),
    )


def features(prompt: Prompt) -> dict[Layer, str]:
    """What each layer's chance listens to: format to the style, anatomy to one or several characters."""
    several = _SEVERAL.search(prompt.sheet.action) is not None
    return {
        Layer.FORMAT: f"style {prompt.style.version}",
        Layer.ANATOMY: "several characters" if several else "single character",
        Layer.QUALITY: "",
    }


async def _others(studio: Studio, project_id: str) -> Mapping[tuple[str, Layer], Tally]:
    """What other films have seen of the models; nothing unless that was switched on."""
    if not studio.shares:
        return {}
    rehearsed = [profile.name for profile in studio.profiles if profile.vendor in studio.sandbox]
    found = await studio.store.other_trials(project_id, rehearsed=rehearsed, most=MOST_OTHERS)
    return tallies.count(found).models


async def _attempts(studio: Studio, jobs: Sequence[Job], takes: Sequence[Take], prompt: Prompt) -> tuple[Attempt, ...]:
    """Earlier takes, refusals and failures of this very prompt, oldest first."""
    made = {take.job_id: take for take in takes}
    found: list[Attempt] = []
    for job in jobs:
        if await studio.store.prompt_digest(job.id) != prompt.digest:
            continue
        if job.id in made:
            verdict = await studio.store.verdict(made[job.id].id)
            found.append(Attempt(model=job.model, layers=judging.layers(verdict) if verdict else {}))
        elif job.state in (JobState.FAILED, JobState.LOST):
            found.append(Attempt(model=job.model, layers={}, trouble=job.trouble))
    return tuple(found)


def _billed(state: JobState) -> bool:
    return state not in (JobState.FAILED, JobState.CANCELLED)


def _registered(images: Stills) -> frozenset[str]:
    """Vendors at which every look reference is registered; none where there are no references."""
    known = [frozenset(still.known_as) for still in images.looks]
    return frozenset[str].intersection(*known) if known else frozenset[str]()


def _closed(studio: Studio) -> dict[str, Trouble]:
    reasons = {vendor: studio.circuits.closed(vendor) for vendor in studio.vendors}
    return {vendor: trouble for vendor, trouble in reasons.items() if trouble is not None}
