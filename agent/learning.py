"""What the eyes learn from and have learned: scores, looks, the person's labels, and a film's calibration."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from agent import findings
from agent.findings import Grade, Looked, Reading, Sight
from prompts.blocks import Layer

USUAL_MISTAKES = 0.02
"""Share of wrong calls of the inspection per layer and take, before a film's own labels say otherwise."""

LOOK_KIND = "look 2"
"""Goes up with any change of a look's numbers: looks of two kinds are not compared."""

LOOK_PARTS = {"light": 6, "palette": 8, "sharpness": 4, "texture": 35}
"""How many numbers of a look are about what, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one check read in one take: a reading without its pictures, kept with the verdict.

    Attributes:
        lines: Short side of the clip; some values follow it.
        sight: As it was read, by the film's limits of that day.
        guard: Where the check itself stops calling it fault-free; ``threshold`` is where it calls the fault seen.
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
    def limits(self) -> tuple[float, float, float] | None:
        """Value, guard and threshold, where it is they that decide."""
        if self.value is None or self.guard is None or self.threshold is None:
            return None
        return self.value, self.guard, self.threshold

    @property
    def reading(self) -> Reading:
        """The reading by the check's own limits, so that it can be read again with a film's."""
        own = self.limits
        return Reading(
            check=self.check,
            terms=self.terms,
            grade=self.grade,
            sight=findings.read(own[0], guard=own[1], threshold=own[2]) if own else self.sight,
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
        rejected: How many takes were rejected for one of its terms.
        blind: It was shown to miss what the person saw, so its all-clear says nothing.
        platt: Slope and offset of the log odds that a value is the fault, where enough takes were rejected.
    """

    check: str
    guard: float
    threshold: float
    accepted: int
    alpha: float | None = None
    lines: int | None = None
    rejected: int = 0
    blind: bool = False
    platt: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The line along which accepted and rejected looks of a film part: a logistic regression, and how well it does.

    Attributes:
        kind: Of the looks it was learned from.
        guard: Of its value, as a check's; so is ``threshold``.
        auc: Cross-validated.
        terms: Canonical ids it speaks for.
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
    terms: tuple[str, ...] = ()


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


def looks(take_id: str, looked: Looked) -> Look | None:
    """How the take looks, as it is kept; ``None`` of a clip that nobody could examine."""
    return Look(take_id=take_id, kind=looked.kind, numbers=looked.look) if looked.look else None
