"""What a check is, what it gets to see, and what it answers: the seam every file in `tools/checks/` is written to."""

import importlib.util
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from agent import findings
from agent.findings import Evidence, Grade, Reading, Sight
from prompts.references import Dimension, Reference, Role
from tools import accord
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


def guides(reference: Reference, dimension: Dimension) -> bool:
    """Whether a take should be like it in this: named in its use list, or no list says anything else."""
    return dimension in reference.use if reference.use else dimension not in reference.ignore


def bars(reference: Reference, dimensions: Collection[Dimension]) -> bool:
    """Whether one of these must not be taken from it. A first or last frame is in the shot with all it shows."""
    return reference.role is Role.LOOK and not set(dimensions).isdisjoint(reference.ignore)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """One take as a check sees it.

    Attributes:
        unreadable: References that do not decode, as sentences.
        handmade: Whether the style names a medium made picture by picture, which may hold each for two frames or three.
    """

    reel: Reel
    stills: tuple[ReferenceStill, ...] = ()
    unreadable: tuple[str, ...] = ()
    handmade: bool = False

    def guiding(self, dimension: Dimension) -> tuple[ReferenceStill, ...]:
        """References the take should be like in this dimension."""
        return tuple(still for still in self.stills if guides(still.reference, dimension))

    def discord(self, dimensions: Sequence[Dimension]) -> str:
        """Which of the guiding references contradict each other in one of these; empty where they agree."""
        told = (
            accord.discord({each.reference.label: each.small for each in self.guiding(one)}, one) for one in dimensions
        )
        return "; ".join(sentence for sentence in told if sentence)

    def ignoring(self, dimensions: Collection[Dimension]) -> tuple[ReferenceStill, ...]:
        """References for the look of which at least one of these dimensions must not be taken."""
        return tuple(still for still in self.stills if bars(still.reference, dimensions))


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
        return findings.read(value, guard=self.unsure_past, threshold=self.seen_past)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a check measured: the number, what it says, and where to look.

    Attributes:
        told: One sentence with the number in it.
        guard: Up to here the value is fault-free; from ``threshold`` on it is the fault. ``None`` where something else
            than these two decided.
    """

    sight: Sight
    told: str
    value: float | None = None
    guard: float | None = None
    threshold: float | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def by_limits(self) -> bool:
        """Whether guard and threshold decided, so that other limits may decide otherwise."""
        if self.value is None or self.guard is None or self.threshold is None:
            return False
        return findings.read(self.value, guard=self.guard, threshold=self.threshold) is self.sight


def measured(
    band: Band,
    value: float,
    *,
    told: str,
    frame: int,
    at_s: float,
    stills: Sequence[ReferenceStill] = (),
    box: tuple[float, float, float, float] | None = None,
    picture: str = "",
) -> Measure:
    """One number against its band, with the frame and place to look at and the references it was compared with."""
    evidence = Evidence(
        frame=frame,
        at_s=at_s,
        sentence=told,
        value=value,
        threshold=band.seen_past,
        box=box,
        picture=picture,
        reference=", ".join(still.reference.id for still in stills) or None,
    )
    return Measure(
        sight=band.sight(value),
        told=told,
        value=value,
        guard=band.unsure_past,
        threshold=band.seen_past,
        evidence=(evidence,),
    )


def _doubted(measure: Measure, why: str) -> Measure:
    """The measure with a doubt about what it was measured against."""
    return replace(measure, sight=Sight.UNSURE, guard=None, told=f"{why}. {measure.told}") if why else measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """An optional part of this package and the modules it brings."""

    name: str
    modules: tuple[str, ...]

    @property
    def missing(self) -> str:
        """What to do to have it, as a sentence; empty where it is installed."""
        if all(importlib.util.find_spec(module) for module in self.modules):
            return ""
        return f"needs the extra {self.name}: pip install 'countersteer[{self.name}]'"


def drifted(measure: Measure, *, same_view: bool) -> Measure:
    """A change inside a clip; where another thing is shown at its end, it may be that thing's own."""
    if same_view:
        return measure
    told = f"{measure.told}; but the end shows other things than the start"
    return replace(measure, sight=Sight.UNSURE, guard=None, told=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a check cannot do without.

    Attributes:
        extra: Part of this package that is not always installed.
        references: Fewest references that guide the take in one of the check's dimensions.
        lines: Fewest pixels on the short side.
        frames: Fewest frames in the clip.
        every_frame: Neighbours in time: the small pictures of a clip that is kept thin say nothing then.
    """

    references: int = 0
    lines: int = 0
    frames: int = 1
    every_frame: bool = False
    extra: Extra | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that can be measured in a take.

    Attributes:
        terms: Canonical ids (`prompts.terms`) it speaks for.
        dimensions: Of a reference it compares with; empty when it needs none.
        bleeding: Of a reference that was told to leave them out; it looks whether they came through all the same.
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
    bleeding: tuple[Dimension, ...] = ()
    needs: Needs = Needs()
    always: bool = False

    def lacking(self, references: Sequence[Reference]) -> str:
        """What is missing before any take is there, as a sentence; empty when nothing is."""
        if self.needs.extra and self.needs.extra.missing:
            return self.needs.extra.missing
        if self.bleeding and not any(bars(reference, self.bleeding) for reference in references):
            return f"no reference is told to leave {' or '.join(self.bleeding)} out"
        usable = min((sum(guides(each, one) for each in references) for one in self.dimensions), default=0)
        if usable < self.needs.references:
            return f"needs {self.needs.references} references for {', '.join(self.dimensions)}, there are {usable}"
        return ""

    def look(self, viewing: Viewing) -> Reading:
        """The reading of one take; NOT_INSPECTABLE, with the reason, where a need is missing."""
        missing = self._missing(viewing)
        if missing:
            return self.reading(Measure(sight=Sight.NOT_INSPECTABLE, told=missing))
        return self.reading(_doubted(self.measure(viewing), viewing.discord(self.dimensions)))

    def reading(self, measure: Measure) -> Reading:
        """A measure under this check's name, terms and grade."""
        return Reading(
            check=self.name,
            terms=self.terms,
            grade=self.grade,
            sight=measure.sight,
            reason=measure.told,
            value=measure.value,
            guard=measure.guard if measure.by_limits else None,
            threshold=measure.threshold,
            evidence=measure.evidence,
        )

    def _missing(self, viewing: Viewing) -> str:
        """Which need the take does not meet, as a sentence; empty when all are met."""
        lacking = self.lacking([still.reference for still in viewing.stills])
        if lacking:
            return "; ".join((lacking, *viewing.unreadable))
        if viewing.reel.lines < self.needs.lines:
            return f"needs {self.needs.lines} lines, the clip has {viewing.reel.lines}"
        if viewing.reel.count < self.needs.frames:
            return f"needs {self.needs.frames} frames, the clip has {viewing.reel.count}"
        if self.needs.every_frame and viewing.reel.step > 1:
            return f"needs every frame, and of a clip this long one frame in {viewing.reel.step} is kept"
        return ""
