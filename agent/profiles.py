"""What is known of a video model variant: facts with their source, read by routing, pricing and rendering."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from prompts.blocks import Layer
from prompts.dialect import Dialect


class Status(StrEnum):
    """Whether a variant can still be used."""

    ACTIVE = "active"
    RETIRING = "retiring"
    RETIRED = "retired"


class FirstFrame(StrEnum):
    """Whether a variant starts from a still."""

    NEVER = "never"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Cancel(StrEnum):
    """When a job can be called back."""

    NEVER = "never"
    QUEUED = "while queued"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was read.

    Attributes:
        fact: Which field or fields of the profile.
        evidence: ``S`` official client, ``D`` vendor documentation, ``T`` third party, ``U`` unsure.
        read: Date as ``YYYY-MM-DD``.
    """

    fact: str
    where: str
    evidence: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One variant of one vendor.

    Attributes:
        name: Ours, unique over all vendors (``"kling-3.0-turbo"``).
        vendor: The adapter that speaks its wire (``"kling"``).
        family: What a director calls it (``"Kling"``).
        upstream_id: The vendor's id for it, overridable by settings.
        durations: Lengths it can make, whole seconds, ascending.
        reference_durations: The ones left when look references go along; empty where all are.
        ratios: Aspect ratios as ``"16:9"``.
        resolution: The resolution class that is ordered and priced (``"720p"``).
        price_micro_usd_per_second: At that resolution, without sound where it can be off.
        findable: Whether a job can be looked up by our key after a crash.
        usual_wait_s: Typical seconds from submit to clip.
        longest_wait_s: After this a job counts as overdue.
        slots: Jobs at once that the vendor is known to take; a default to start from.
        priors: Chance per layer that a negative bites, before anything was measured here.
    """

    name: str
    vendor: str
    family: str
    upstream_id: str
    distilled: bool
    dialect: Dialect
    durations: tuple[int, ...]
    ratios: tuple[str, ...]
    resolution: str
    price_micro_usd_per_second: int
    sources: tuple[Source, ...]
    reference_durations: tuple[int, ...] = ()
    status: Status = Status.ACTIVE
    seed: bool = False
    cancel: Cancel = Cancel.NEVER
    findable: bool = False
    first_frame: FirstFrame = FirstFrame.NEVER
    usual_wait_s: float = 90.0
    longest_wait_s: float = 1800.0
    slots: int = 4
    priors: Mapping[Layer, float] = field(default_factory=dict[Layer, float])

    def lengths(self, *, references: int = 0) -> tuple[int, ...]:
        """Whole seconds it can make with so many look references, ascending."""
        return self.reference_durations if references and self.reference_durations else self.durations

    def fit(self, seconds: float, *, references: int = 0) -> int | None:
        """The shortest length it can make that is not shorter than asked; ``None`` when it is too long for it."""
        return next((length for length in self.lengths(references=references) if length >= seconds - 1e-9), None)

    def price_micro_usd(self, seconds: int) -> int:
        """What one clip of that length costs, micro USD."""
        return self.price_micro_usd_per_second * seconds
