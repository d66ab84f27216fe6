"""The board of a film, and some shots of it, from rows alone."""

from collections.abc import Sequence

import anyio.to_thread

from agent.acting import calling_off
from agent.film import Shot
from agent.jobs import JobState
from agent.studio import Studio
from interfaces.board import rows
from interfaces.board.cards import question, step_cards, take_cards
from interfaces.board.rows import FilmRows
from interfaces.board.values import Board, BoardShot
from prompts.sheet import Sheet

FEW = 8
"""Shots that are quicker read one by one than with the whole film."""

_TEXTS = ("lens", "lighting", "palette", "composition", "atmosphere", "mood", "attribution")


async def board(studio: Studio, project_id: str) -> Board:
    """The film as it stands.

    Raises:
        NotFoundError: No such project.
    """
    store = studio.store
    project = await store.project(project_id)
    last = await store.last_event(project_id)  # first: what happens while the rest is read is heard again
    negative = await store.negative(project_id)
    shots = await store.shots(project_id)
    film = await rows.read(studio, project_id, shots, drifted=await rows.drifts(studio, project_id))
    return Board(
        project_id=project.id,
        name=project.name,
        event=last,
        sandbox=any(take.sandbox for takes in film.takes.values() for take in takes),
        spent_micro_usd=sum(film.spent.values()),
        ceiling_micro_usd=project.ceilings.project_micro_usd,
        terms=tuple((term.text, term.layer.value) for term in negative.terms),
        shots=await anyio.to_thread.run_sync(_shots, film, shots),
    )


async def some(studio: Studio, project_id: str, shots: Sequence[Shot]) -> tuple[BoardShot, ...]:
    """These shots of a film as they stand, without their drift: that is told with a whole board only."""
    only = [shot.id for shot in shots] if len(shots) <= FEW else None
    film = await rows.read(studio, project_id, shots, only=only)
    return await anyio.to_thread.run_sync(_shots, film, shots)


async def shot(studio: Studio, shot_id: str) -> BoardShot:
    """One shot as it stands, like `some`.

    Raises:
        NotFoundError: No such shot.
    """
    found = await studio.store.shot(shot_id)
    return (await some(studio, found.project_id, (found,)))[0]


def fields(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """What the sheet says besides the action, by name, in the order of the prompt."""
    told = {
        "camera": str(sheet.camera),
        **{name: getattr(sheet, name) for name in _TEXTS},
        "negative": ", ".join(sheet.negative),
        "on screen": sheet.on_screen_text,
        "dialogue": sheet.dialogue,
        "length": f"{sheet.seconds:g} s" if sheet.seconds else "",
        "picture": sheet.aspect_ratio or "",
    }
    return tuple((name, text) for name, text in told.items() if text)


def _shots(film: FilmRows, shots: Sequence[Shot]) -> tuple[BoardShot, ...]:
    """In a thread: for a long film it is enough work to keep everybody else waiting."""
    return tuple(_shot(film, shot) for shot in shots)


def _shot(film: FilmRows, shot: Shot) -> BoardShot:
    asked = film.questions.get(shot.id)
    return BoardShot(
        id=shot.id,
        number=shot.number,
        revision=shot.revision,
        conversation_id=shot.conversation_id,
        action=shot.sheet.action,
        fields=fields(shot.sheet),
        status=shot.status,
        because=shot.because,
        exempt=shot.exempt,
        omitted=shot.omitted,
        under_way=calling_off.can_be(shot),
        question=question(*asked) if asked else None,
        progress=_progress(film, shot),
        spent_micro_usd=film.spent.get(shot.id, 0),
        steps=step_cards(film, shot),
        takes=take_cards(film, shot),
    )


def _progress(film: FilmRows, shot: Shot) -> float | None:
    """How far its present clip is; what was said of an earlier one no longer counts."""
    told, jobs = film.progress.get(shot.id), film.jobs.get(shot.id, ())
    if told is None or not jobs or jobs[-1].state is not JobState.ACCEPTED:
        return None
    at_us, share = told
    return share if at_us >= jobs[-1].created_us else None
