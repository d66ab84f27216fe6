"""Giving shots what another shot has: its lens, its light, its length, its model."""

from dataclasses import replace
from typing import Any

from agent.acting import changing, finding, pricing
from agent.acting.outcome import Outcome, Turn
from agent.film import Shot
from agent.steering import Borrow, Part
from agent.studio import Studio

_CAMERA = {Part.SHOT_SIZE: "shot_size", Part.ANGLE: "angle", Part.MOVEMENT: "movement"}


async def borrow(studio: Studio, turn: Turn, intent: Borrow) -> Outcome:
    """Copy parts of one shot into others; each becomes a new revision."""
    source = await finding.shot(studio, turn, intent.source)
    if intent.which is not None:
        meant = await finding.several(studio, turn, intent.which)
    else:
        meant = (await finding.shot(studio, turn, None),)
    changed: list[Shot] = []
    for shot in meant:
        if shot.id != source.id:
            changed.append(await changing.change(studio, turn, _with(shot, source, intent.parts)))
    numbers = ", ".join(str(shot.number) for shot in changed)
    what = ", ".join(f"{part} {_of(source, part) or '(none stated)'}" for part in intent.parts)
    line = f"As in shot {source.number} now in shots {numbers}: {what}. Earlier takes are kept."
    return Outcome(lines=(line, *await pricing.planned(studio, changed)), start=changing.to_start(*changed))


def _with(shot: Shot, source: Shot, parts: tuple[Part, ...]) -> Shot:
    for part in parts:
        if part is Part.MODEL:
            shot = replace(shot, wishes=replace(shot.wishes, models=source.wishes.models))
        elif part in _CAMERA:
            name = _CAMERA[part]
            lent: dict[str, Any] = {name: getattr(source.sheet.camera, name)}
            shot = replace(shot, sheet=replace(shot.sheet, camera=replace(shot.sheet.camera, **lent)))
        else:
            on_sheet: dict[str, Any] = {_field(part): getattr(source.sheet, _field(part))}
            shot = replace(shot, sheet=replace(shot.sheet, **on_sheet))
    return shot


def _of(shot: Shot, part: Part) -> str:
    if part is Part.MODEL:
        return ", ".join(shot.wishes.models)
    where = shot.sheet.camera if part in _CAMERA else shot.sheet
    value = getattr(where, _CAMERA.get(part, _field(part)))
    return f"{value:g} s" if isinstance(value, float) else str(value or "")


def _field(part: Part) -> str:
    return "seconds" if part is Part.SECONDS else part.value
