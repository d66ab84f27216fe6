"""The conflict report: what in a shot list or a film speaks against what, before anything is paid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.composing import compose
from agent.errors import EmptyBlockError
from agent.film import Project, Shot, ShotStatus
from agent.policy import limits
from agent.policy.limits import Wanted
from agent.policy.situation import Situation
from agent.stills import frames
from agent.studio import Studio
from prompts import conflicts
from prompts.conflicts import Conflict, Planned
from prompts.prompt import Prompt
from prompts.references import Role

SETTLED = frozenset({ShotStatus.DELIVERED, ShotStatus.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """A shot, stored or not, under the name the list gives it."""

    name: str
    shot: Shot


async def report(
    studio: Studio, project_id: str, shots: Sequence[Shot], *, names: Sequence[str]
) -> tuple[Conflict, ...]:
    """Everything that speaks against these shots being made for that film; nothing is stored.

    Args:
        studio: Rows and profiles.
        project_id: The film whose blocks, defaults, references and ceilings count.
        shots: As they would be stored, in the order of the list.
        names: What the list calls them, one each, no two the same.
    """
    first = await next_number(studio, project_id)
    numbered = [replace(shot, number=first + nth) for nth, shot in enumerate(shots)]
    listed = [_Listed(name=name, shot=shot) for name, shot in zip(names, numbered, strict=True)]
    return await _weigh(studio, project_id, listed)


async def next_number(studio: Studio, project_id: str) -> int:
    """What the film would call its next shot; the advice of a report counts on from there."""
    return 1 + max((shot.number for shot in await studio.store.shots(project_id)), default=0)


async def report_film(studio: Studio, project_id: str) -> tuple[Conflict, ...]:
    """The same over all shots of the film that are neither delivered nor cancelled."""
    open_shots = [shot for shot in await studio.store.shots(project_id) if shot.status not in SETTLED]
    ordered = sorted(open_shots, key=lambda shot: shot.number)
    return await _weigh(studio, project_id, [_Listed(name=str(shot.number), shot=shot) for shot in ordered])


async def _weigh(studio: Studio, project_id: str, listed: Sequence[_Listed]) -> tuple[Conflict, ...]:
    planned = [
        Planned(name=each.name, number=each.shot.number, sheet=each.shot.sheet, exempt=each.shot.exempt)
        for each in listed
    ]
    style, negative = await studio.store.style(project_id), await studio.store.negative(project_id)
    project = await studio.store.project(project_id)
    left = project.ceilings.project_micro_usd - await studio.store.spent_micro_usd(project_id)
    wanted = [found for each in listed if (found := await _wanted(studio, project, each, left_micro_usd=left))]
    return (
        *conflicts.find(planned, style=style, negative=negative),
        *limits.find(wanted, profiles=studio.profiles, left_micro_usd=left),
    )


async def _wanted(studio: Studio, project: Project, listed: _Listed, *, left_micro_usd: int) -> Wanted | None:
    """The shot as routing will see it; ``None`` where no prompt can be made of it, which the words' report tells."""
    try:
        prompt = await compose(studio, listed.shot)
    except EmptyBlockError:
        return None
    return Wanted(
        name=listed.name,
        number=listed.shot.number,
        situation=await _situation(studio, project, listed.shot, prompt, left_micro_usd=left_micro_usd),
        prompt=prompt,
        frames=await frames(studio, listed.shot),
    )


async def _situation(studio: Studio, project: Project, shot: Shot, prompt: Prompt, *, left_micro_usd: int) -> Situation:
    """What is asked of the models; outages and earlier takes say nothing about a plan."""
    looks = [reference for reference in shot.references if reference.role is Role.LOOK]
    known = [frozenset((await studio.store.image(project.id, reference)).known_as) for reference in looks]
    roles = {reference.role for reference in shot.references}
    return Situation(
        features={},
        layers=frozenset(term.layer for term in prompt.terms),
        seconds=shot.sheet.seconds or project.seconds,
        ratio=shot.sheet.aspect_ratio or project.ratio,
        wishes=shot.wishes,
        excluded=project.excluded,
        first_frame=Role.FIRST_FRAME in roles,
        last_frame=Role.LAST_FRAME in roles,
        references=len(looks),
        registered=frozenset[str].intersection(*known) if known else frozenset[str](),
        attempts=(),
        closed={},
        left_micro_usd=min(left_micro_usd, project.ceilings.shot_micro_usd),
        worth_micro_usd=project.ceilings.shot_worth_micro_usd,
    )
