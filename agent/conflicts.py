"""The conflict report: what in a shot list or a film speaks against what, before anything is paid."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.acting.shots import sheet_of
from agent.composing import compose
from agent.errors import BadSheetError, EmptyBlockError
from agent.film import Project, Shot, ShotStatus
from agent.intents import Draft
from agent.policy import limits
from agent.policy.limits import Wanted
from agent.policy.situation import Situation
from agent.stills import frames
from agent.studio import Studio
from prompts import conflicts
from prompts.conflicts import Between, Conflict, Planned
from prompts.normal import clean
from prompts.prompt import Prompt
from prompts.references import Reference, Role

_RATIO = re.compile(r"(?!0+(?:\.0+)?:)\d+(?:\.\d+)?:(?!0+(?:\.0+)?$)\d+(?:\.\d+)?")

SETTLED = frozenset({ShotStatus.DELIVERED, ShotStatus.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """A shot, stored or not, under the name the list gives it."""

    name: str
    shot: Shot


async def report(
    studio: Studio, project_id: str, drafts: Sequence[Draft], *, names: Sequence[str] = ()
) -> tuple[Conflict, ...]:
    """Everything that speaks against these shots being made for that film; nothing is stored.

    Args:
        studio: Rows and profiles.
        project_id: The film whose blocks, defaults, references and ceilings count.
        drafts: The shots as a list states them.
        names: What the list calls them, one each; left out, the numbers they would get.
    """
    first = 1 + max((shot.number for shot in await studio.store.shots(project_id)), default=0)
    called = tuple(names) or tuple(str(first + nth) for nth in range(len(drafts)))
    stored = {reference.label: reference for reference, _ in await studio.store.references(project_id)}
    listed: list[_Listed] = []
    broken: list[Conflict] = []
    for nth, (name, draft) in enumerate(zip(called, drafts, strict=True)):
        strangers = [reference.label for reference in draft.references if reference.label not in stored]
        if strangers:
            broken.append(_unknown(name, strangers))
        try:
            listed.append(_Listed(name=name, shot=_shot(project_id, draft, number=first + nth, stored=stored)))
        except BadSheetError as error:
            broken.append(_unusable(name, error))
    return (*broken, *await _weigh(studio, project_id, listed))


async def report_film(studio: Studio, project_id: str) -> tuple[Conflict, ...]:
    """The same over all shots of the film that are neither delivered nor cancelled."""
    open_shots = [shot for shot in await studio.store.shots(project_id) if shot.status not in SETTLED]
    ordered = sorted(open_shots, key=lambda shot: shot.number)
    return await _weigh(studio, project_id, [_Listed(name=str(shot.number), shot=shot) for shot in ordered])


async def _weigh(studio: Studio, project_id: str, listed: Sequence[_Listed]) -> tuple[Conflict, ...]:
    planned = [Planned(name=each.name, sheet=each.shot.sheet, exempt=each.shot.exempt) for each in listed]
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


def _shot(project_id: str, draft: Draft, *, number: int, stored: dict[str, Reference]) -> Shot:
    """The row that this draft would become, with the references that the film has.

    Raises:
        BadSheetError: It names no subject or action, nothing of it can be read, or its picture is no proportion.
    """
    if not clean(draft.action or draft.notes).text:
        raise BadSheetError("the shot has no subject or action; say what happens in it")
    if draft.aspect_ratio and not _RATIO.fullmatch(draft.aspect_ratio):
        raise BadSheetError(f"{draft.aspect_ratio!r} is no picture; write it as 16:9")
    known = [(stored[each.label], each) for each in draft.references if each.label in stored]
    return Shot(
        id=f"planned-{number}",
        project_id=project_id,
        conversation_id="",
        number=number,
        revision=1,
        sheet=sheet_of(draft),
        status=ShotStatus.OPEN,
        wishes=draft.wishes,
        references=tuple(
            replace(kept, role=kept.role if said.role is Role.LOOK else said.role) for kept, said in known
        ),
    )


def _unknown(name: str, labels: Sequence[str]) -> Conflict:
    return Conflict(
        between=Between.SHOT_MODELS,
        shots=(name,),
        sentence=f"it names references that the film does not have: {', '.join(labels)}",
        advice="add them with: countersteer project reference FILE --label LABEL",
        sure=True,
    )


def _unusable(name: str, error: BadSheetError) -> Conflict:
    return Conflict(
        between=Between.SHOT_MODELS, shots=(name,), sentence=str(error), advice="complete the row", sure=True
    )
