"""Why a shot went where it went: every choice with the figures it was made by, as they were stored with it."""

from collections.abc import Iterator

from agent.figures import Figures, LayerFigures
from agent.film import Route, Shot, Take
from agent.ledger import Line
from agent.money import usd
from agent.policy import diluting
from agent.policy.reasons import share
from agent.studio import Studio


async def explain(studio: Studio, shot: Shot, *, figures: bool) -> tuple[str, ...]:
    """Each choice of a shot with its reasons and what came of it; with every model's figures, or where those are."""
    lines = [f"Shot {shot.number}, {shot.sheet.action}:"]
    outcomes = await _outcomes(studio, shot)
    for route in await studio.store.routes(shot.id):
        lines.append(f"  {route.model}, because {'; '.join(route.reasons)}.")
        if route.id in outcomes:
            lines.append(f"    What came of it: {outcomes[route.id]}")
        lines += _weighed(route) if figures else ()
    where = () if figures else (f"  Every figure behind it: countersteer ledger --explain {shot.number}",)
    return (*lines, *where)


async def dilution(studio: Studio, project_id: str) -> tuple[str, ...]:
    """Per vendor, whether many negatives weaken each other there, and which of them could be dropped."""
    vendors = {profile.name: profile.vendor for profile in studio.profiles}
    told = diluting.dilutions(await studio.store.crowds(project_id), vendors=vendors)
    idle = diluting.idle(await studio.store.ledger(project_id), vendors=vendors)
    return (*(f"{each}." for each in told), *(_droppable(line) for line in idle))


def _droppable(line: Line) -> str:
    told = line.ignored + line.absent
    return (
        f"{line.term} shows no effect at {line.model}: seen in {line.ignored} of {told} takes with it and in "
        f"{line.seen_without} of {line.without} without; consider taking it out of the negative block, which stays "
        "as it is until you say so."
    )


async def _outcomes(studio: Studio, shot: Shot) -> dict[str, str]:
    """By route, what became of the take or of the job without one."""
    takes = {take.job_id: take for take in await studio.store.takes(shot_id=shot.id)}
    return {
        job.route_id: await _outcome(studio, takes.get(job.id)) or job.message or job.state.value
        for job in await studio.store.jobs(shot_id=shot.id)
    }


async def _outcome(studio: Studio, take: Take | None) -> str:
    verdict = await studio.store.verdict(take.id) if take else None
    return f"take {take.number}, {verdict.decision}: {verdict.reason}" if take and verdict else ""


def _weighed(route: Route) -> Iterator[str]:
    """The figures of the models that could have taken it, the most chance for its cost first."""
    for each in sorted(route.figures, key=lambda each: -each.chance / max(each.effort_micro_usd, 1)):
        chosen = "chosen: " if each.model == route.model else ""
        yield f"    {chosen}{_line(each)}"
        yield from (f"      {_layer(layer)}" for layer in each.layers)


def _line(figures: Figures) -> str:
    cost, effort = usd(figures.price_micro_usd), max(figures.effort_micro_usd, 1)
    return (
        f"{figures.model}: chance {share(figures.chance)}, {cost}, with the wait {usd(effort)}, "
        f"{figures.chance / effort * 1e6:.2f} passes per dollar"
    )


def _layer(layer: LayerFigures) -> str:
    counted = f"first takes passed {layer.passed} of {layer.of} here, {layer.like_passed} of {layer.like_of} like it"
    return (
        f"{layer.layer.value}: prior {share(layer.prior)}, {counted}; p {share(layer.p)}, luck {share(layer.luck)}, "
        f"heeded q {share(layer.q)}, passes {share(layer.passes)}"
    )
