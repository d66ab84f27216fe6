"""What a planner may know of a film when a turn comes: never a key, never another project."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from agent.acting.finding import words_of
from agent.history import Change, Step, Subject, steps
from agent.inquiries import Inquiry, Kind
from agent.intents import Scene
from agent.reading.message import numbers
from agent.studio import Studio
from prompts.sheet import Sheet

MOST_SHOTS = 40  # the latest; a planner needs names to refer to, not the whole film
LOOKS_BACK = 6  # turns; what was spoken of earlier is no longer "it"
MOST_CHANGES = 60  # the latest; a turn late in a film reads no more rows than an early one


async def scene(studio: Studio, project_id: str, *, conversation_id: str, turn_id: str) -> Scene:
    """The film as it stands before a turn, with what the turns before it were about."""
    shots = await studio.store.latest_shots(project_id, most=MOST_SHOTS)
    listed = await studio.store.shot_numbers(project_id)
    changes = await studio.store.latest_changes(project_id, most=MOST_CHANGES)
    history = steps(changes, conversation_id=conversation_id)
    last = history.next() or history.latest()
    recent = await _recent(studio, listed, changes, conversation_id=conversation_id, turn_id=turn_id)
    inquiry = await studio.store.inquiry(conversation_id)
    questions = await studio.store.open_questions(project_id)
    references = await studio.store.references(project_id)
    asked = [str(content.get("kind", "")) for _, _, content in questions]
    return Scene(
        shots=tuple((shot.number, shot.sheet.action) for shot in shots),
        looks=tuple((shot.number, _look(shot.sheet)) for shot in shots),
        current_shot=recent[-1] if recent else shots[-1].number if shots else None,
        recent=recent,
        open_question="; ".join([*([inquiry.kind] if inquiry else []), *asked]),
        readings=_readings(inquiry),
        changed=_numbers(listed, last),
        undone=history.next() is not None,
        style=(await studio.store.style(project_id)).text,
        negatives=tuple(term.text for term in (await studio.store.negative(project_id)).terms),
        references=tuple((reference.label, ", ".join(reference.use)) for reference, _ in references),
        models=studio.called,
    )


async def _recent(
    studio: Studio, listed: Mapping[str, int], changes: Sequence[Change], *, conversation_id: str, turn_id: str
) -> tuple[int, ...]:
    """The shots of the latest turn that named or changed any."""
    known = frozenset(listed.values())
    for said_id, text in await studio.store.said(conversation_id, before=turn_id, most=LOOKS_BACK):
        mine = [change for change in changes if change.turn_id == said_id]
        changed = _numbers(listed, Step(said_id, tuple(mine)))
        named = changed or tuple(number for number in numbers(text)[0] if number in known)
        if named:
            return named
    return ()


def _numbers(listed: Mapping[str, int], step: Step | None) -> tuple[int, ...]:
    """The shots of the list that a step changed, by number."""
    ids = {change.subject_id for change in step.changes if change.subject is Subject.SHOT} if step else set[str]()
    return tuple(number for shot_id, number in listed.items() if shot_id in ids)


@lru_cache(maxsize=4 * MOST_SHOTS)
def _look(sheet: Sheet) -> str:
    said = words_of(replace(sheet, action="-"))
    return "; ".join(part for part in said.split(" ; ") if part.strip("- ,"))


def _readings(inquiry: Inquiry | None) -> tuple[str, ...]:
    says = inquiry.question["says"] if inquiry and inquiry.kind == Kind.READINGS else []
    return tuple(str(said) for said in says) if isinstance(says, list) else ()
