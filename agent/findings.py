"""What was seen in a take: readings of checks, opinions of a judge, and one finding per term."""

import math
from dataclasses import dataclass, field
from enum import StrEnum

from prompts.blocks import Term


class Sight(StrEnum):
    """Whether a forbidden thing is in the take. Only ABSENT is a pass."""

    SEEN = "seen"
    ABSENT = "absent"
    UNSURE = "unsure"
    NOT_INSPECTABLE = "not inspectable"


class Grade(StrEnum):
    """How far a measure can be trusted. A: alone. B: alone, unless a judge disagrees. C: a hint, never alone."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where something was seen or measured.

    Attributes:
        frame: Index in the decoded clip, from 0.
        at_s: Its time code in seconds.
        box: Left, top, width, height as shares of the picture, where the place is known.
        sentence: For a person: ``"median lightness 61, references 22-31"``.
        picture: What a person is shown of it: a small JPEG in base64, so that it is kept with the verdict; empty where
            the clip's own frame says enough.
    """

    frame: int
    at_s: float
    sentence: str
    value: float | None = None
    threshold: float | None = None
    box: tuple[float, float, float, float] | None = None
    reference: str | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One check's answer about the terms it speaks for.

    Attributes:
        check: Name of the check.
        terms: Canonical ids (`prompts.terms`) it speaks for.
        reason: Why UNSURE or NOT_INSPECTABLE; otherwise what was measured.
        guard: Up to here the value is fault-free; from ``threshold`` on the fault is seen; between, nothing is claimed.
    """

    check: str
    terms: tuple[str, ...]
    grade: Grade
    sight: Sight
    reason: str
    value: float | None = None
    guard: float | None = None
    threshold: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A vision judge's answer about one term.

    Attributes:
        term: As the block has it.
        judge: Who answered (``"sandbox judge"``, or the model's name).
        sights: One per vote.
    """

    term: str
    judge: str
    sights: tuple[Sight, ...]
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One decoded frame, or a crop of it, as a judge gets it.

    Attributes:
        jpeg: JPEG bytes, long side at most 1280 pixels.
        crop: Left, top, width, height as shares of the frame; ``None`` for the whole frame.
    """

    frame: int
    at_s: float
    jpeg: bytes
    crop: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """What the decoded clip is.

    Attributes:
        seconds: Length as decoded, not as requested.
        complaint: Why it is not the clip that was ordered; empty when it is.
    """

    frames: int
    seconds: float
    width: int
    height: int
    fps: float
    complaint: str = ""

    @property
    def lines(self) -> int:
        """The short side, in pixels."""
        return min(self.width, self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """All that looking at one take gave.

    Attributes:
        look: How it looks, as numbers of ``kind``; empty where the clip was not examined.
        besides: Terms that were not sent with the take and were looked for all the same; they decide nothing.
    """

    footage: Footage
    readings: tuple[Reading, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    kind: str = ""
    look: tuple[float, ...] = ()
    besides: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The joined answer for one term of the prompt.

    Attributes:
        method: ``"measured"``, ``"judged"``, ``"both"`` or ``"nobody"``.
        by: Names of the checks and judges that spoke.
    """

    term: str
    layer: str
    sight: Sight
    method: str
    reason: str
    by: tuple[str, ...] = field(default=())
    evidence: tuple[Evidence, ...] = ()


def read(value: float, *, guard: float, threshold: float) -> Sight:
    """What a value says: fault-free up to the guard, the fault past the threshold, between them nothing.

    Where small values are the fault, the threshold lies below the guard. Not a number says nothing.
    """
    sign = 1 if threshold >= guard else -1
    if math.isnan(value):
        return Sight.UNSURE
    if sign * value > sign * threshold:
        return Sight.SEEN
    return Sight.UNSURE if sign * value > sign * guard else Sight.ABSENT
