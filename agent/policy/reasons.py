"""Why a model was chosen, passed over, or none was: sentences made of the figures that decided."""

from collections.abc import Sequence

from agent.film import Thrift
from agent.money import usd
from agent.policy import ranking
from agent.policy.ranking import Candidate
from agent.policy.situation import Attempt, Situation
from prompts.blocks import Layer

_WISH = {
    Thrift.CHEAPEST: "you asked for the cheapest: lowest price among models near the best chance",
    Thrift.FAST: "you asked for a fast one: shortest wait among models near the best chance",
    Thrift.BEST: "you asked for the best: highest chance, whatever it costs below the ceilings",
}


def chosen(best: Candidate, rest: Sequence[Candidate], *, situation: Situation) -> tuple[str, ...]:
    """Why this model: what happened before, what the person wished, the figures, and what they rest on."""
    wish = situation.wishes.thrift
    told = (
        _after_last(best, rest, situation),
        _WISH[wish] if wish else None,
        f"{best.name}: {share(best.chance.whole)} to pass every layer at {_cost(best)}",
        _other_length(best, situation),
        _runner_up(best, rest) if rest and not wish else None,
        _basis(best),
    )
    return tuple(sentence for sentence in told if sentence)


def beaten(candidate: Candidate, situation: Situation) -> str:
    """Why this able model was not chosen."""
    missed = _missed_on(candidate.name, situation)
    figures = f"{share(candidate.chance.whole)} to pass at {_cost(candidate)}"
    return f"missed {_and(missed)} on this shot; {figures}" if missed else f"less for its cost: {figures}"


def not_worth_it(best: Candidate, situation: Situation) -> str:
    """Why asking the person beats the best take that could still be bought."""
    taken = sum(attempt.trouble is None for attempt in situation.attempts)
    so_far = f"after {taken} take{'s' * (taken != 1)} " if taken else ""
    return (
        f"{so_far}the best next take, {best.name}, has {share(best.chance.whole)} to pass at {_cost(best)}, "
        f"and the shot is worth {usd(situation.worth_micro_usd)}; your choice goes on from here"
    )


def used_up(situation: Situation) -> str:
    """Why no further take is made, whatever it would cost."""
    return f"{situation.takes} takes are made, the ceiling is {situation.most_takes} per shot"


def nothing_left(situation: Situation) -> str:
    """Why no model is left after some were tried."""
    tried = _and(list(dict.fromkeys(attempt.model for attempt in situation.tried)))
    return f"no other model may take this shot after {tried}; pick a take, change the shot or lift an exclusion"


def share(chance: float) -> str:
    """A chance as it is read out (``.81``)."""
    return f"{chance:.2f}".removeprefix("0")


def _after_last(best: Candidate, rest: Sequence[Candidate], situation: Situation) -> str | None:
    if not situation.attempts:
        return None
    last = situation.attempts[-1]
    if last.trouble is not None:
        return (
            f"{last.model} gave no take ({last.trouble.value.replace('_', ' ')}); this says nothing about its negatives"
        )
    missed = [layer for layer in Layer if last.layers.get(layer) is False]
    if not missed:
        return f"{last.model} could not be judged on this shot"
    if last.model == best.name:
        return _again(best, missed, situation)
    there = " and ".join(_there(best, layer) for layer in missed)
    return (
        f"{last.model} missed {_and(missed)} on this shot; {best.name} has {there} there{_at_times(best, rest, last)}"
    )


def _there(best: Candidate, layer: Layer) -> str:
    known = best.chance.layers.get(layer)
    return share(known.passes) if known else "no term"


def _again(best: Candidate, missed: Sequence[Layer], situation: Situation) -> str:
    held = [layer for layer in Layer if any(a.layers.get(layer) for a in situation.attempts if a.model == best.name)]
    kept = f"; {_and(held)} held there" if held else ""
    return f"{best.name} missed {_and(missed)}{kept}, and another take of it still is the best buy"


def _at_times(best: Candidate, rest: Sequence[Candidate], last: Attempt) -> str:
    before = next((each for each in rest if each.name == last.model), None)
    if before is None or before.price_micro_usd == 0:
        return ""
    return f" at {best.price_micro_usd / before.price_micro_usd:.1f}x the cost"


def _runner_up(best: Candidate, rest: Sequence[Candidate]) -> str | None:
    next_best = ranking.rank(rest, thrift=None)[0]
    times = next_best.price_micro_usd / max(best.price_micro_usd, 1)
    return f"next would be {next_best.name}: {share(next_best.chance.whole)} at {times:.1f}x the cost"


def _basis(best: Candidate) -> str:
    parts = [f"{layer.value} {share(chance.passes)}" for layer, chance in best.chance.layers.items()]
    takes = best.chance.takes
    source = (
        f"from {takes} first take{'s' * (takes != 1)} on this film"
        if takes
        else "from its profile, nothing measured yet"
    )
    return f"{', '.join(parts)}; {source}"


def _cost(candidate: Candidate) -> str:
    price, wait_s = usd(candidate.price_micro_usd), candidate.profile.usual_wait_s
    return f"{price} for {candidate.seconds} s, about {wait_s:.0f} s wait"


def _other_length(best: Candidate, situation: Situation) -> str | None:
    """A length that was not asked for is said; the rest of the clip is there to be cut."""
    if best.seconds == situation.seconds:
        return None
    offer = best.profile.offers[situation.material]
    return f"it makes {offer.lengths} s, so the {situation.seconds:g} s are ordered as {best.seconds} s"


def _missed_on(model: str, situation: Situation) -> list[Layer]:
    here = [attempt for attempt in situation.attempts if attempt.model == model]
    return [layer for layer in Layer if any(attempt.layers.get(layer) is False for attempt in here)]


def _and(words: Sequence[str]) -> str:
    return " and ".join(words)
