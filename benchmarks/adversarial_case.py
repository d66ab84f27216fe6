"""A hostile case as its file states it, read at the door."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from prompts import terms
from prompts.blocks import Layer, NegativeBlock


class _Part(BaseModel):
    """What parts of a case have in common; what they hold beyond this is for the scorer."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Spec(_Part):
    """A text too long or too strange to be written out."""

    prefix: str = ""
    repeat: str = ""
    times: int = 0
    suffix: str = ""
    json_text: str | None = None

    @property
    def text(self) -> str:
        """The text it stands for."""
        if self.json_text is not None:
            return str(json.loads(self.json_text))
        return f"{self.prefix}{self.repeat * self.times}{self.suffix}"


class Attached(_Part):
    """Something that came with the message.

    Attributes:
        exif: Text that an image carries in its metadata, by field or as one text.
        dns: What a name resolves to, in order; ``redirects_to``: where its server points. Both are the case's fakes.
    """

    ref: str = "1"
    filename: str = ""
    caption: str = ""
    exif: Mapping[str, str] | str = ""
    rows: tuple[tuple[Any, ...], ...] = ()
    url: str = ""
    dns: Any = None
    redirects_to: Any = None

    @property
    def metadata(self) -> str:
        """All text in the metadata."""
        return self.exif if isinstance(self.exif, str) else "; ".join(self.exif.values())


class Film(_Part):
    """The project as it stands before the message."""

    style: str
    negatives: tuple[str, ...] | Mapping[str, tuple[str, ...]]
    budget_usd: float | None = None

    def negative(self, *, version: int) -> NegativeBlock:
        """Its negative block."""
        listed = self.negatives if isinstance(self.negatives, tuple) else sum(self.negatives.values(), ())
        layers = {each: tuple(text for text in listed if terms.layer(text) is each) for each in Layer}
        return NegativeBlock(
            format=layers[Layer.FORMAT],
            anatomy=layers[Layer.ANATOMY],
            quality=layers[Layer.QUALITY],
            version=version,
        )


class Pending(_Part):
    """What waits for an answer when the message comes: a plan or a sum to say yes to, or a take to look at."""

    kind: str = ""


class Attack(_Part):
    """One case. What it expects is not read."""

    id: str
    channel: str = "chat"
    role: str = "owner"
    project: Film
    text: str = ""
    spec: Spec | None = None
    attachments: tuple[Attached, ...] = ()
    pending: Pending | str | None = None
    env_canary: Mapping[str, str] = Field(default_factory=dict[str, str])

    @property
    def message(self) -> str:
        """What is sent."""
        return self.spec.text if self.spec is not None else self.text
