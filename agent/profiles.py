"""What is known of a video model variant: facts with their source, read by routing, pricing and rendering."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from prompts.blocks import Layer
from prompts.dialect import Dialect


class Status(StrEnum):
    """Whether a variant can still be used."""

    ACTIVE = "active"
    RETIRING = "retiring"
    RETIRED = "retired"


class Material(StrEnum):
    """What goes out with the words of a shot."""

    WORDS = "words alone"
    LOOKS = "look references"
    FIRST = "a first frame"
    ENDS = "a first and a last frame"
    FIRST_LOOKS = "a first frame and look references"
    ENDS_LOOKS = "a first and a last frame and look references"
    LAST = "a last frame without a first"  # no vendor takes that; it is named so that it can be refused

    @property
    def framed(self) -> bool:
        """With a first frame."""
        return self not in (Material.WORDS, Material.LOOKS, Material.LAST)

    @property
    def ended(self) -> bool:
        """With a last frame too."""
        return self in (Material.ENDS, Material.ENDS_LOOKS)

    @property
    def guided(self) -> bool:
        """With look references."""
        return self in (Material.LOOKS, Material.FIRST_LOOKS, Material.ENDS_LOOKS)


def material(*, looks: int, first: bool, last: bool) -> Material:
    """What kind of material so many look references and these frames are."""
    if last and not first:
        return Material.LAST
    if last:
        return Material.ENDS_LOOKS if looks else Material.ENDS
    if first:
        return Material.FIRST_LOOKS if looks else Material.FIRST
    return Material.LOOKS if looks else Material.WORDS


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
class StillLimits:
    """What an image may be to go out; ``None`` where no limit is published.

    Attributes:
        most_bytes: Of the image file, before any base64.
        least_px: Of the shorter side; ``most_px`` of the longer.
        most_stretch: Of the longer side over the shorter.
        together_bytes: Of all images of one order, before any base64.
    """

    media_types: tuple[str, ...] = ("image/png", "image/jpeg")
    most_bytes: int | None = None
    least_px: int | None = None
    most_px: int | None = None
    most_stretch: float | None = None
    together_bytes: int | None = None

    def among(self, images: int) -> Self:
        """The limits of one of so many images: none is heavier than its share of what an order may hold."""
        if self.together_bytes is None or not images:
            return self
        share = self.together_bytes // images
        return replace(self, most_bytes=min(share, self.most_bytes or share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a variant makes of one kind of material.

    Attributes:
        durations: Lengths it can make, whole seconds, ascending.
        ratios: Aspect ratios as ``"16:9"``; empty where the picture keeps the first frame's.
        resolution: The resolution class that is ordered and priced (``"720p"``).
        price_micro_usd_per_second: At that resolution, without sound where it can be off.
        registered_only: Whether look references are taken only under an id they are registered by at the vendor.
    """

    durations: tuple[int, ...]
    ratios: tuple[str, ...]
    resolution: str
    price_micro_usd_per_second: int
    registered_only: bool = False

    @property
    def lengths(self) -> str:
        """The lengths in words: a span where every second of it is made, otherwise a list."""
        first, last = self.durations[0], self.durations[-1]
        whole = last - first + 1 == len(self.durations) > 2
        return f"{first} to {last}" if whole else ", ".join(str(length) for length in self.durations)

    def fit(self, seconds: float) -> int | None:
        """The shortest length it can make that is not shorter than asked; ``None`` when it is too long for it."""
        return next((length for length in self.durations if length >= seconds - 1e-9), None)

    def makes(self, ratio: str) -> bool:
        """Whether the picture can have this aspect ratio."""
        return not self.ratios or ratio in self.ratios

    def price_micro_usd(self, seconds: int) -> int:
        """What one clip of that length costs, micro USD."""
        return self.price_micro_usd_per_second * seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One variant of one vendor.

    Attributes:
        name: Ours, unique over all vendors (``"kling-3.0-turbo"``).
        vendor: The adapter that speaks its wire (``"kling"``).
        family: What a director calls it (``"Kling"``).
        upstream_id: The vendor's id for it, overridable by settings.
        offers: What it makes, by what goes out with the words; a material that is no key is not taken.
        stills: What an image may be.
        findable: Whether a job can be looked up by our key after a crash.
        calls_back: Whether the vendor calls an address of ours when a job moves on.
        usual_wait_s: Typical seconds from submit to clip.
        longest_wait_s: After this a job counts as overdue.
        slots: Jobs at once that the vendor is known to take; a default to start from.
        pooled: Whether those are counted over all models of the vendor, not for each by itself.
        priors: Chance per layer that a negative bites, before anything was measured here.
    """

    name: str
    vendor: str
    family: str
    upstream_id: str
    distilled: bool
    dialect: Dialect
    offers: Mapping[Material, Offer]
    sources: tuple[Source, ...]
    stills: StillLimits = StillLimits()
    status: Status = Status.ACTIVE
    seed: bool = False
    cancel: Cancel = Cancel.NEVER
    findable: bool = False
    calls_back: bool = False
    usual_wait_s: float = 90.0
    longest_wait_s: float = 1800.0
    slots: int = 4
    pooled: bool = False
    priors: Mapping[Layer, float] = field(default_factory=dict[Layer, float])

    @property
    def plain(self) -> Offer:
        """The first offer: what is quoted while nothing is known of a shot."""
        return next(iter(self.offers.values()))

    def offer(self, goes_out: Material) -> Offer | None:
        """What it makes of such material; ``None`` when it does not take it."""
        return self.offers.get(goes_out)
