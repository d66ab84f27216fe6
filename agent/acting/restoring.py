"""Bringing one earlier state back, as a new revision or version that says what it restores."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter

from agent.acting import changing, permitting
from agent.acting.outcome import Turn
from agent.events import Json, What
from agent.film import Project, Shot, ShotStatus
from agent.history import Cause, Change, Subject
from agent.learning import Label
from agent.narrating import tell
from agent.people import Right
from agent.studio import Studio
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.sheet import Sheet

State: TypeAlias = Mapping[str, Json]

_OWN = ("sheet", "wishes", "exempt", "references", "omitted", "picked_take_id")
"""What of a shot is the director's, and so what is brought back."""


async def restore(
    studio: Studio, turn: Turn, change: Change, *, wanted: State | None, expected: State | None, cause: Cause
) -> tuple[str, ...]:
    """Bring a subject to a state; one that is no longer as the change left it is left alone, and that is told."""
    match change.subject:
        case Subject.SHOT:
            return (await _shot(studio, turn, change.subject_id, wanted=wanted, expected=expected, cause=cause),)
        case Subject.STYLE | Subject.NEGATIVE if wanted is not None:
            of: Literal["style", "negatives"] = "style" if change.subject is Subject.STYLE else "negatives"
            version = wanted["version"]
            assert isinstance(version, int)
            if expected is not None and not await _stands(studio, turn, of, expected):
                return (f"The {_NAMES[of]} was changed since by somebody else, so it is left as it is.",)
            return await block(studio, turn, of, version=version, cause=cause)
        case Subject.PROJECT if wanted is not None and expected is not None:
            return (await _project(studio, turn, wanted=wanted, expected=expected, cause=cause),)
        case Subject.ORDER if wanted is not None:
            order = wanted["shots"]
            assert isinstance(order, list)
            await studio.store.renumber(turn.project_id, [str(shot_id) for shot_id in order], cause=cause)
            return ("The shots are in the order they were in.",)
        case Subject.LABEL:
            return (await _label(studio, turn, change, wanted=wanted, cause=cause),)
        case _:
            return ()


async def shot(studio: Studio, turn: Turn, now: Shot, state: State, *, cause: Cause) -> str:
    """Give a shot what it had in a state; the sentence that says so."""
    had = _shots().validate_python(dict(state))
    if had.omitted:
        await changing.omit(studio, now, cause=cause)
        return f"Shot {now.number} is out of the list again; its takes are kept."
    kept = replace(
        now,
        sheet=had.sheet,
        wishes=had.wishes,
        exempt=had.exempt,
        references=had.references,
        omitted=False,
        picked_take_id=had.picked_take_id,
    )
    changed = await changing.change(studio, turn, kept, plan_only=True, cause=cause)
    await tell(studio, changed, What.RESTORE, subject="shot", version=changed.revision, restores=had.revision)
    line = f"Shot {now.number} is as in revision {had.revision} again (now revision {changed.revision})."
    if had.picked_take_id is None:
        return f"{line} Nothing is sent; say go to have it made."
    await studio.store.set_status(now.id, ShotStatus.DELIVERED, because="its circled take is the one it had")
    return line


async def block(
    studio: Studio, turn: Turn, of: Literal["style", "negatives"], *, version: int | None, cause: Cause | None = None
) -> tuple[str, ...]:
    """Store an earlier version of a block as a new one; without a number the one before the present."""
    now: StyleBlock | NegativeBlock
    if of == "style":
        now = await studio.store.style(turn.project_id)
    else:
        now = await studio.store.negative(turn.project_id)
    wanted = version if version is not None else now.version - 1
    if wanted < 1:
        return (f"The {_NAMES[of]} has no earlier version.",)
    new = await _put(studio, turn, of, wanted, seen=now.version, cause=cause or turn.cause)
    told: dict[str, Json] = {"subject": _NAMES[of], "version": new.version, "restores": wanted}
    await studio.store.tell(
        What.RESTORE, told, project_id=turn.project_id, conversation_id=turn.conversation_id, turn_id=turn.id
    )
    words = new.text if isinstance(new, StyleBlock) else ", ".join(term.text for term in new.terms)
    return (f"The {_NAMES[of]} is as in version {wanted} again (now version {new.version}): {words}",)


