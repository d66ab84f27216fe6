"""What is on offer near a shot that no model makes as it was asked for."""

import math
from collections.abc import Sequence
from dataclasses import replace

from agent.errors import few
from agent.policy import able
from agent.policy.framing import proportion
from agent.policy.situation import Situation
from agent.profiles import Profile


def advice(situation: Situation, *, profiles: Sequence[Profile]) -> str:
    """The nearest length or picture on offer, and whose; empty where neither is what stands in the way.

    It is offered, never taken: the person says whether the shot is changed.
    """
    for nearby in (_other_lengths(situation, profiles), _other_ratios(situation, profiles)):
        for changed, told in nearby:
            names = [each.name for each in profiles if able.why_not(each, changed, profiles=profiles) is None]
            if names:
                return f"the nearest on offer is {told} ({few(sorted(names))})"
    return ""


def _other_lengths(situation: Situation, profiles: Sequence[Profile]) -> list[tuple[Situation, str]]:
    """The same shot at each length that is made from its material, nearest first."""
    offers = [offer for profile in profiles if (offer := profile.offer(situation.material))]
    lengths = {length for offer in offers for length in offer.durations}
    nearest = sorted(lengths, key=lambda length: (abs(length - situation.seconds), length))
    return [(replace(situation, seconds=float(length)), f"{length} s") for length in nearest]


def _other_ratios(situation: Situation, profiles: Sequence[Profile]) -> list[tuple[Situation, str]]:
    """The same shot in each picture that is made from its material, nearest first."""
    offers = [offer for profile in profiles if (offer := profile.offer(situation.material))]
    ratios = {ratio for offer in offers for ratio in offer.ratios}
    nearest = sorted(ratios, key=lambda ratio: (abs(_stretch(ratio) - _stretch(situation.ratio)), ratio))
    return [(replace(situation, ratio=ratio), ratio) for ratio in nearest]


def _stretch(ratio: str) -> float:
    """How wide a picture is, so that twice as wide and half as wide are equally far from square."""
    return math.log(proportion(ratio))
