"""What stands for the whole film besides its blocks: budget, routing, picture and length, references."""

from collections.abc import Mapping
from dataclasses import replace

from agent.acting import changing, finding
from agent.acting.outcome import Outcome, Turn
from agent.acting.project import tell
from agent.acting.shots import merge_references, merge_wishes
from agent.events import Json, What
from agent.film import Ceiling, Project, ReferenceRule, Shot, ShotStatus, Wishes
from agent.intents import SetBudget, SetRouting
from agent.money import usd
from agent.standing import SetProject, SetReferenceRule
from agent.studio import Studio

_CEILINGS: Mapping[Ceiling, tuple[str, str]] = {
    "project": ("project_micro_usd", "The budget"),
    "shot": ("shot_micro_usd", "The ceiling per shot"),
    "day": ("day_micro_usd", "The ceiling per day"),
    "ask": ("ask_above_micro_usd", "The sum above which you are asked first"),
}
"""What each is kept as, and called."""

_TAKEN_AS_IT_IS = "Shots that exist are not made again for it; what is made from now on follows it."


async def set_budget(studio: Studio, turn: Turn, intent: SetBudget) -> Outcome:
    """Move a ceiling of the film; shots it held go on."""
    project = await studio.store.project(turn.project_id)
    field, name = _CEILINGS[intent.of]
    held: int = getattr(project.ceilings, field)
    wanted = held + intent.micro_usd if intent.change else intent.micro_usd
    if wanted < 0:
        return Outcome(lines=(f"{name} is {usd(held)}; less than nothing it cannot be. Nothing was changed.",))
    ceilings = replace(project.ceilings, **{field: wanted})
    await studio.store.save_project(replace(project, ceilings=ceilings), cause=turn.cause)
    await tell(studio, turn, What.SETTING, name="budget", of=intent.of, value=wanted)
    spent = await studio.store.spent_micro_usd(project.id)
    told = f"{name} is {usd(wanted)}; {usd(spent)} is spent or promised in all."
    over = (
        ()
        if intent.of != "project" or spent < wanted
        else ("That is used up: nothing more is sent before you raise it.",)
    )
    return Outcome(lines=(told, *over), start=await let_go(studio, project.id))


async def set_routing(studio: Studio, turn: Turn, intent: SetRouting) -> Outcome:
    """Exclude models or families for the whole film, or allow them again; shots that had no model look again."""
    if intent.which is not None:
        return await _route_some(studio, turn, intent)
    project = await studio.store.project(turn.project_id)
    families = dict.fromkeys(profile.family for profile in studio.profiles)
    others = [name for name in families if intent.only and not _any(name, intent.only)]
    allowed = (*intent.allow, *intent.only)
    kept = [name for name in project.excluded if not _any(name, allowed)]
    excluded = tuple(dict.fromkeys((*kept, *intent.exclude, *others)))
    if others and len(others) == len(families):
        return Outcome(lines=(f"No model called {', '.join(intent.only)} is in reach; nothing was changed.",))
    await studio.store.save_project(replace(project, excluded=excluded), cause=turn.cause)
    await tell(studio, turn, What.SETTING, name="excluded", value=list(excluded))
    rest = f"No shot of this film goes to {', '.join(excluded)}." if excluded else "Every model may be used."
    return Outcome(lines=(rest,), start=await let_go(studio, project.id))


async def set_project(studio: Studio, turn: Turn, intent: SetProject) -> Outcome:
    """Change what holds for every shot that says nothing else; no take is made again."""
    project = await studio.store.project(turn.project_id)
    changed = replace(
        project,
        ratio=intent.aspect_ratio or project.ratio,
        seconds=intent.seconds or project.seconds,
        plan_first=project.plan_first if intent.plan_first is None else intent.plan_first,
    )
    if changed == project:
        return Outcome(lines=("The film is set like that already; nothing was changed.",))
    await studio.store.save_project(changed, cause=turn.cause)
    lines: list[str] = []
    for name, told in _settings(changed).items():
        if told != _settings(project)[name]:
            await tell(studio, turn, What.SETTING, name=name, value=told)
            lines.append(told)
    return Outcome(lines=(*lines, _TAKEN_AS_IT_IS))


