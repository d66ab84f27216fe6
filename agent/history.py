"""What turns changed, in order, and what undo and redo would act on: nothing is ever taken out of the list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from agent.events import Json


class Subject(StrEnum):
    """What can be changed and brought back."""

    SHOT = "shot"
    PROJECT = "project"
    STYLE = "style block"
    NEGATIVE = "negative block"
    ORDER = "order of shots"
    LABEL = "label"


class Act(StrEnum):
    """Why something was changed."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What a change is owed to.

    Attributes:
        of: The turn whose changes are undone or redone; empty for a change of its own.
    """

    turn_id: str
    act: Act = Act.DO
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing before and after.

    Attributes:
        subject_id: The shot's id; the project's id for what belongs to the whole film.
        before: ``None`` where it did not exist; else its fields as stored.
    """

    conversation_id: str
    turn_id: str
    act: Act
    of: str
    subject: Subject
    subject_id: str
    before: Mapping[str, Json] | None
    after: Mapping[str, Json]
    changed_us: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """All that one turn changed, in order."""

    turn_id: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be undone and what can be redone, the next one last."""

    done: tuple[Step, ...]
    undone: tuple[Step, ...]

    def latest(self, subject_id: str | None = None) -> Step | None:
        """The step that undo takes back: the latest, or the latest that touched that shot."""
        return next((step for step in reversed(self.done) if _touches(step, subject_id)), None)

    def next(self) -> Step | None:
        """The step that redo does again."""
        return self.undone[-1] if self.undone else None


def steps(changes: Iterable[Change], *, conversation_id: str) -> Steps:
    """What a conversation may undo and redo; a change of its own leaves nothing to redo."""
    known: dict[str, list[Change]] = {}
    done: dict[str, None] = {}
    undone: dict[str, None] = {}
    for change in changes:
        if change.conversation_id != conversation_id:
            continue
        match change.act:
            case Act.UNDO:
                done.pop(change.of, None)
                undone[change.of] = None
            case Act.REDO:
                undone.pop(change.of, None)
                done[change.of] = None
            case Act.DO:
                if change.turn_id not in done:
                    undone.clear()
                known.setdefault(change.turn_id, []).append(change)
                done[change.turn_id] = None
    return Steps(
        done=tuple(Step(turn_id, tuple(known[turn_id])) for turn_id in done if turn_id in known),
        undone=tuple(Step(turn_id, tuple(known[turn_id])) for turn_id in undone if turn_id in known),
    )


def revisions(changes: Iterable[Change], shot_id: str) -> dict[int, Mapping[str, Json]]:
    """Every state a shot was stored in by a turn, by its revision."""
    found: dict[int, Mapping[str, Json]] = {}
    for change in changes:
        if (change.subject, change.subject_id) == (Subject.SHOT, shot_id):
            for state in (change.before, change.after):
                revision = state["revision"] if state else None
                if state and isinstance(revision, int):
                    found.setdefault(revision, state)
    return dict(sorted(found.items()))


def _touches(step: Step, subject_id: str | None) -> bool:
    return subject_id is None or any(change.subject_id == subject_id for change in step.changes)
