"""A film as a conversation's setup describes it, in a real house: blocks, settings, shots, takes, money, routes, plans.

Rows are written through the store as the product writes them: every take has its route, its job with a receipt that was
proved, and its money. What a setup leaves open is chosen here and said:

- The film is planned first: a new or changed shot waits for a go, since the cases speak of plans and approvals.
- ``ASK_ABOVE_USD`` is the sum above which many takes at once are asked about; setups name none.
- A ``generated`` shot waits for a choice among its takes; an ``approved`` one has its last take circled; a ``stale``
  one has it circled and was made with older blocks; any other has no take that counts and is planned.
- ``ledger.spent_usd`` is shared among the takes; without any take it is one job of a shot that is out of the list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent import composing
from agent.film import Ceilings, Decision, ReferenceRule, Route, Shot, ShotStatus, Take, Verdict, Wishes
from agent.findings import Footage
from agent.jobs import Job, JobState
from agent.profiles import Profile
from agent.stills import stills
from agent.studio import Studio
from agent.writing import write
from benchmarks.turns_case import Film, Logged, Setup, Wanted
from interfaces.references import add_reference
from prompts.sheet import Camera, Sheet
from tests.support.house import Set
from tools.sandbox import plates

ASK_ABOVE_USD = 10.0
UNSAID_USD = 1_000.0  # the budget of a setup that names none
MICRO = 1_000_000
WHY = "the setup"
STANDS: Mapping[str, ShotStatus] = {
    "generated": ShotStatus.CHOICE,
    "rejected": ShotStatus.CHOICE,
    "approved": ShotStatus.DELIVERED,
    "final": ShotStatus.DELIVERED,
    "delivered": ShotStatus.DELIVERED,
    "stale": ShotStatus.DELIVERED,
    "failed": ShotStatus.REFUSED,
    "refused": ShotStatus.REFUSED,
}
"""What a case calls a shot's standing; any other word is a plan."""