async def set_reference_rule(studio: Studio, turn: Turn, intent: SetReferenceRule) -> Outcome:
    """Rule what every shot takes of a reference: the shots of the list get it now, later ones when they are made."""
    project = await studio.store.project(turn.project_id)
    rules = [ReferenceRule(label=each.label, use=each.use, ignore=each.ignore) for each in intent.references]
    named = {*intent.drop, *(rule.label for rule in rules)}
    together = (*(rule for rule in project.reference_rules if rule.label not in named), *rules)
    await studio.store.save_project(replace(project, reference_rules=together), cause=turn.cause)
    told: list[Json] = [_told(rule) for rule in rules]
    await tell(studio, turn, What.SETTING, name="reference rules", value=told)
    lines = [f"For every shot: {_told(rule)}." for rule in rules]
    lines += [f"Reference {label} has no rule any more; shots that use it keep it." for label in intent.drop]
    return Outcome(lines=(*lines, *await _give_references(studio, turn, rules)))


async def _give_references(studio: Studio, turn: Turn, rules: list[ReferenceRule]) -> tuple[str, ...]:
    stored = {reference.label: reference for reference, _ in await studio.store.references(turn.project_id)}
    missing = [rule.label for rule in rules if rule.label not in stored]
    given = tuple(
        replace(stored[rule.label], use=rule.use, ignore=rule.ignore) for rule in rules if rule.label in stored
    )
    shots = await finding.listed(studio, turn) if given else ()
    for shot in shots:
        ruled = replace(shot, references=merge_references(shot.references, given))
        if ruled != shot:
            await changing.change(studio, turn, ruled, plan_only=True)
    lines = [f"There is no reference {label} yet; the rule waits for it." for label in missing]
    if shots:
        lines.append(f"{len(shots)} shots have it now; none is made again by itself. Say 'again' for those you want.")
    return tuple(lines)


async def _route_some(studio: Studio, turn: Turn, intent: SetRouting) -> Outcome:
    """A wish of the shots there are; a rule for shots to come is not there, and that is said."""
    assert intent.which is not None
    shots = await finding.several(studio, turn, intent.which)
    wishes = Wishes(models=intent.only, exclude=intent.exclude)
    for shot in shots:
        await studio.store.save_shot(replace(shot, wishes=merge_wishes(shot.wishes, wishes)), cause=turn.cause)
    numbers = ", ".join(str(shot.number) for shot in shots)
    where = f"goes to {', '.join(intent.only)}" if intent.only else f"does not go to {', '.join(intent.exclude)}"
    return Outcome(
        lines=(
            f"What is made of shots {numbers} from now on {where}; nothing is made again for it.",
            "A rule for some of the shots to come is not supported: say it again when there are new ones.",
        )
    )


async def let_go(studio: Studio, project_id: str) -> tuple[str, ...]:
    """The held shots: what held them may be gone now."""
    held = [shot.id for shot in await studio.store.shots(project_id) if _waits(shot)]
    for shot_id in held:
        await studio.store.set_status(shot_id, ShotStatus.OPEN)
    return tuple(held)


def _waits(shot: Shot) -> bool:
    return shot.status is ShotStatus.HELD and not shot.omitted


def _settings(project: Project) -> dict[str, str]:
    when = "waits for your go" if project.plan_first else "is made right away"
    return {
        "ratio": f"The picture is {project.ratio}.",
        "seconds": f"A shot that names no length is {project.seconds:g} s.",
        "plan first": f"A new or changed shot {when}.",
    }


def _told(rule: ReferenceRule) -> str:
    used, ignored = ", ".join(rule.use) or "everything", ", ".join(rule.ignore)
    return f"reference {rule.label} for {used}" + (f", without its {ignored}" if ignored else "")


def _any(name: str, wanted: tuple[str, ...]) -> bool:
    return any(name.casefold() == each.casefold() for each in wanted)
