"""New shots, edits and one-shot exemptions."""

from dataclasses import replace
from functools import partial

from agent.acting import asking_back, changing, finding, pricing, relative
from agent.acting.outcome import Outcome, Turn
from agent.errors import BadSheetError
from agent.events import What
from agent.film import Project, Shot, ShotStatus, Wishes
from agent.history import Cause
from agent.intents import Draft, ExemptTerms, Revise, Shoot
from agent.narrating import tell
from agent.studio import Studio
from prompts.lint import lint
from prompts.references import Reference, Role
from prompts.sheet import Camera, Sheet
from prompts.terms import canonical, identity

LOOK_PARTS = ("lens", "lighting", "palette", "composition", "atmosphere", "mood", "attribution")


async def shoot(studio: Studio, turn: Turn, intent: Shoot) -> Outcome:
    """Store each new shot and hand it to its graph."""
    lines: list[str] = []
    made: list[Shot] = []
    for nth, draft in enumerate(intent.drafts, start=1):
        try:
            shot = await _new_shot(studio, turn, draft, nth=nth, plan_only=intent.plan_only)
        except BadSheetError as error:
            lines.append(f"Shot {nth} of your message was not made: {error}.")
            continue
        lines += [f"Shot {shot.number}: {shot.sheet.action}", *await warn(studio, shot)]
        made.append(shot)
    return Outcome(lines=(*lines, *await pricing.planned(studio, made)), start=changing.to_start(*made))


async def revise(studio: Studio, turn: Turn, intent: Revise) -> Outcome:
    """Change the sheet of one shot or of several; every earlier take stays with the sheet it was made from."""
    if intent.which is not None:
        shots = await finding.several(studio, turn, intent.which)
    else:
        shots = (await finding.shot(studio, turn, intent.shot),)
    unsure = next((shot for shot in shots if _speaks_of_the_sign(shot, intent)), None)
    if unsure is not None:
        return await asking_back.ask(studio, turn, says=_about_the_sign(unsure))
    references = await _resolve(studio, turn, intent.change.references)
    lines: list[str] = []
    changed: list[Shot] = []
    for shot in shots:
        after = await changing.change(studio, turn, _revised(shot, intent, references), plan_only=intent.plan_only)
        lines.append(f"Shot {shot.number} is changed (revision {after.revision}); its earlier takes are kept.")
        lines += await warn(studio, after)
        changed.append(after)
    return Outcome(lines=(*lines, *await pricing.planned(studio, changed)), start=changing.to_start(*changed))


async def exempt(studio: Studio, turn: Turn, intent: ExemptTerms) -> Outcome:
    """Set terms aside for one shot; logged, and the project's block is left alone."""
    shot = await finding.shot(studio, turn, intent.shot)
    block = await studio.store.negative(turn.project_id)
    known = {canonical(term.text) or term.text: term.text for term in block.terms}
    wanted = [known[key] for term in intent.terms if (key := canonical(term) or term) in known]
    strangers = [term for term in intent.terms if (canonical(term) or term) not in known]
    lines = [f"{term!r} is not in the negative block, so there is nothing to set aside." for term in strangers]
    if not wanted:
        return Outcome(lines=tuple(lines))
    together = tuple(dict.fromkeys((*shot.exempt, *wanted)))
    changed = await changing.change(studio, turn, replace(shot, exempt=together))
    lines.append(f"For shot {shot.number} only, {', '.join(wanted)} is set aside; the block stays as it is.")
    return Outcome(lines=tuple(lines), start=changing.to_start(changed))


async def warn(studio: Studio, shot: Shot) -> list[str]:
    """What lint has to say, before anything is spent."""
    remarks = lint(
        shot.sheet,
        style=await studio.store.style(shot.project_id),
        negative=await studio.store.negative(shot.project_id),
        exempt=shot.exempt,
    )
    for remark in remarks:
        await tell(studio, shot, What.LINT, kind=remark.kind, terms=list(remark.terms), sentence=remark.sentence)
    return [remark.sentence for remark in remarks]


def sheet_of(draft: Draft) -> Sheet:
    """A sheet from what the request states.

    Raises:
        BadSheetError: It names no subject or action.
    """
    return merge(None, draft)


def merge(sheet: Sheet | None, change: Draft) -> Sheet:
    """The sheet with what the change states; what it does not mention stays, what it adds to the action is appended."""
    said = "; ".join(part for part in (change.action, change.notes) if part)
    if sheet is None:
        sheet = Sheet(action=said, camera=change.camera)
    else:
        sheet = replace(sheet, action=f"{sheet.action}; {said}" if said else sheet.action)
    camera, excluded = _without_moves(sheet.camera, change.negative)
    looks = {
        part: relative.look(relative.without(getattr(sheet, part), change.negative), getattr(change, part))
        for part in LOOK_PARTS
    }
    return replace(
        sheet,
        **looks,
        camera=_merge_camera(camera, change.camera),
        negative=tuple(dict.fromkeys((*sheet.negative, *excluded))),
        on_screen_text=change.on_screen_text or sheet.on_screen_text,
        dialogue=change.dialogue or sheet.dialogue,
        seconds=change.seconds or sheet.seconds,
        aspect_ratio=change.aspect_ratio or sheet.aspect_ratio,
    )


