"""What a person fills in by hand: a block, a sheet, the film's settings, each based on what was seen of it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from agent.acting import changing, permitting, pricing
from agent.acting.outcome import Outcome, Turn
from agent.acting.project import stale, tell
from agent.acting.settings import let_go
from agent.acting.shots import warn
from agent.errors import StaleError
from agent.events import Json, What
from agent.film import Project, Shot
from agent.people import Right
from agent.studio import Studio
from prompts.blocks import NegativeBlock

WHY = "written by hand"


async def style(studio: Studio, turn: Turn, *, text: str, motion: str | None, seen: int) -> Outcome:
    """A new version of the style block, based on version ``seen``; without a motion text the old one stays.

    Raises:
        StaleError: There is a newer one.
    """
    by = await permitting.permit(studio, turn, Right.BLOCKS)
    old = await studio.store.style(turn.project_id)
    kept = old.motion if motion is None else motion
    diff = _differences({"style": old.text, "motion": old.motion}, {"style": text, "motion": kept})
    _refuse_older("the style block", "version", now=old.version, seen=seen, diff=diff)
    new = await studio.store.put_style(
        turn.project_id,
        text,
        motion=kept,
        by=by,
        why=WHY,
        seen=seen,
        cause=turn.cause,
    )
    return await _changed(studio, turn, "style", version=new.version, diff=diff)


async def negative(studio: Studio, turn: Turn, block: NegativeBlock, *, seen: int) -> Outcome:
    """A new version of the negative block, based on version ``seen``.

    Raises:
        StaleError: There is a newer one.
    """
    by = await permitting.permit(studio, turn, Right.BLOCKS)
    old = await studio.store.negative(turn.project_id)
    diff = terms_between(old, block)
    _refuse_older("the negative block", "version", now=old.version, seen=seen, diff=diff)
    new = await studio.store.put_negative(turn.project_id, block, by=by, why=WHY, seen=seen, cause=turn.cause)
    return await _changed(studio, turn, "negative", version=new.version, diff=diff)


async def sheet(studio: Studio, turn: Turn, wanted: Shot, *, seen: int, plan_only: bool) -> Outcome:
    """A shot as it was filled in, based on its revision ``seen``; it is taken again unless that is only planned.

    Raises:
        StaleError: There is a newer revision.
    """
    now = await studio.store.shot(wanted.id)
    diff = _differences(_told(now), _told(wanted))
    _refuse_older(f"shot {now.number}", "revision", now=now.revision, seen=seen, diff=diff)
    if not diff:
        return Outcome(lines=(f"Shot {now.number} says exactly that already; nothing was changed.",))
    after = await changing.change(studio, turn, wanted, plan_only=plan_only)
    lines = (f"Shot {after.number} is changed (revision {after.revision}); its earlier takes are kept.", *diff)
    told = (*lines, *await warn(studio, after), *await pricing.planned(studio, [after]))
    return Outcome(lines=told, start=changing.to_start(after))


async def settings(studio: Studio, turn: Turn, wanted: Project) -> Outcome:
    """The film's own settings; shots that were held look again.

    Raises:
        ConflictError: Another film has its name.
    """
    old = await studio.store.project(turn.project_id)
    diff = settings_between(old, wanted)
    if old.ceilings != wanted.ceilings:
        await permitting.permit(studio, turn, Right.BUDGET)
    if not diff:
        return Outcome(lines=("The film is set like that already; nothing was changed.",))
    await studio.store.save_project(wanted, cause=turn.cause)
    told: list[Json] = [*diff]
    await tell(studio, turn, What.SETTING, name="settings", value=told)
    return Outcome(
        lines=("The film is set anew; no take is made again for it.", *diff),
        start=await let_go(studio, turn.project_id),
    )


def settings_between(old: Project, new: Project) -> tuple[str, ...]:
    """What is different between two states of a film's settings."""
    return _differences(asdict(old), asdict(new))


def terms_between(old: NegativeBlock, new: NegativeBlock) -> tuple[str, ...]:
    """The terms that go and come from one block to another, with their layers."""
    before, after = ([f"{term.text} ({term.layer})" for term in block.terms] for block in (old, new))
    gone = (f"- {term}" for term in before if term not in after)
    come = (f"+ {term}" for term in after if term not in before)
    return (*gone, *come)


def _refuse_older(what: str, counted: str, *, now: int, seen: int, diff: tuple[str, ...]) -> None:
    if now != seen:
        raise StaleError(what=what, now=f"{counted} {now}", seen=f"{counted} {seen}", diff=diff)


async def _changed(studio: Studio, turn: Turn, block: str, *, version: int, diff: tuple[str, ...]) -> Outcome:
    told: list[Json] = [*diff]
    await tell(studio, turn, What.BLOCK, block=block, version=version, diff=told)
    return Outcome(lines=(f"{block.capitalize()} block, version {version}:", *diff, *await stale(studio, turn)))


def _told(shot: Shot) -> Mapping[str, Any]:
    """What of a shot is filled in by hand."""
    return {**asdict(shot.sheet), "exempt": shot.exempt, **asdict(shot.wishes)}


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """A line for each old and each new value, of what is different."""
    changed = [name for name, value in after.items() if before[name] != value]
    return tuple(
        f"{sign} {name.replace('_', ' ')}: {values[name]}"
        for name in changed
        for sign, values in (("-", before), ("+", after))
    )
