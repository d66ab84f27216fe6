"""A shot as it is exported: everything a person decided about it, and nothing that was made of it."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from agent.film import Shot, Thrift, Wishes
from agent.intents import Draft
from agent.reading.tables.listing import Listed
from prompts.references import Reference, Role
from prompts.sheet import LONGEST_SECONDS, Camera

FORMAT = "countersteer shots"
VERSION = 1
TEXTS = (
    "lens",
    "lighting",
    "palette",
    "composition",
    "atmosphere",
    "mood",
    "attribution",
    "on_screen_text",
    "dialogue",
)

Text = Annotated[str, Field(max_length=20_000)]


class Named(BaseModel):
    """A reference image of a shot, by its label."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Text
    use: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    role: Role = Role.LOOK


class Record(BaseModel):
    """One shot, flat; an empty text says nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shot: Text = ""
    listed_as: Text = ""
    scene: Text = ""
    action: Text = Field(default="", min_length=1)
    shot_size: Text = ""
    angle: Text = ""
    movement: Text = ""
    lens: Text = ""
    lighting: Text = ""
    palette: Text = ""
    composition: Text = ""
    atmosphere: Text = ""
    mood: Text = ""
    attribution: Text = ""
    on_screen_text: Text = ""
    dialogue: Text = ""
    seconds: float | None = Field(default=None, gt=0, le=LONGEST_SECONDS, allow_inf_nan=False)
    aspect_ratio: Text | None = None
    negatives: tuple[Text, ...] = ()
    exempt: tuple[Text, ...] = ()
    models: tuple[Text, ...] = ()
    not_models: tuple[Text, ...] = ()
    thrift: Thrift | None = None
    most_micro_usd: int | None = Field(default=None, ge=0)
    references: tuple[Named, ...] = ()
    notes: tuple[tuple[Text, Text], ...] = ()


def of_shot(shot: Shot, *, listed_as: str = "", scene: str = "", notes: tuple[tuple[str, str], ...] = ()) -> Record:
    """A stored shot as a record; the last three are what an imported list had besides."""
    sheet, wishes = shot.sheet, shot.wishes
    texts: dict[str, Any] = {name: getattr(sheet, name) for name in TEXTS}
    return Record(
        shot=str(shot.number),
        listed_as=listed_as,
        scene=scene,
        action=sheet.action,
        shot_size=sheet.camera.shot_size,
        angle=sheet.camera.angle,
        movement=sheet.camera.movement,
        **texts,
        seconds=sheet.seconds,
        aspect_ratio=sheet.aspect_ratio,
        negatives=sheet.negative,
        exempt=shot.exempt,
        models=wishes.models,
        not_models=wishes.exclude,
        thrift=wishes.thrift,
        most_micro_usd=wishes.most_micro_usd,
        references=tuple(
            Named(label=each.label, use=each.use, ignore=each.ignore, role=each.role) for each in shot.references
        ),
        notes=notes,
    )


def listed(record: Record, *, where: str) -> Listed:
    """A record as a shot of a list, to be made exactly as it stands."""
    texts: dict[str, Any] = {name: getattr(record, name) for name in TEXTS}
    draft = Draft(
        action=record.action,
        camera=Camera(shot_size=record.shot_size, angle=record.angle, movement=record.movement),
        **texts,
        negative=record.negatives,
        seconds=record.seconds,
        aspect_ratio=record.aspect_ratio or None,
        wishes=Wishes(
            models=record.models,
            exclude=record.not_models,
            thrift=record.thrift,
            most_micro_usd=record.most_micro_usd,
        ),
        references=tuple(
            Reference(id="", label=each.label, use=each.use, ignore=each.ignore, role=each.role)
            for each in record.references
        ),
    )
    return Listed(
        where=where,
        number=record.listed_as or record.shot,
        scene=record.scene,
        draft=draft,
        aside=record.notes,
        exempt=record.exempt,
        exact=True,
    )
