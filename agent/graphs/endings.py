"""Where a shot comes to rest: delivered, your choice, refused, unknown, held, cancelled."""

from functools import partial

from langgraph.runtime import Runtime

from agent.events import Json, What
from agent.film import Shot, ShotStatus, Take, Verdict
from agent.graphs.state import ShotState, Update, shot_update
from agent.narrating import ask, do_and_tell
from agent.policy import judging
from agent.studio import Studio

LOOKS_BACK = 500
"""Events of a film among which it is looked for whether the person was told already."""

_TRYING = frozenset({What.ROUTE, What.RENDERING, What.LINE, What.SUBMIT, What.TROUBLE})


async def deliver(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Hand over the best take by the verdicts, which need not be the last."""
    studio, shot = await _shot(state, runtime)
    candidates = await candidates_of(studio, shot, prompt_digest=state["prompt_digest"])
    take = judging.best(candidates)
    verdict = next(verdict for candidate, verdict in candidates if candidate.id == take.id)
    await do_and_tell(
        studio,
        shot,
        partial(studio.store.pick, shot.id, take.id, status=ShotStatus.DELIVERED, because=verdict.reason),
        What.DELIVER,
        take_id=take.id,
        number=take.number,
        model=take.model,
        sandbox=take.sandbox,
        reason=verdict.reason,
        nobody_looked=list(verdict.nobody_looked),
    )
    return shot_update(take_id=take.id)


async def choose(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Show the takes, best first, and let the person choose."""
    studio, shot = await _shot(state, runtime)
    candidates = await candidates_of(studio, shot, prompt_digest=state["prompt_digest"])
    because = state.get("stopped") or "nothing forbidden was seen, but not every term could be told"
    ranked = judging.ranked(candidates)[:3]
    offered: list[Json] = [
        {
            "take_id": take.id,
            "number": take.number,
            "model": take.model,
            "sandbox": take.sandbox,
            "reason": verdict.reason,
        }
        for take, verdict in ranked
    ]
    rest = partial(studio.store.set_status, shot.id, ShotStatus.CHOICE, because=because)
    await do_and_tell(studio, shot, rest, What.CHOOSE, takes=offered, reason=because)
    return shot_update()


async def refuse(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """The vendor declined the content: final there, nothing is reworded, the person decides."""
    studio, shot = await _shot(state, runtime)
    job = await studio.store.job(state["job_id"])
    because = f"{job.model} refused it: {job.message}"
    question: dict[str, Json] = {"model": job.model, "message": job.message}
    decision_id = await ask(studio, shot, question, kind="refused", status=ShotStatus.REFUSED, because=because)
    return shot_update(decision_id=decision_id)


async def puzzle(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """It may have been billed and nobody can say: shown, counted as spent, and never sent again by itself."""
    studio, shot = await _shot(state, runtime)
    job = await studio.store.job(state["job_id"])
    question: dict[str, Json] = {
        "model": job.model,
        "job_id": job.id,
        "message": job.message,
        "cost_micro_usd": job.reserved_micro_usd,
    }
    decision_id = await ask(studio, shot, question, kind="unknown", status=ShotStatus.UNKNOWN, because=job.message)
    return shot_update(decision_id=decision_id)


async def hold(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Nothing was sent; goes on when the reason is gone. That is told once, however often it is tried meanwhile."""
    studio, shot = await _shot(state, runtime)
    rest = partial(studio.store.set_status, shot.id, ShotStatus.HELD, because=state["held"])
    if await _told_held(studio, shot):
        await rest()
    else:
        await do_and_tell(studio, shot, rest, What.HOLD, reason=state["held"])
    return shot_update()


async def cancel(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """The person, or the vendor on our word, called it off; every take stays."""
    studio, shot = await _shot(state, runtime)
    because = state.get("stopped") or "called off"
    rest = partial(studio.store.set_status, shot.id, ShotStatus.CANCELLED, because=because)
    await do_and_tell(studio, shot, rest, What.HOLD, reason=f"cancelled: {because}", cancelled=True)
    return shot_update()


async def candidates_of(
    studio: Studio, shot: Shot, *, prompt_digest: str | None = None
) -> tuple[tuple[Take, Verdict], ...]:
    """The shot's takes with their verdicts; of one prompt where a digest is given."""
    found: list[tuple[Take, Verdict]] = []
    for take in await studio.store.takes(shot_id=shot.id):
        verdict = await studio.store.verdict(take.id)
        if verdict is not None and prompt_digest in (None, take.prompt_digest):
            found.append((take, verdict))
    return tuple(found)


async def _told_held(studio: Studio, shot: Shot) -> bool:
    """Whether the person knows already: since they were told, the shot has only been tried again."""
    after = max(0, await studio.store.last_event(shot.project_id) - LOOKS_BACK)
    story = await studio.store.events(project_id=shot.project_id, after=after)
    told = (event.what for event in reversed(story) if event.shot_id == shot.id)
    return next((what for what in told if what not in _TRYING), None) is What.HOLD


async def _shot(state: ShotState, runtime: Runtime[Studio]) -> tuple[Studio, Shot]:
    return runtime.context, await runtime.context.store.shot(state["shot_id"])
