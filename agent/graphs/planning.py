"""Steps of the shot graph before money: compose, route, ask, approve."""

from functools import partial

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent import buying, choosing, composing, narrating
from agent.acting import calling_off
from agent.choosing import Chosen
from agent.errors import NoRouteLeftError
from agent.events import Json, What
from agent.film import Route, Shot, ShotStatus
from agent.graphs.state import ShotState, Update, shot_update
from agent.policy import routing
from agent.studio import Studio

_RESTS = "planned, called off, or taken out of the list"
_RESTING = (ShotStatus.PLANNED, ShotStatus.CANCELLED)


async def compose(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Put sheet, both blocks and references together into a Prompt."""
    studio = runtime.context
    shot = await studio.store.shot(state["shot_id"])
    prompt = await composing.compose(studio, shot)
    digest = await studio.store.keep_prompt(shot.project_id, prompt)
    project = await studio.store.project(shot.project_id)
    job = await buying.under_way(studio, shot, prompt_digest=digest)
    if shot.status is ShotStatus.OPEN:  # the person asked for it; wherever this run ends, that is in sight
        await buying.give_up(studio, shot, because="set aside for the take you asked for; counted as spent")
    approved = await studio.store.approved_micro_usd(shot.id)
    agreed = max(state.get("approved_micro_usd", 0), approved, project.ceilings.ask_above_micro_usd)
    return shot_update(
        revision=shot.revision,
        prompt_digest=digest,
        approved_micro_usd=agreed,
        job_id=job.id if job else "",
        route_id=job.route_id if job else "",
        take_id="",
        held="",
        stopped=_RESTS if shot.omitted or shot.status in _RESTING else "",
    )


async def route(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Choose a model for the next take of this shot, or stop."""
    studio = runtime.context
    shot = await studio.store.shot(state["shot_id"])
    if calling_off.stops(shot):
        return _no_route(stopped=calling_off.CALLED_OFF)
    prompt = await studio.store.prompt(state["prompt_digest"])
    try:
        found = await choosing.choose(studio, shot, prompt)
    except NoRouteLeftError as error:
        return _no_route(held=str(error))
    if isinstance(found, routing.Stop):
        return _no_route(stopped=found.reason)
    chosen = _route(studio.new_id("route"), shot, found.choice)
    await studio.store.together(partial(_keep_route, studio, shot, chosen, found, digest=prompt.digest))
    return shot_update(
        route_id=chosen.id,
        cost_micro_usd=chosen.cost_micro_usd,
        takes=found.known.takes,
        take_id="",
        held="",
        stopped="",
    )


async def ask(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Open the question whether this much may be spent."""
    studio = runtime.context
    shot = await studio.store.shot(state["shot_id"])
    chosen = await studio.store.route(state["route_id"])
    question: dict[str, Json] = {
        "model": chosen.model,
        "cost_micro_usd": chosen.cost_micro_usd,
        "seconds": chosen.seconds,
        "reasons": list(chosen.reasons),
    }
    decision_id = await narrating.ask(studio, shot, question, kind="spend", status=ShotStatus.APPROVAL)
    return shot_update(decision_id=decision_id)


async def approve(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Wait for the person; what they said is read from the row, so a crash in between loses nothing."""
    studio = runtime.context
    answer = await studio.store.answered(state["decision_id"])
    if answer is None:
        answer = interrupt({"kind": "spend", "decision_id": state["decision_id"]})
    if answer.get("approve") is not True:
        return shot_update(stopped="you declined this take")
    return shot_update(approved_micro_usd=max(state["approved_micro_usd"], state["cost_micro_usd"]))


def _no_route(*, stopped: str = "", held: str = "") -> Update:
    return shot_update(route_id="", stopped=stopped, held=held, take_id="")


def _route(route_id: str, shot: Shot, choice: routing.Choice) -> Route:
    return Route(
        id=route_id,
        shot_id=shot.id,
        model=choice.model,
        chance=choice.chance,
        cost_micro_usd=choice.cost_micro_usd,
        seconds=choice.seconds,
        reasons=choice.reasons,
        passed_over=choice.passed_over,
        figures=choice.figures,
    )


async def _keep_route(studio: Studio, shot: Shot, chosen: Route, found: Chosen, *, digest: str) -> None:
    """Model, reasons, price, what this model does with each negative, and to each image: all before spending."""
    await studio.store.keep_route(shot.project_id, chosen)
    profile, rendering = studio.profile(chosen.model), found.written.rendering
    before = found.known.attempts[-1].model if found.known.attempts else None
    await narrating.tell(
        studio,
        shot,
        What.ROUTE,
        model=chosen.model,
        reroute=before not in (None, chosen.model),
        retake=before == chosen.model,
        reasons=list(chosen.reasons),
        chance=chosen.chance,
        cost_micro_usd=chosen.cost_micro_usd,
        seconds=chosen.seconds,
        prompt_digest=digest,
        sandbox=profile.vendor in studio.sandbox,
    )
    channels: dict[str, Json] = {placement.term: placement.channel.value for placement in rendering.placements}
    notes: list[Json] = [{"change": note.change.value, "sentence": note.sentence} for note in rendering.notes]
    await narrating.tell(studio, shot, What.RENDERING, model=chosen.model, channels=channels, notes=notes)
