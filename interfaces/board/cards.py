"""One shot's takes, routes and question as the board shows them."""

from collections.abc import Mapping

from agent.events import Json, What
from agent.film import Route, Shot, Take, Verdict
from agent.findings import Finding, Sight
from agent.jobs import Job
from interfaces import story
from interfaces.board.rows import FilmRows
from interfaces.board.values import BoardTake, Chip, Question, Step
from prompts.terms import identity

SHOWN = frozenset({Sight.SEEN, Sight.UNSURE})
"""What there is a picture for, where there is any evidence: an all-clear needs none."""


def take_cards(film: FilmRows, shot: Shot) -> tuple[BoardTake, ...]:
    """The shot's takes, oldest first."""
    jobs = {job.id: job for job in film.jobs.get(shot.id, ())}
    routes = {route.id: route for route in film.routes.get(shot.id, ())}
    takes = film.takes.get(shot.id, ())
    return tuple(
        _take(film, shot, take, before=before, job=jobs[take.job_id], route=routes[jobs[take.job_id].route_id])
        for take, before in zip(takes, (None, *takes), strict=False)
    )


def step_cards(film: FilmRows, shot: Shot) -> tuple[Step, ...]:
    """Every route of the shot, oldest first, with the take it led to."""
    numbers = {take.job_id: take.number for take in film.takes.get(shot.id, ())}
    led_to = {job.route_id: numbers[job.id] for job in film.jobs.get(shot.id, ()) if job.id in numbers}
    return tuple(
        Step(
            model=route.model,
            chance=route.chance,
            cost_micro_usd=route.cost_micro_usd,
            reasons=route.reasons,
            passed_over=tuple((each.model, each.why) for each in route.passed_over),
            take=led_to.get(route.id),
        )
        for route in film.routes.get(shot.id, ())
    )


def question(decision_id: str, content: Mapping[str, Json]) -> Question:
    """What a shot waits for, in the words of the story."""
    model, cost = content.get("model"), content.get("cost_micro_usd")
    return Question(
        decision_id=decision_id,
        kind=str(content["kind"]),
        sentence=" ".join(line.text for line in story.TELLERS[What.ASK](content)),
        model=model if isinstance(model, str) else None,
        cost_micro_usd=cost if isinstance(cost, int) else None,
    )


def chips(verdict: Verdict | None, *, model: str, provoked: frozenset[tuple[str, str]]) -> tuple[Chip, ...]:
    """One chip per finding, in the verdict's order; none before the take was inspected."""
    findings = verdict.findings if verdict else ()
    terms = frozenset(term for term, on in provoked if on == model)
    return tuple(
        _chip(place, finding, provoked=bool(terms) and finding.sight is Sight.SEEN and identity(finding.term) in terms)
        for place, finding in enumerate(findings)
    )


def _take(film: FilmRows, shot: Shot, take: Take, *, before: Take | None, job: Job, route: Route) -> BoardTake:
    verdict = film.verdicts.get(take.id)
    return BoardTake(
        id=take.id,
        job_id=take.job_id,
        number=take.number,
        model=take.model,
        vendor=film.vendors.get(take.model, ""),
        cost_micro_usd=take.cost_micro_usd,
        seconds=job.seconds,
        sandbox=take.sandbox,
        picked=take.id == shot.picked_take_id,
        stale=(take.style_version, take.negative_version) != film.newest,
        revision=take.revision,
        created_us=take.created_us,
        decision=verdict.decision if verdict else None,
        reason=verdict.reason if verdict else "",
        why=route.reasons,
        reroute=before is not None and before.prompt_digest == take.prompt_digest and before.model != take.model,
        chips=chips(verdict, model=take.model, provoked=film.provoked),
        nobody_looked=verdict.nobody_looked if verdict else (),
        drift=film.drift.get(take.id),
    )


def _chip(place: int, finding: Finding, *, provoked: bool) -> Chip:
    shown = finding.evidence[0] if finding.evidence and finding.sight in SHOWN else None
    by = f" ({', '.join(finding.by)})" if finding.by else ""
    sentence = f"{shown.sentence}; " if shown else ""
    return Chip(
        place=place,
        term=finding.term,
        layer=finding.layer,
        sight=finding.sight,
        sentence=f"{sentence}{finding.reason}{by}",
        provoked=provoked,
        evidence=shown is not None,
        frame=shown.frame if shown else None,
        at_s=shown.at_s if shown else None,
        box=shown.box if shown else None,
    )
