"""A conversation's setup as its file states it, read at the door; what it holds beyond this is for the scorer."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from prompts.blocks import NegativeBlock
from prompts.references import Dimension


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Rule(_Part):
    """What is taken of a reference and what is left; dimensions that the product does not know are left out."""

    use: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def dimensions(self, *, ignored: bool = False) -> tuple[Dimension, ...]:
        """One of the two lists, typed."""
        known = {dimension.value: dimension for dimension in Dimension}
        return tuple(known[name] for name in (self.ignore if ignored else self.use) if name in known)


class Film(_Part):
    """The project before the first turn."""

    style: str
    negatives: Mapping[str, tuple[str, ...]]
    model_exclusions: tuple[str, ...] = ()
    references: Mapping[str, Rule] = Field(default_factory=dict[str, Rule])
    budget_usd: float | None = None
    aspect_ratio: str | None = None

    @field_validator("references", mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        """References that are a plain list or text say nothing of what is taken of them."""
        return given if isinstance(given, dict) else {}  # pyright: ignore[reportUnknownVariableType]  # read below

    def block(self, *, version: int) -> NegativeBlock:
        """The negatives as a block; layers the product does not know go with quality."""
        layers = {name: terms for name, terms in self.negatives.items() if name in ("format", "anatomy")}
        rest = tuple(term for name, terms in self.negatives.items() if name not in layers for term in terms)
        return NegativeBlock(
            format=layers.get("format", ()), anatomy=layers.get("anatomy", ()), quality=rest, version=version
        )


class Wanted(_Part):
    """A shot before the first turn."""

    action: str = "untitled"
    shot_size: str = ""
    angle: str = ""
    movement: str = ""
    lens: str = ""
    lighting: str = ""
    palette: str = ""
    composition: str = ""
    atmosphere: str = ""
    mood: str = ""
    attribution: str = ""
    on_screen_text: str = ""
    dialogue: str = ""
    duration_s: float | None = None
    aspect_ratio: str | None = None
    negatives_add: tuple[str, ...] = ()
    negatives_exempt: tuple[str, ...] = ()
    model: str = ""
    status: str = ""
    takes: int = 0
    selected_take: int | None = None

    @field_validator("model", "status", "action", mode="before")
    @classmethod
    def _said(cls, given: object) -> object:
        """``null`` says nothing."""
        return "" if given is None else given

    @field_validator("takes", mode="before")
    @classmethod
    def _counted(cls, given: object) -> object:
        """Takes may be a number or a list of them."""
        return len(given) if isinstance(given, list) else given or 0  # pyright: ignore[reportUnknownArgumentType]


class Logged(_Part):
    """Something that happened before."""

    shot: str = ""
    event: str = ""
    origin: str = Field(default="", alias="from")
    to: str = ""
    reason: str = ""

    @field_validator("shot", mode="before")
    @classmethod
    def _number(cls, given: object) -> object:
        return str(given)


class Money(_Part):
    """What was spent before."""

    spent_usd: float = 0.0


class Pending(_Part):
    """What waits for an answer."""

    kind: str = ""
    shot: str = ""

    @field_validator("shot", mode="before")
    @classmethod
    def _number(cls, given: object) -> object:
        return "" if given is None else str(given)


class Setup(_Part):
    """All of it."""

    project: Film
    shots: Mapping[int, Wanted] = Field(default_factory=dict[int, Wanted])
    current_shot: int | None = None
    ledger: Money = Money()
    log: tuple[Logged, ...] = ()
    pending: Pending | None = None

    @property
    def spoken_of(self) -> int | None:
        """The shot that was spoken of last."""
        named = self.pending.shot if self.pending else ""
        return int(named) if named.isdigit() else self.current_shot

    def log_of(self, number: int) -> tuple[Logged, ...]:
        """What happened to a shot."""
        return tuple(entry for entry in self.log if entry.shot == str(number))


def read(given: Mapping[str, Any]) -> Setup:
    """The setup of a case."""
    return Setup.model_validate(given)
