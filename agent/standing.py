"""Intents about what stands for the whole film, besides single terms of its blocks."""

from dataclasses import dataclass
from typing import Literal

from prompts.references import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceNegatives:
    """Put other terms in the place of the whole negative block; asked about before it is done."""

    terms: tuple[str, ...]
    kind: Literal["replace negatives"] = "replace negatives"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearNegatives:
    """Empty the negative block: never done; what can be done instead is asked."""

    kind: Literal["clear negatives"] = "clear negatives"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProject:
    """What holds for every shot that says nothing else; ``None`` stays as it is."""

    aspect_ratio: str | None = None
    seconds: float | None = None
    plan_first: bool | None = None
    kind: Literal["set project"] = "set project"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReferenceRule:
    """What every shot takes of a reference, and what it leaves; ``drop`` names references without a rule again."""

    references: tuple[Reference, ...] = ()
    drop: tuple[str, ...] = ()
    kind: Literal["set reference rule"] = "set reference rule"
