"""The order in which the able models come, and how a wish about money or time bends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.film import Thrift
from agent.policy import chances, pricing
from agent.policy.chances import Chance, Ground
from agent.policy.situation import Situation
from agent.policy.tallies import Tallies
from agent.profiles import Profile

NEAR_BEST = 0.5
"""``cheapest`` and ``fast`` choose among models with at least this share of the best chance: a model that has just
missed its format here is out, a model that merely costs less is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One model that may take the shot.

    Attributes:
        seconds: Length it would be ordered at.
        price_micro_usd: What its take costs.
        effort_micro_usd: Price and wait of a take together (`pricing.effort`).
    """

    profile: Profile
    seconds: int
    chance: Chance
    price_micro_usd: int
    effort_micro_usd: int

    @property
    def name(self) -> str:
        """Name of the profile."""
        return self.profile.name

    def pays(self, worth_micro_usd: int) -> bool:
        """Whether its chance of a finished shot is worth its take."""
        return self.chance.whole * worth_micro_usd >= self.effort_micro_usd


def candidates(profiles: Sequence[Profile], situation: Situation, *, tallies: Tallies) -> list[Candidate]:
    """The models that `able` lets through, with their chances and cost."""
    on = chances.grounds(situation, tallies, profiles=profiles)
    return [_candidate(profile, situation, on=on, tallies=tallies) for profile in profiles]


def _candidate(profile: Profile, situation: Situation, *, on: Sequence[Ground], tallies: Tallies) -> Candidate:
    offer = profile.offer(situation.material)
    seconds = offer.fit(situation.seconds) if offer else None
    if offer is None or seconds is None:
        raise ValueError(f"{profile.name} cannot make {situation.seconds:g} s; ask able.why_not first")
    price_micro_usd = offer.price_micro_usd(seconds)
    return Candidate(
        profile=profile,
        seconds=seconds,
        chance=chances.estimate(profile, situation.attempts, on=on, tallies=tallies),
        price_micro_usd=price_micro_usd,
        effort_micro_usd=pricing.effort(profile, price_micro_usd=price_micro_usd),
    )


def rank(candidates: Sequence[Candidate], *, thrift: Thrift | None) -> list[Candidate]:
    """Best first: by chance for cost, unless a wish says otherwise. Ties go to the lower cost, then by name.

    ``best`` looks at the chance alone; ``cheapest`` at the price and ``fast`` at the usual wait of the models that
    come near the best chance.
    """
    best = max(candidate.chance.whole for candidate in candidates)
    return sorted(candidates, key=lambda candidate: _place(candidate, thrift=thrift, best=best))


def _place(candidate: Candidate, *, thrift: Thrift | None, best: float) -> tuple[bool, float, int, str]:
    far = candidate.chance.whole < best * NEAR_BEST
    tie = (candidate.effort_micro_usd, candidate.name)
    match thrift:
        case Thrift.BEST:
            return (False, -candidate.chance.whole, *tie)
        case Thrift.CHEAPEST:
            return (far, float(candidate.price_micro_usd), *tie)
        case Thrift.FAST:
            return (far, candidate.profile.usual_wait_s, *tie)
        case None:
            return (False, -candidate.chance.whole / max(candidate.effort_micro_usd, 1), *tie)
