"""The form a language model states one shot in. Every field is required; bounds are checked when it is read."""

import math

from pydantic import BaseModel, ConfigDict

from agent.film import Thrift, Wishes
from agent.intents import Draft
from prompts.errors import BadSheetError
from prompts.references import Dimension, Reference, Role
from prompts.sheet import LONGEST_SECONDS, Camera


class Wire(BaseModel):
    """What all parts of an answer have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WireWishes(Wire):
    """What the message wants of the route."""

    models: list[str]
    exclude: list[str]
    thrift: Thrift | None
    most_usd_per_take: float | None

    def read(self) -> Wishes:
        """The wishes; an impossible limit raises `BadSheetError`."""
        most = self.most_usd_per_take
        return Wishes(
            models=tuple(self.models),
            exclude=tuple(self.exclude),
            thrift=self.thrift,
            most_micro_usd=None if most is None else micro_usd(most),
        )


class WireReference(Wire):
    """An image named in the message."""

    label: str
    use: list[Dimension]
    ignore: list[Dimension]
    role: Role

    def read(self) -> Reference:
        """The reference, its id still to be looked up by its label."""
        return Reference(id="", label=self.label, use=tuple(self.use), ignore=tuple(self.ignore), role=self.role)


class WireDraft(Wire):
    """One shot as the message states it; empty where it says nothing."""

    action: str
    shot_size: str
    angle: str
    movement: str
    lens: str
    lighting: str
    palette: str
    composition: str
    atmosphere: str
    mood: str
    attribution: str
    negative: list[str]
    on_screen_text: str
    dialogue: str
    notes: str
    seconds: float | None
    aspect_ratio: str | None
    wishes: WireWishes
    references: list[WireReference]

    def read(self) -> Draft:
        """The draft; a length that no shot can have raises `BadSheetError`."""
        if self.seconds is not None and not 0 < self.seconds <= LONGEST_SECONDS:
            raise BadSheetError(
                f"seconds is {self.seconds:g}; give 1 to {LONGEST_SECONDS:g}, or null where none is said"
            )
        return Draft(
            action=self.action,
            camera=Camera(shot_size=self.shot_size, angle=self.angle, movement=self.movement),
            lens=self.lens,
            lighting=self.lighting,
            palette=self.palette,
            composition=self.composition,
            atmosphere=self.atmosphere,
            mood=self.mood,
            attribution=self.attribution,
            negative=tuple(term for term in self.negative if term.strip()),
            on_screen_text=self.on_screen_text,
            dialogue=self.dialogue,
            notes=self.notes,
            seconds=self.seconds,
            aspect_ratio=self.aspect_ratio,
            wishes=self.wishes.read(),
            references=tuple(reference.read() for reference in self.references),
        )


def micro_usd(usd: float) -> int:
    """A sum in micro USD.

    Raises:
        BadSheetError: It is negative, endless or no number.
    """
    if not math.isfinite(usd) or usd < 0:
        raise BadSheetError(f"{usd} is no sum of money; give US dollars from 0 up")
    return round(usd * 1e6)