async def load(film: Set, setup: Setup) -> None:
    """Bring all of a setup about."""
    await _project(film, setup.project)
    spent = round(setup.ledger.spent_usd * MICRO)
    takes = sum(wanted.takes for wanted in setup.shots.values())
    for number in range(1, max(setup.shots, default=0) + 1):
        wanted = setup.shots.get(number)
        shot = await _shot(film, wanted or Wanted(), omitted=wanted is None)
        if wanted is not None:
            await _make(film, shot, wanted, log=setup.log_of(number), micro_usd=spent // takes if takes else 0)
    if spent and not takes:
        shot = await _shot(film, Wanted(), omitted=True)
        await _job(film, shot, await _route(film, shot, "", log=()), micro_usd=spent)
    await _spoken_of(film, setup)


async def _project(film: Set, wanted: Film) -> None:
    store = film.house.studio.store
    project = await store.project(film.project.id)
    budget = round((wanted.budget_usd or UNSAID_USD) * MICRO)
    ceilings = Ceilings(
        takes_per_shot=50,
        shot_micro_usd=budget,
        project_micro_usd=budget,
        day_micro_usd=budget * 10,
        ask_above_micro_usd=round(ASK_ABOVE_USD * MICRO),
        shot_worth_micro_usd=100 * MICRO,
    )
    style, negative = await store.style(project.id), await store.negative(project.id)
    await store.put_style(project.id, wanted.style, by="owner", why=WHY, seen=style.version)
    block = wanted.block(version=negative.version + 1)
    await store.put_negative(project.id, block, by="owner", why=WHY, seen=negative.version)
    rules = tuple(
        ReferenceRule(label=label, use=rule.dimensions(), ignore=rule.dimensions(ignored=True))
        for label, rule in wanted.references.items()
    )
    await store.save_project(
        replace(
            project,
            ceilings=ceilings,
            ratio=wanted.aspect_ratio or project.ratio,
            excluded=wanted.model_exclusions,
            plan_first=True,
            reference_rules=rules,
        )
    )
    for nth, rule in enumerate(rules):
        plate = plates.plate(nth % 3 + 1, style=wanted.style)
        await add_reference(film.house.studio, project.id, data=plate, label=rule.label)


async def _shot(film: Set, wanted: Wanted, *, omitted: bool) -> Shot:
    studio = film.house.studio
    sheet = Sheet(
        action=wanted.action or "untitled",
        camera=Camera(shot_size=wanted.shot_size, angle=wanted.angle, movement=wanted.movement),
        lens=wanted.lens,
        lighting=wanted.lighting,
        palette=wanted.palette,
        composition=wanted.composition,
        atmosphere=wanted.atmosphere,
        mood=wanted.mood,
        attribution=wanted.attribution,
        negative=wanted.negatives_add,
        on_screen_text=wanted.on_screen_text,
        dialogue=wanted.dialogue,
        seconds=wanted.duration_s,
        aspect_ratio=wanted.aspect_ratio,
    )
    return await studio.store.add_shot(
        Shot(
            id=studio.new_id("shot"),
            project_id=film.project.id,
            conversation_id=film.conversation_id,
            number=0,
            revision=1,
            sheet=sheet,
            status=ShotStatus.CANCELLED if omitted else ShotStatus.PLANNED,
            wishes=Wishes(),
            exempt=wanted.negatives_exempt,
            omitted=omitted,
        )
    )


async def _make(film: Set, shot: Shot, wanted: Wanted, *, log: Sequence[Logged], micro_usd: int) -> None:
    """The shot's route, its takes with their money, and where it stands."""
    store = film.house.studio.store
    if not wanted.takes:
        if wanted.model:
            await _route(film, shot, wanted.model, log=log)
        return
    takes: list[Take] = []
    for nth in range(wanted.takes):
        route = await _route(film, shot, wanted.model, log=() if nth else log)
        job = await _job(film, shot, route, micro_usd=micro_usd)
        takes.append(await _take(film, shot, job, stale=wanted.status == "stale"))
    stands = STANDS.get(wanted.status, ShotStatus.CHOICE)
    if stands is ShotStatus.DELIVERED:
        picked = takes[(wanted.selected_take or len(takes)) - 1]
        await store.pick(shot.id, picked.id, status=stands, because=WHY)
    else:
        await store.set_status(shot.id, stands, because=WHY)


async def _route(film: Set, shot: Shot, model: str, *, log: Sequence[Logged]) -> Route:
    """The decisions the log tells of, and the one that holds."""
    told = [entry for entry in log if entry.to]
    for entry in told[:1]:
        if entry.origin:
            await _decide(film, shot, entry.origin, "first choice")
    for entry in told:
        await _decide(film, shot, entry.to, entry.reason)
    last = told[-1] if told else Logged(to="kling", reason=WHY)
    return await _decide(film, shot, model or last.to, last.reason)


async def _decide(film: Set, shot: Shot, model: str, reason: str) -> Route:
    studio = film.house.studio
    profile = _profile_of(studio, model)
    seconds = profile.plain.fit(shot.sheet.seconds or 5.0) or profile.plain.durations[-1]
    route = Route(
        id=studio.new_id("route"),
        shot_id=shot.id,
        model=profile.name,
        chance=0.5,
        cost_micro_usd=profile.plain.price_micro_usd(seconds),
        seconds=seconds,
        reasons=(reason,),
    )
    await studio.store.keep_route(film.project.id, route)
    return route


async def _job(film: Set, shot: Shot, route: Route, *, micro_usd: int) -> Job:
    """A job that was sent and whose money counts."""
    studio = film.house.studio
    prompt = await composing.compose(studio, shot)
    digest = await studio.store.keep_prompt(film.project.id, prompt)
    profile, ratio = studio.profile(route.model), prompt.sheet.aspect_ratio or film.project.ratio
    images = await stills(studio, shot)
    written = await write(studio, prompt, profile, images=images, seconds=route.seconds, ratio=ratio, key="setup")
    job = Job(
        id=studio.new_id("job"),
        project_id=film.project.id,
        shot_id=shot.id,
        route_id=route.id,
        model=route.model,
        attempt=1,
        seconds=route.seconds,
        state=JobState.INTENT,
        reserved_micro_usd=micro_usd,
        created_us=studio.now_us(),
        due_us=studio.now_us(),
    )
    await studio.store.reserve(job, prompt_digest=digest, rendering=written.rendering, receipt=written.receipt)
    sent = replace(job, state=JobState.ACCEPTED, vendor_id=f"vendor-{job.id}", sent_us=studio.now_us())
    await studio.store.save_job(sent, was=job.state)
    ready = replace(sent, state=JobState.READY)
    await studio.store.save_job(ready, was=sent.state)
    return ready


async def _take(film: Set, shot: Shot, job: Job, *, stale: bool) -> Take:
    """A take of the blocks as they are, or of the version before, which every loaded film has."""
    studio = film.house.studio
    style, negative = await studio.store.style(film.project.id), await studio.store.negative(film.project.id)
    take = await studio.store.keep_take(
        Take(
            id=studio.new_id("take"),
            project_id=film.project.id,
            shot_id=shot.id,
            job_id=job.id,
            number=0,
            model=job.model,
            prompt_digest=await studio.store.prompt_digest(job.id),
            style_version=style.version - stale,
            negative_version=negative.version,
            clip="setup.mp4",
            sha256="00" * 32,
            bytes=0,
            sandbox=True,
            created_us=studio.now_us(),
            cost_micro_usd=job.reserved_micro_usd,
            revision=shot.revision,
        )
    )
    footage = Footage(frames=1, seconds=job.seconds, width=64, height=36, fps=24)
    verdict = Verdict(take_id=take.id, decision=Decision.UNSURE, findings=(), footage=footage, reason=WHY)
    await studio.store.keep_verdict(verdict, trial=None, entries=())
    return take


async def _spoken_of(film: Set, setup: Setup) -> None:
    """The shot that is the current one was the last that was spoken of."""
    if setup.spoken_of is not None:
        store = film.house.studio.store
        turn_id = await store.add_turn(film.conversation_id, f"shot {setup.spoken_of}")
        await store.finish_turn(turn_id, reply=WHY)


def _profile_of(studio: Studio, name: str) -> Profile:
    """The first profile of a model, family or vendor that makes shots of words alone."""
    wanted = name.casefold()
    able = [
        profile
        for profile in studio.profiles
        if any(wanted in each.casefold() for each in (profile.name, profile.family, profile.vendor))
    ]
    return able[0] if able else studio.profiles[0]
