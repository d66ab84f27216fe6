"""What is written by hand on the page, as the values that are stored."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Form

from agent.film import Shot
from prompts.blocks import NegativeBlock
from prompts.sheet import Camera

Text = Annotated[str, Form(max_length=20_000)]
Seen = Annotated[int, Form(ge=0)]
"""The version, or revision, that the form was filled in from."""


def lines(text: str) -> tuple[str, ...]:
    """One entry per line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def commas(text: str) -> tuple[str, ...]:
    """One entry per comma."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Layers:
    """The negative block's form: an entry per line, layer by layer."""

    format: Text = ""
    anatomy: Text = ""
    quality: Text = ""

    def block(self) -> NegativeBlock:
        """The block it says.

        Raises:
            EmptyBlockError: It holds no term.
        """
        layers = (lines(text) for text in (self.format, self.anatomy, self.quality))
        return NegativeBlock(**dict(zip(("format", "anatomy", "quality"), layers, strict=True)), version=1)


@dataclass(frozen=True, slots=True)
class Sheets:
    """A shot's form: its nine parts and what happens in it."""

    action: Text
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
    negative: Text = ""

    def into(self, shot: Shot) -> Shot:
        """The shot with this sheet.

        Raises:
            BadSheetError: Nothing happens in it.
        """
        sheet = replace(
            shot.sheet,
            action=self.action.strip(),
            camera=Camera(shot_size=self.shot_size.strip(), angle=self.angle.strip(), movement=self.movement.strip()),
            lens=self.lens.strip(),
            lighting=self.lighting.strip(),
            palette=self.palette.strip(),
            composition=self.composition.strip(),
            atmosphere=self.atmosphere.strip(),
            mood=self.mood.strip(),
            attribution=self.attribution.strip(),
            negative=commas(self.negative),
        )
        return replace(shot, sheet=sheet)


WrittenLayers = Annotated[Layers, Depends()]
WrittenSheet = Annotated[Sheets, Depends()]
