"""What a check is, what it gets to see, and what it answers: the seam every file in `tools/checks/` is written to."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.findings import Evidence, Grade, Reading, Sight
from prompts.references import Dimension, Reference
from tools.media import Reel
from tools.pixels import Rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceStill:
    """A reference image, decoded.

    Attributes:
        rgb: Long side at most 1280 pixels.
        small: Short side 90 pixels, as `Reel.small`.
    """

    reference: Reference
    rgb: Rgb
    small: Rgb

    def guides(self, dimension: Dimension) -> bool:
        """Whether the take should be like it in this: named in its use list, or no list says anything else."""
        if self.reference.use:
            return dimension in self.reference.use
        return dimension not in self.reference.ignore


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """One take as a check sees it.

    Attributes:
        unreadable: References that do not decode, as sentences.
    """

    reel: Reel
    stills: tuple[ReferenceStill, ...] = ()
    unreadable: tuple[str, ...] = ()

    def guiding(self, dimension: Dimension) -> tuple[ReferenceStill, ...]:
        """References the take should be like in this dimension."""
        return tuple(still for still in self.stills if still.guides(dimension))

    def ignoring(self, dimensions: Sequence[Dimension]) -> tuple[ReferenceStill, ...]:
        """References of which at least one of these dimensions must not be taken."""
        return tuple(still for still in self.stills if set(dimensions) & set(still.reference.ignore))


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Where a value stops being fault-free. Between the 90 % and the 99 % fault-free quantile nothing is claimed.

    Attributes:
        unsure_past: The 90 % quantile of fault-free clips.
        seen_past: Their 99 % quantile; below ``unsure_past`` where small values are the fault.
    """

    unsure_past: float
    seen_past: float

    def sight(self, value: float) -> Sight:
        """What the value says. Not a number says nothing."""
        sign = 1 if self.seen_past >= self.unsure_past else -1
        if math.isnan(value):
            return Sight.UNSURE
        if sign * value > sign * self.seen_past:
            return Sight.SEEN
        return Sight.UNSURE if sign * value > sign * self.unsure_past else Sight.ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a check measured: the number, what it says, and where to look.

    Attributes:
        told: One sentence with the number in it.
    """

    sight: Sight
    told: str
    value: float | None = None
    threshold: float | None = None
    evidence: tuple[Evidence, ...] = ()


def measured(
    band: Band, value: float, *, told: str, frame: int, at_s: float, stills: Sequence[ReferenceStill] = ()
) -> Measure:
    """One number against its band, with the frame to look at and the references it was compared with."""
    evidence = Evidence(
        frame=frame,
        at_s=at_s,
        sentence=told,
        value=value,
        threshold=band.seen_past,
        reference=", ".join(still.reference.id for still in stills) or None,
    )
    return Measure(sight=band.sight(value), told=told, value=value, threshold=band.seen_past, evidence=(evidence,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a check cannot do without.

    Attributes:
        references: Fewest references that guide the take in one of the check's dimensions.
        lines: Fewest pixels on the short side.
        frames: Fewest frames in the clip.
    """

    references: int = 0
    lines: int = 0
    frames: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that can be measured in a take.

    Attributes:
        terms: Canonical ids (`prompts.terms`) it speaks for.
        dimensions: Of a reference it compares with; empty when it needs none.
        meaning: What its value is, in which unit.
        rates: Recall and false alarms, with the set they were measured on.
        always: Runs whether or not the block names one of its terms; its reading is then a hint.
        measure: Looks at a take that meets the needs.
    """

    name: str
    terms: tuple[str, ...]
    grade: Grade
    meaning: str
    rates: str
    measure: Callable[[Viewing], Measure]
    dimensions: tuple[Dimension, ...] = ()
    needs: Needs = Needs()
    always: bool = False

    def look(self, viewing: Viewing) -> Reading:
        """The reading of one take; NOT_INSPECTABLE, with the reason, where a need is missing."""
        missing = self._missing(viewing)
        if missing:
            return self.reading(Measure(sight=Sight.NOT_INSPECTABLE, told=missing))
        return self.reading(self.measure(viewing))

    def reading(self, measure: Measure) -> Reading:
        """A measure under this check's name, terms and grade."""
        return Reading(
            check=self.name,
            terms=self.terms,
            grade=self.grade,
            sight=measure.sight,
            reason=measure.told,
            value=measure.value,
            threshold=measure.threshold,
            evidence=measure.evidence,
        )

    def _missing(self, viewing: Viewing) -> str:
        """Which need the take does not meet, as a sentence; empty when all are met."""
        if viewing.reel.lines < self.needs.lines:
            return f"needs {self.needs.lines} lines, the clip has {viewing.reel.lines}"
        if viewing.reel.count < self.needs.frames:
            return f"needs {self.needs.frames} frames, the clip has {viewing.reel.count}"
        usable = min((len(viewing.guiding(dimension)) for dimension in self.dimensions), default=0)
        if usable < self.needs.references:
            what = ", ".join(self.dimensions)
            reason = f"needs {self.needs.references} references for {what}, there are {usable}"
            return "; ".join((reason, *viewing.unreadable))
        return ""
