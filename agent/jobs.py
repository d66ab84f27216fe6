"""An order to a vendor and the job it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from agent.profiles import Material, material
from agent.troubles import Trouble
from prompts.rendering import Rendering


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """An image that goes out with an order.

    Attributes:
        label: The reference's label, as the prompt names it.
        media_type: ``image/png`` or ``image/jpeg``.
        known_as: Vendor to the id this image, or what it shows, is registered under there.
    """

    label: str
    data: bytes
    media_type: str
    known_as: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What one vendor is asked to make.

    Attributes:
        key: Ours, one per intention; the same key never buys two clips.
        model: Name of the profile.
        seconds: A length the profile offers.
        references: Look references in the order the prompt numbers them.
        seed: Sent only where the vendor takes one.
        callback: Address the vendor may call when the job moves on.
    """

    key: str
    model: str
    rendering: Rendering
    seconds: int
    ratio: str
    references: tuple[Still, ...] = ()
    first_frame: Still | None = None
    last_frame: Still | None = None
    seed: int | None = None
    callback: str | None = None

    @property
    def stills(self) -> tuple[Still, ...]:
        """Every image that goes out, look references first."""
        frames = (self.first_frame, self.last_frame)
        return (*self.references, *(frame for frame in frames if frame is not None))

    @property
    def material(self) -> Material:
        """What goes out with the words."""
        return material(
            looks=len(self.references), first=self.first_frame is not None, last=self.last_frame is not None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The exact request that will leave, without address host or credentials.

    Attributes:
        path: Path below the vendor's base address.
        content: JSON, UTF-8, exactly the bytes that are sent.
    """

    method: str
    path: str
    content: bytes


IN_LINE, CALLED = "in line", "called"
"""Notes of an INTENT that waits for a slot, and of one that was called to a slot and has not left yet."""


class JobState(StrEnum):
    """Where a job stands. Money is at stake from SENDING on."""

    INTENT = "intent"  # stored, nothing sent
    SENDING = "sending"  # the request may have left; after a crash: reconcile
    ACCEPTED = "accepted"  # the vendor's id is stored
    READY = "ready"  # the vendor says done; the clip is not here yet
    KEPT = "kept"  # the clip is in the store
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # may have been billed; waits for a person
    LOST = "lost"  # accepted, then unknown to the vendor, or its media is gone

    @property
    def over(self) -> bool:
        """Whether nothing more is expected from the vendor."""
        return self in (JobState.KEPT, JobState.FAILED, JobState.CANCELLED, JobState.LOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One intention to buy one clip.

    Attributes:
        id: Also the order's key.
        attempt: 1 for the first take of the shot, counted over all models.
        vendor_id: The vendor's id, once it is known.
        reserved_micro_usd: Counted against the ceilings from the intent on.
        due_us: When to look at it next, or to send it again.
        tries: How often it was sent and certainly not accepted.
    """

    id: str
    project_id: str
    shot_id: str
    route_id: str
    model: str
    attempt: int
    seconds: int
    state: JobState
    reserved_micro_usd: int
    created_us: int
    due_us: int
    vendor_id: str | None = None
    sent_us: int | None = None
    trouble: Trouble | None = None
    message: str = ""
    tries: int = 0


class Going(StrEnum):
    """What a poll can say."""

    WAITING = "waiting"
    RENDERING = "rendering"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One poll's answer.

    Attributes:
        media: What `VideoModel.fetch` needs to get the clip: a link, or a handle for inline bytes. Never stored or
            shown: it may be signed.
        trouble: Why, when FAILED.
        seed: As the vendor reports it.
        cost_micro_usd: What the vendor says it charged, or until it is over may charge at most, where it says so.
        share: 0..1 where the vendor tells.
    """

    going: Going
    media: str | None = None
    trouble: Trouble | None = None
    message: str = ""
    seed: int | None = None
    cost_micro_usd: int | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A vendor's settings as values: where it is and how to sign in.

    Attributes:
        base_url: Overridable; the sandbox is just another address.
        secrets: Name to value; never logged, stored or shown.
        ids: Profile name to the vendor's id, where settings override it.
        options: Vendor-specific, such as Google's project and location.
        sandbox: Whether a stand-in answers at this address.
    """

    base_url: str
    secrets: Mapping[str, str]
    ids: Mapping[str, str]
    options: Mapping[str, str]
    sandbox: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """What a vendor tells of an account without charge.

    Attributes:
        signed_in: Whether the keys were taken; ``None`` where that cannot be asked.
        gone: Profiles whose id the vendor does not know.
        slots: Profile name to the jobs at once that the vendor allows, where it says so.
        credit_micro_usd: What is left to spend, where it says so.
        remarks: What could not be asked, and what else the vendor said, a sentence each.
    """

    signed_in: bool | None
    gone: tuple[str, ...] = ()
    slots: Mapping[str, int] = field(default_factory=dict[str, int])
    credit_micro_usd: int | None = None
    remarks: tuple[str, ...] = ()
