"""Which model takes the next take of a shot, or whether asking the person beats another take.

No random numbers: the same history gives the same choice, and its reasons come from the same figures.
"""

from collections.abc import Sequence
from typing import Protocol

from agent.errors import NoRouteLeftError
from agent.film import PassedOver
from agent.ledger import Trial
from agent.policy import able, nearest, ranking, reasons
from agent.policy.choice import Choice, Stop
from agent.policy.ranking import Candidate
from agent.policy.situation import Attempt, Situation
from agent.policy.tallies import Tallies, count
from agent.profiles import Profile

__all__ = ["Attempt", "Choice", "Choose", "Situation", "Stop", "choose", "weigh"]


class Choose(Protocol):
    """A way to choose the model of the next take: `choose`, or what a benchmark holds against it."""

    def __call__(self, situation: Situation, *, profiles: Sequence[Profile], trials: Sequence[Trial]) -> Choice | Stop:
        """The next take, or the advice to ask the person.

        Raises:
            NoRouteLeftError: No model may take the shot, and none was tried.
        """
        ...


def choose(situation: Situation, *, profiles: Sequence[Profile], trials: Sequence[Trial]) -> Choice | Stop:
    """The model with the best chance for its cost, or the advice to ask the person.

    Raises:
        NoRouteLeftError: No model may take the shot, and none was tried.
    """
    return weigh(situation, profiles=profiles, tallies=count(trials, leaving_out=situation.shot_id))


def weigh(situation: Situation, *, profiles: Sequence[Profile], tallies: Tallies) -> Choice | Stop:
    """As `choose`, for trials that are added up already."""
    if situation.most_takes is not None and len(situation.tried) >= situation.most_takes:
        return Stop(reason=reasons.used_up(situation), passed_over=())
    barred = _barred(situation, profiles)
    ruled_out = {passed.model for passed in barred}
    left = [profile for profile in profiles if profile.name not in ruled_out]
    candidates = ranking.candidates(left, situation, tallies=tallies)
    if not candidates:
        return _nothing_left(situation, barred, profiles=profiles)
    paying = [candidate for candidate in candidates if candidate.pays(situation.worth_micro_usd)]
    ranked = ranking.rank(paying or candidates, thrift=situation.wishes.thrift)
    rest = [candidate for candidate in candidates if candidate is not ranked[0]]
    # The person asked for this shot, so a first take is made; whether more of them pay is for the policy to say.
    if not paying and situation.tried:
        return Stop(
            reason=reasons.not_worth_it(ranked[0], situation), passed_over=_beaten(candidates, situation) + barred
        )
    return _chosen(ranked[0], rest, situation=situation, barred=barred)


def _barred(situation: Situation, profiles: Sequence[Profile]) -> tuple[PassedOver, ...]:
    return tuple(PassedOver(model=model, why=why) for model, why in able.barred(situation, profiles=profiles).items())


def _nothing_left(situation: Situation, barred: tuple[PassedOver, ...], *, profiles: Sequence[Profile]) -> Stop:
    if not situation.tried:
        told = [(passed.model, passed.why) for passed in barred]
        raise NoRouteLeftError(reasons=told, advice=nearest.advice(situation, profiles=profiles))
    return Stop(reason=reasons.nothing_left(situation), passed_over=barred)


def _chosen(
    best: Candidate, rest: Sequence[Candidate], *, situation: Situation, barred: tuple[PassedOver, ...]
) -> Choice:
    return Choice(
        model=best.name,
        seconds=best.seconds,
        chance=best.chance.whole,
        cost_micro_usd=best.price_micro_usd,
        reasons=reasons.chosen(best, rest, situation=situation),
        passed_over=_beaten(rest, situation) + barred,
        weighed=(best, *rest),
    )


def _beaten(candidates: Sequence[Candidate], situation: Situation) -> tuple[PassedOver, ...]:
    return tuple(PassedOver(model=each.name, why=reasons.beaten(each, situation)) for each in candidates)