def with_sheet(now: Shot, sheet: Sheet | None) -> State | None:
    """A shot's state with an earlier sheet, where that is all that was kept."""
    if sheet is None:
        return None
    return _dump(replace(now, sheet=sheet))


_NAMES = {"style": "style block", "negatives": "negative block"}


async def _stands(studio: Studio, turn: Turn, of: Literal["style", "negatives"], state: State) -> bool:
    """Whether a block says what it said in that state; its version may be another by now."""
    if of == "style":
        return (await studio.store.style(turn.project_id)).text == state["text"]
    now = await studio.store.negative(turn.project_id)
    return all(list(getattr(now, layer)) == state[layer] for layer in ("format", "anatomy", "quality"))


async def _put(
    studio: Studio, turn: Turn, of: Literal["style", "negatives"], version: int, *, seen: int, cause: Cause
) -> StyleBlock | NegativeBlock:
    store, why, by = studio.store, f"restores version {version}", await permitting.permit(studio, turn, Right.BLOCKS)
    if of == "style":
        style = await store.style(turn.project_id, version=version)
        return await store.put_style(
            turn.project_id, style.text, by=by, why=why, seen=seen, motion=style.motion, cause=cause
        )
    negative = await store.negative(turn.project_id, version=version)
    return await store.put_negative(turn.project_id, negative, by=by, why=why, seen=seen, cause=cause)


async def _shot(
    studio: Studio, turn: Turn, shot_id: str, *, wanted: State | None, expected: State | None, cause: Cause
) -> str:
    now = await studio.store.shot(shot_id)
    if wanted is None:  # it was new
        await changing.omit(studio, now, cause=cause)
        return f"Shot {now.number} is out of the list."
    if expected is None:
        return await shot(studio, turn, now, {**wanted, "omitted": False}, cause=cause)
    if not _same(_dump(now), expected, _OWN[:-1]):
        return f"Shot {now.number} was changed since by somebody else, so it is left as it is."
    return await shot(studio, turn, now, wanted, cause=cause)


async def _project(studio: Studio, turn: Turn, *, wanted: State, expected: State, cause: Cause) -> str:
    now = await studio.store.project(turn.project_id)
    moved = [name for name in wanted if wanted[name] != expected[name]]
    fields = {**_projects().dump_python(now, mode="json"), **{name: wanted[name] for name in moved}}
    await studio.store.save_project(_projects().validate_python(fields), cause=cause)
    return f"The film's {', '.join(moved).replace('_', ' ')} is as it was."


async def _label(studio: Studio, turn: Turn, change: Change, *, wanted: State | None, cause: Cause) -> str:
    """What the person said of a take is unsaid, or said again: the eyes learn from what stands."""
    take = await studio.store.take(str(change.after["take_id"]))
    shot = await studio.store.shot(take.shot_id)
    named = f"Take {take.number} of shot {shot.number}"
    if wanted is None:
        await studio.store.unlabel(turn.project_id, take.id, cause=cause)
        return f"{named} counts neither as accepted nor as rejected now."
    label = _labels().validate_python(dict(wanted))
    await studio.store.label(turn.project_id, label, cause=cause)
    return f"{named} counts as {'accepted' if label.accepted else 'rejected'} again."


def _same(now: State, then: State, names: Sequence[str]) -> bool:
    return all(now.get(name) == then.get(name) for name in names)


def _dump(value: Shot) -> dict[str, Any]:
    fields: dict[str, Any] = _shots().dump_python(value, mode="json")
    return fields


@cache
def _shots() -> TypeAdapter[Shot]:
    return TypeAdapter(Shot)


@cache
def _labels() -> TypeAdapter[Label]:
    return TypeAdapter(Label)


@cache
def _projects() -> TypeAdapter[Project]:
    return TypeAdapter(Project)
