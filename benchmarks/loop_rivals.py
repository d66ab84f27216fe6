"""What the agent is held against: other ways to choose the next model, and the agent with other eyes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent.errors import NoRouteLeftError
from agent.film import PassedOver
from agent.ledger import Trial
from agent.policy import able, routing
from agent.policy.routing import Choice, Choose, Situation, Stop
from agent.profiles import Profile

AGENT, CHEAPEST = "agent", "cheapest first"
BLIND, GUESSING, KNOWING = "agent, blind", "agent, guessing", "agent, all-seeing"
FIXED = ("kling-3.0", "kling-v3-legacy")
"""A usual choice, and the one whose profile promises most for its price."""


class Inspecting(StrEnum):
    """Who looks at a rival's takes."""

    CHECKS = "the checks and the judge"
    NOBODY = "nobody: the first take is delivered"
    CHANCE = "chance, which sees as much as is there and knows not where"
    TRUTH = "the stand-ins' own record of what was drawn"


INSPECTED: Mapping[str, Inspecting] = {
    BLIND: Inspecting.NOBODY,
    GUESSING: Inspecting.CHANCE,
    KNOWING: Inspecting.TRUTH,
}
"""The agent with other eyes: what its looking is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One way to make the film."""

    name: str
    choose: Choose
    inspecting: Inspecting = Inspecting.CHECKS


def rival(name: str) -> Rival:
    """The rival of that name; ``only MODEL`` takes the shot again and again with one model."""
    if name == AGENT:
        return Rival(name=name, choose=routing.choose)
    if name in INSPECTED:
        return Rival(name=name, choose=routing.choose, inspecting=INSPECTED[name])
    if name == CHEAPEST:
        return Rival(name=name, choose=cheapest_first)
    return Rival(name=name, choose=Only(model=name.removeprefix("only ")))


def names() -> tuple[str, ...]:
    """All of them, the agent first."""
    return (AGENT, *(f"only {model}" for model in FIXED), CHEAPEST, *INSPECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """One model for every take, as long as the ceilings allow."""

    model: str

    def __call__(self, situation: Situation, *, profiles: Sequence[Profile], trials: Sequence[Trial]) -> Choice | Stop:
        """Another take of the model."""
        return _first([profile for profile in profiles if profile.name == self.model], situation, profiles)


def cheapest_first(situation: Situation, *, profiles: Sequence[Profile], trials: Sequence[Trial]) -> Choice | Stop:
    """The next model by ascending price that has not had this shot yet."""
    had = {attempt.model for attempt in situation.attempts}
    ascending = sorted(profiles, key=lambda profile: (_take(profile, situation)[1], profile.name))
    return _first([profile for profile in ascending if profile.name not in had], situation, profiles)


def _first(wanted: Sequence[Profile], situation: Situation, profiles: Sequence[Profile]) -> Choice | Stop:
    """The first of them that may take the shot at all, by the agent's own conditions."""
    whys = {profile.name: able.why_not(profile, situation, profiles=profiles) for profile in wanted}
    chosen = next((profile for profile in wanted if whys[profile.name] is None), None)
    if chosen is not None:
        return _choice(chosen, situation)
    if not situation.attempts:
        raise NoRouteLeftError(reasons=[(name, why) for name, why in whys.items() if why])
    passed_over = tuple(PassedOver(model=name, why=why) for name, why in whys.items() if why)
    return Stop(reason="no model is left", passed_over=passed_over)


def _choice(profile: Profile, situation: Situation) -> Choice:
    seconds, price_micro_usd = _take(profile, situation)
    return Choice(
        model=profile.name,
        seconds=seconds,
        chance=0.0,
        cost_micro_usd=price_micro_usd,
        reasons=("a benchmark's choice",),
        passed_over=(),
    )


def _take(profile: Profile, situation: Situation) -> tuple[int, int]:
    """Length and price of its take; nothing of either where it cannot take the shot."""
    offer = profile.offer(situation.material)
    seconds = offer.fit(situation.seconds) or 0 if offer else 0
    return seconds, offer.price_micro_usd(seconds) if offer else 0
