"""A list into shots of a film: each is made in thought first, then all are stored at once, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agent.acting import pricing
from agent.acting.outcome import Turn
from agent.acting.pricing import Quote
from agent.acting.shots import merge_references
from agent.errors import BadSheetError
from agent.events import Json, What
from agent.film import Project, Shot, ShotStatus
from agent.intents import Scene
from agent.narrating import tell
from agent.reading.tables import proportions
from agent.reading.tables.listing import Listed, Listing
from agent.studio import Studio
from prompts.references import Reference, Role
from prompts.sheet import Sheet

DOOR = "shot list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A row of a list and the shot it would become.

    Attributes:
        shot: Not stored yet; ``None`` where it cannot be made, and ``problem`` says why.
    """

    listed: Listed
    shot: Shot | None
    problem: str = ""


async def known(studio: Studio, project: Project) -> Scene:
    """What a list may name of the film: its references and the models in reach."""
    references = await studio.store.references(project.id)
    return Scene(
        references=tuple((reference.label, ", ".join(reference.use)) for reference, _ in references),
        models=studio.called,
    )


async def candidates(studio: Studio, project: Project, listing: Listing) -> tuple[Candidate, ...]:
    """Every row as the shot it would become in this film; nothing is stored."""
    stored = {reference.label: reference for reference, _ in await studio.store.references(project.id)}
    ruled = tuple(
        replace(stored[rule.label], use=rule.use, ignore=rule.ignore)
        for rule in project.reference_rules
        if rule.label in stored
    )
    return tuple(_candidate(studio, project, each, stored, ruled) for each in listing.shots)


async def again(studio: Studio, project: Project, found: Sequence[Candidate]) -> int:
    """How many of the rows are shots of the film already, word for word."""
    sheets = {shot.sheet for shot in await studio.store.shots(project.id) if not shot.omitted}
    return sum(each.shot is not None and each.shot.sheet in sheets for each in found)


async def price(studio: Studio, shots: Sequence[Shot]) -> tuple[Quote, ...]:
    """What the first take of each would be and cost, as things stand; spends nothing."""
    return tuple([await pricing.quote(studio, shot) for shot in shots])


async def keep(studio: Studio, project: Project, wanted: Sequence[Candidate], *, source: str) -> tuple[Shot, ...]:
    """Make the shots in a turn of the film's latest conversation."""
    talks = await studio.store.conversations(project.id)
    conversation_id = talks[-1] if talks else await studio.store.open_conversation(project.id, door=DOOR)
    turn_id = await studio.store.add_turn(conversation_id, f"import {source}")
    turn = Turn(id=turn_id, project_id=project.id, conversation_id=conversation_id)
    shots = await make(studio, turn, wanted, source=source)
    await studio.store.finish_turn(turn_id, reply=imported(shots, source=source))
    return shots


async def make(studio: Studio, turn: Turn, wanted: Sequence[Candidate], *, source: str) -> tuple[Shot, ...]:
    """Store the shots, all or none, as planned: nothing is sent for them before a go. One undo takes them back."""
    ready = [(each.listed, each.shot) for each in wanted if each.shot is not None]
    shots = await studio.store.add_shots(
        [replace(shot, conversation_id=turn.conversation_id) for _, shot in ready], cause=turn.cause
    )
    for shot, (listed, _) in zip(shots, ready, strict=True):
        action, listed_as = shot.sheet.action, _kept(listed, source)
        await tell(studio, shot, What.SHOT, number=shot.number, action=action, revision=1, listed=listed_as)
    return shots


def imported(shots: Sequence[Shot], *, source: str) -> str:
    """What is said of an import."""
    return f"{len(shots)} shots were imported from {source}, shots {shots[0].number} to {shots[-1].number}."


def _kept(listed: Listed, source: str) -> dict[str, Json]:
    """What the list said besides the picture; it stays with the shot and goes to no model."""
    notes: list[Json] = [[heading, text] for heading, text in listed.aside]
    return {"source": source, "number": listed.number, "scene": listed.scene, "notes": notes}


def as_shot(
    listed: Listed,
    *,
    shot_id: str,
    project_id: str,
    stored: Mapping[str, Reference],
    ruled: tuple[Reference, ...] = (),
) -> Shot:
    """The shot a row becomes, planned and without a number yet.

    Args:
        listed: The row.
        shot_id: What the shot will be.
        project_id: The film.
        stored: The film's references by label.
        ruled: What the film's rules take of its references for every shot; an exported row has them already.

    Raises:
        BadSheetError: It says nothing of what happens, its picture is no proportion, or the film does not have a
            reference that it names.
    """
    return Shot(
        id=shot_id,
        project_id=project_id,
        conversation_id="",
        number=0,
        revision=1,
        sheet=_sheet(listed),
        status=ShotStatus.PLANNED,
        wishes=listed.draft.wishes,
        exempt=listed.exempt,
        references=merge_references(() if listed.exact else ruled, _references(listed, stored)),
    )


def _candidate(
    studio: Studio,
    project: Project,
    listed: Listed,
    stored: Mapping[str, Reference],
    ruled: tuple[Reference, ...],
) -> Candidate:
    if listed.problem:
        return Candidate(listed=listed, shot=None, problem=listed.problem)
    try:
        shot = as_shot(listed, shot_id=studio.new_id("shot"), project_id=project.id, stored=stored, ruled=ruled)
    except BadSheetError as error:
        return Candidate(listed=listed, shot=None, problem=str(error))
    return Candidate(listed=listed, shot=shot)


def _sheet(listed: Listed) -> Sheet:
    draft = listed.draft
    if draft.aspect_ratio and not proportions.is_one(draft.aspect_ratio):
        raise BadSheetError(f"aspect ratio: {draft.aspect_ratio!r} is no picture; write it as 16:9")
    return Sheet(
        action="; ".join(part for part in (draft.action, draft.notes) if part),
        camera=draft.camera,
        lens=draft.lens,
        lighting=draft.lighting,
        palette=draft.palette,
        composition=draft.composition,
        atmosphere=draft.atmosphere,
        mood=draft.mood,
        attribution=draft.attribution,
        negative=draft.negative,
        on_screen_text=draft.on_screen_text,
        dialogue=draft.dialogue,
        seconds=draft.seconds,
        aspect_ratio=draft.aspect_ratio,
    )


def _references(listed: Listed, stored: Mapping[str, Reference]) -> tuple[Reference, ...]:
    """The film's references behind the labels; what a list leaves open is as the film has it.

    Raises:
        BadSheetError: The film has none of that label.
    """
    named = listed.draft.references
    strangers = [reference.label for reference in named if reference.label not in stored]
    if strangers:
        raise BadSheetError(
            f"the film has no reference {', '.join(strangers)}; add it with 'countersteer project reference FILE'"
        )
    return tuple(_filled(reference, stored[reference.label], exact=listed.exact) for reference in named)


def _filled(named: Reference, stored: Reference, *, exact: bool) -> Reference:
    if exact:
        return replace(named, id=stored.id)
    return replace(
        stored,
        use=named.use or stored.use,
        ignore=named.ignore or stored.ignore,
        role=stored.role if named.role is Role.LOOK else named.role,
    )
