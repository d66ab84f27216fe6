"""All a step may use, handed in as one value."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from agent.errors import NotFoundError
from agent.lines import Lines
from agent.policy import routing
from agent.ports import Circuits, Clips, Darkroom, Eyes, Failpoints, Planner, VideoModel
from agent.profiles import Profile
from agent.store import Store
from agent.watch import Unwatched, Watch


@dataclass(frozen=True, kw_only=True)
class Studio:
    """All a step may use.

    Attributes:
        vendors: By `Profile.vendor`; only the configured ones.
        sandbox: Vendors whose answers come from a stand-in.
        sandbox_pace: How much faster a stand-in renders than its vendor; 0.01 is a hundred times.
        now_us: Wall clock, microseconds UTC.
        new_id: Fresh id with a readable prefix (``new_id("shot")``).
        choose: Decides which model takes the next take.
        watch: Who wants to know how long steps take and how they end.
        callback: Address that a vendor may call about a job, by vendor and job id; ``None`` where nobody listens.
        shares: Whether a film's routing learns from the takes of other films.
        lease: Holds a conversation's or shot's turn, so that two runs of one thread never overlap.
    """

    store: Store
    clips: Clips
    darkroom: Darkroom
    planner: Planner
    eyes: Eyes
    vendors: Mapping[str, VideoModel]
    sandbox: frozenset[str]
    now_us: Callable[[], int]
    new_id: Callable[[str], str]
    lease: Callable[[str], AbstractAsyncContextManager[None]]
    circuits: Circuits
    lines: Lines
    fail: Failpoints
    sandbox_pace: float
    sleep: Callable[[float], Awaitable[None]]
    choose: routing.Choose = routing.choose
    callback: Callable[[str, str], str] | None = None
    shares: bool = False
    watch: Watch = field(default_factory=Unwatched)

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Every variant in reach."""
        return tuple(profile for vendor in self.vendors.values() for profile in vendor.profiles)

    @property
    def called(self) -> tuple[str, ...]:
        """What a person may call a model by: the families, then each name."""
        families = dict.fromkeys(profile.family for profile in self.profiles)
        return (*families, *(profile.name for profile in self.profiles))

    def profile(self, name: str) -> Profile:
        """The profile of that name.

        Raises:
            NotFoundError: Its vendor is no longer configured.
        """
        found = next((profile for profile in self.profiles if profile.name == name), None)
        if found is None:
            raise NotFoundError(what="configured model", name=name, known=[profile.name for profile in self.profiles])
        return found

    def line_of(self, model: str) -> tuple[str, ...]:
        """The models whose jobs wait in one line with this one's for the same slots, itself among them."""
        its = self.profile(model)
        if not its.pooled:
            return (its.name,)
        return tuple(profile.name for profile in self.profiles if profile.vendor == its.vendor)

    def pace_of(self, model: str) -> float:
        """What to multiply this model's usual waits with."""
        return self.sandbox_pace if self.profile(model).vendor in self.sandbox else 1.0

    def vendor_of(self, model: str) -> VideoModel:
        """The adapter that speaks for a profile."""
        return self.vendors[self.profile(model).vendor]
