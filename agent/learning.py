"""What the eyes learn from and have learned: scores, looks, the person's labels, and a film's calibration."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.findings import Grade, Reading, Sight
from prompts.blocks import Layer

USUAL_MISTAKES = 0.02
"""Share of wrong calls of the inspection per layer and take, before a film's own labels say otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one check read in one take: a reading without its pictures, kept with the verdict.

    Attributes:
        lines: Short side of the clip; some values follow it.
        guard: Where the check stopped calling it fault-free; ``threshold`` is where it called the fault seen.
    """

    take_id: str
    check: str
    terms: tuple[str, ...]
    grade: Grade
    sight: Sight
    lines: int
    value: float | None = None
    guard: float | None = None
    threshold: float | None = None

    @property
    def reading(self) -> Reading:
        """The reading as it was, so that it can be read again with other limits."""
        return Reading(
            check=self.check,
            terms=self.terms,
            grade=self.grade,
            sight=self.sight,
            reason="",
            value=self.value,
            guard=self.guard,
            threshold=self.threshold,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the person said of a take; a later word takes the place of an earlier one.

    Attributes:
        terms: Canonical ids of what was wrong with a rejected take, where it was said.
    """

    take_id: str
    shot_id: str
    accepted: bool
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a take looks, as numbers.

    Attributes:
        kind: Which numbers these are; looks of another kind cannot be compared.
    """

    take_id: str
    kind: str
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistakes:
    """How often the inspection is wrong about a layer of a take."""

    false_alarms: float = USUAL_MISTAKES
    misses: float = USUAL_MISTAKES


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Where a check's values stop being fault-free in this film.

    Attributes:
        lines: Of clips of that short side only; ``None`` for all.
        accepted: How many accepted takes it rests on.
        alpha: False alarms that the threshold lets through, 0..1; ``None`` where the check's own stayed.
        blind: It was shown to miss what the person saw, so its all-clear says nothing.
    """

    check: str
    guard: float
    threshold: float
    accepted: int
    alpha: float | None = None
    lines: int | None = None
    blind: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The line along which accepted and rejected looks of a film part: a logistic regression, and how well it does.

    Attributes:
        kind: Of the looks it was learned from.
        guard: Of its value, as a check's; so is ``threshold``.
        auc: Cross-validated.
    """

    kind: str
    centre: tuple[float, ...]
    spread: tuple[float, ...]
    weights: tuple[float, ...]
    offset: float
    guard: float
    threshold: float
    accepted: int
    rejected: int
    auc: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What a film's labels taught the eyes. Version 0 is what they know without any.

    Attributes:
        mistakes: By layer, where there were labels enough; the routing rule reckons with them.
    """

    version: int = 0
    limits: tuple[Limit, ...] = ()
    mistakes: Mapping[Layer, Mistakes] = field(default_factory=dict[Layer, Mistakes])
    style: Axis | None = None


UNCALIBRATED = Calibration()


def scored(take_id: str, reading: Reading, *, lines: int) -> Score:
    """A reading as it is kept."""
    return Score(
        take_id=take_id,
        check=reading.check,
        terms=reading.terms,
        grade=reading.grade,
        sight=reading.sight,
        lines=lines,
        # Not a number says nothing, and databases differ in how they keep it.
        value=None if reading.value is None or math.isnan(reading.value) else reading.value,
        guard=reading.guard,
        threshold=reading.threshold,
    )
