"""How many jobs go to a vendor at once: what the profile says, less what the vendor has refused lately."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.profiles import Profile

RUNS_AT_ONCE = 4  # shots whose graph moves at the same time in one process; clips rendered at vendors do not count
FORGETS_AFTER_S = 300.0
"""A full account may have been somebody else's doing: then one slot more is tried. Where that is taken, all of them are
again; where it is refused, the next try is twice as far away."""

RAREST = 4.0  # how many times as long the tries may come to lie apart

FIRST_WAIT_S = (
    10.0  # where a vendor asks to be left alone and does not say how long; then twice as long, up to the last
)
LAST_WAIT_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Narrowed:
    """What refusals have left of a line.

    Attributes:
        slots: Jobs that the vendor had when it refused one more.
        refusals: How often it was refused again after it had been widened.
    """

    slots: int
    refusals: int
    since_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shut:
    """A line whose vendor wants to be left alone; ``times`` counts how often in a row."""

    until_s: float
    times: int


class Lines:
    """One line per model, or per vendor where its models share their slots. In memory: a restart asks afresh."""

    def __init__(self, *, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._narrowed: dict[str, _Narrowed] = {}
        self._shut: dict[str, _Shut] = {}

    def slots(self, profile: Profile) -> int:
        """Jobs that may be at the vendor at once; none while it wants to be left alone."""
        return 0 if self.opens_in_s(profile) else self._width(profile)

    def opens_in_s(self, profile: Profile) -> float:
        """How long nothing is sent because the vendor said so; 0 where it may be tried."""
        shut = self._shut.get(_line(profile))
        return max(0.0, shut.until_s - self._now_s()) if shut else 0.0

    def refused(self, profile: Profile, *, at_vendor: int) -> None:
        """The vendor takes no more than the jobs of this line it has: so many are its slots now, and never none."""
        known, width = self._narrowed.get(_line(profile)), self._width(profile)
        again = known is None or width > known.slots
        self._narrowed[_line(profile)] = _Narrowed(
            slots=max(1, min(at_vendor, width)),
            refusals=(known.refusals if known else 0) + again,
            since_s=self._now_s(),
        )

    def shut(self, profile: Profile, *, wait_s: float | None) -> None:
        """The vendor wants to be left alone, for so long where it says that."""
        known = self._shut.get(_line(profile))
        times = known.times if known else 0
        alone_s = wait_s or min(FIRST_WAIT_S * 2.0**times, LAST_WAIT_S)
        self._shut[_line(profile)] = _Shut(until_s=self._now_s() + alone_s, times=times + 1)

    def accepted(self, profile: Profile, *, at_vendor: int) -> None:
        """The vendor takes jobs, and now has so many of the line: as many as it had may not be all it takes."""
        self._shut.pop(_line(profile), None)
        narrowed = self._narrowed.get(_line(profile))
        if narrowed is not None and at_vendor > narrowed.slots:
            del self._narrowed[_line(profile)]

    def narrowed(self, profile: Profile) -> bool:
        """Whether fewer slots are used than the profile has."""
        return _line(profile) in self._narrowed

    def _width(self, profile: Profile) -> int:
        narrowed = self._narrowed.get(_line(profile))
        if narrowed is None:
            return profile.slots
        apart_s = FORGETS_AFTER_S * min(2.0 ** (narrowed.refusals - 1), RAREST)
        return min(profile.slots, narrowed.slots + (self._now_s() - narrowed.since_s >= apart_s))


def _line(profile: Profile) -> str:
    return profile.vendor if profile.pooled else profile.name
