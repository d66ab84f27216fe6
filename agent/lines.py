"""How many jobs go to a vendor at once: what the profile says, less what the vendor has refused lately."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.profiles import Profile

FORGETS_AFTER_S = 600.0  # a full account may have been somebody else's doing; then all slots are tried again


@dataclass(frozen=True, slots=True, kw_only=True)
class _Narrowed:
    slots: int
    since_s: float


class Lines:
    """One line per model, or per vendor where its models share their slots. In memory: a restart asks afresh."""

    def __init__(self, *, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._narrowed: dict[str, _Narrowed] = {}

    def slots(self, profile: Profile) -> int:
        """Jobs that may be at the vendor at once."""
        narrowed = self._narrowed.get(_line(profile))
        if narrowed is None or self._now_s() - narrowed.since_s > FORGETS_AFTER_S:
            return profile.slots
        return narrowed.slots

    def refused(self, profile: Profile) -> None:
        """The vendor said that its slots were taken before ours were: one less from now on, and never none."""
        self._narrowed[_line(profile)] = _Narrowed(slots=max(self.slots(profile) - 1, 1), since_s=self._now_s())


def _line(profile: Profile) -> str:
    return profile.vendor if profile.pooled else profile.name