def merge_wishes(wishes: Wishes, change: Wishes) -> Wishes:
    """New wishes replace old ones of their kind; exclusions add up, save for a model that is asked for now."""
    return Wishes(
        models=change.models or wishes.models,
        exclude=tuple(dict.fromkeys(name for name in (*wishes.exclude, *change.exclude) if name not in change.models)),
        thrift=change.thrift or wishes.thrift,
        most_micro_usd=change.most_micro_usd or wishes.most_micro_usd,
    )


def merge_references(references: tuple[Reference, ...], change: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The images with those a change names: looks replace the looks, a frame the frame it is, and the rest stays."""
    roles = {reference.role for reference in change}
    labels = {reference.label for reference in change}
    kept = (each for each in references if each.role not in roles and each.label not in labels)
    return (*kept, *change)


async def _new_shot(studio: Studio, turn: Turn, draft: Draft, *, nth: int, plan_only: bool) -> Shot:
    project = await studio.store.project(turn.project_id)
    ruled = await _resolve_rules(studio, project)
    shot = Shot(
        id=f"{turn.id}-{nth}",  # the same turn taken up again makes the same shot
        project_id=turn.project_id,
        conversation_id=turn.conversation_id,
        number=0,
        revision=1,
        sheet=sheet_of(draft),
        status=ShotStatus.PLANNED if plan_only or project.plan_first else ShotStatus.OPEN,
        wishes=draft.wishes,
        references=merge_references(ruled, await _resolve(studio, turn, draft.references)),
    )
    return await studio.store.together(partial(_add, studio, shot, cause=turn.cause))


async def _add(studio: Studio, shot: Shot, *, cause: Cause) -> Shot:
    added = await studio.store.add_shot(shot, cause=cause)
    await tell(studio, added, What.SHOT, number=added.number, action=added.sheet.action, revision=added.revision)
    return added


async def _resolve(studio: Studio, turn: Turn, named: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The stored references behind the labels.

    Raises:
        BadSheetError: A label nobody gave.
    """
    if not named:
        return ()
    stored = {reference.label: reference for reference, _ in await studio.store.references(turn.project_id)}
    strangers = [reference.label for reference in named if reference.label not in stored]
    if strangers:
        raise BadSheetError(
            f"there is no reference {', '.join(strangers)}; add it with "
            "'countersteer project reference FILE' and ask again"
        )
    return tuple(
        replace(
            stored[reference.label],
            use=reference.use or stored[reference.label].use,
            ignore=reference.ignore or stored[reference.label].ignore,
            role=stored[reference.label].role if reference.role is Role.LOOK else reference.role,
        )
        for reference in named
    )


async def _resolve_rules(studio: Studio, project: Project) -> tuple[Reference, ...]:
    """What the film's rules take of its references; a rule about one that is not there yet waits for it."""
    if not project.reference_rules:
        return ()
    stored = {reference.label: reference for reference, _ in await studio.store.references(project.id)}
    return tuple(
        replace(stored[rule.label], use=rule.use, ignore=rule.ignore)
        for rule in project.reference_rules
        if rule.label in stored
    )


def _revised(shot: Shot, intent: Revise, references: tuple[Reference, ...]) -> Shot:
    kept = shot.sheet
    for part in intent.erase:
        kept = replace(kept, on_screen_text="") if part == "on_screen_text" else replace(kept, dialogue="")
    return replace(
        shot,
        sheet=merge(kept, intent.change),
        wishes=merge_wishes(shot.wishes, intent.change.wishes),
        references=merge_references(shot.references, references),
    )


def _speaks_of_the_sign(shot: Shot, intent: Revise) -> bool:
    """Whether "no text" is said of a shot with a sign that must read, and not which of the two is meant."""
    banned = {identity(term) for term in intent.change.negative}
    silent = not (intent.change.on_screen_text or intent.erase)
    return bool(shot.sheet.on_screen_text) and silent and identity("text") in banned


def _about_the_sign(shot: Shot) -> tuple[str, ...]:
    sign = shot.sheet.on_screen_text
    return (
        f'shot {shot.number}: no text, the sign reads "{sign}"',
        f"shot {shot.number}: no text, take the sign out",
    )


def _without_moves(camera: Camera, excluded: tuple[str, ...]) -> tuple[Camera, tuple[str, ...]]:
    """ "Lose the static feel" takes a static shot's move away, and leaves nothing that a prompt has to forbid."""
    named = [term for term in excluded if camera.movement and camera.movement.casefold() in term.casefold()]
    if not named:
        return camera, excluded
    return replace(camera, movement=""), tuple(term for term in excluded if term not in named)


def _merge_camera(camera: Camera, change: Camera) -> Camera:
    return Camera(
        shot_size=relative.shot_size(camera.shot_size, change.shot_size),
        angle=change.angle or camera.angle,
        movement=change.movement or camera.movement,
    )
