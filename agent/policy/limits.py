"""What the models in reach make of planned shots: which no model can take, and what would help. Plain values in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.errors import PromptError
from agent.film import Wishes
from agent.money import usd
from agent.policy import able, framing, nearest
from agent.policy.framing import Framed
from agent.policy.situation import Situation
from agent.profiles import Profile, Status
from prompts import terms
from prompts.conflicts import Between, Conflict
from prompts.prompt import Prompt
from prompts.render import render

MOST_REASONS = 3
MOST_MODELS = 4
"""Reasons and models that one sentence names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One planned shot as routing will see it.

    Attributes:
        name: What the list calls it.
        number: What the film will call it, for the words to answer with.
    """

    name: str
    number: int
    situation: Situation
    prompt: Prompt
    frames: tuple[Framed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Barrier:
    """Why a shot cannot be taken, the same words for every shot that it is true of."""

    why: str
    advice: str


def find(wanted: Sequence[Wanted], *, profiles: Sequence[Profile], left_micro_usd: int) -> tuple[Conflict, ...]:
    """One conflict per barrier with all its shots; then what the block keeps off, and what all of it costs at least.

    Args:
        wanted: The shots, in the order of the list.
        profiles: Every variant in reach.
        left_micro_usd: What the film's own ceiling leaves for all of them together.
    """
    in_reach = [profile for profile in profiles if profile.status is not Status.RETIRED]
    barred: dict[_Barrier, list[str]] = {}
    prices: list[int] = []
    known: dict[tuple[object, ...], tuple[Profile, ...]] = {}
    for shot in wanted:
        asked = _asked(shot.situation)
        if asked not in known:
            known[asked] = _able(shot.situation, in_reach)
        cheapest = _cheapest(shot, in_reach, known[asked])
        if isinstance(cheapest, _Barrier):
            barred.setdefault(cheapest, []).append(shot.name)
        else:
            prices.append(cheapest)
    told = (_conflict(barrier, names, of=len(wanted)) for barrier, names in barred.items())
    return (*told, *_unsayable(wanted, in_reach), *_too_dear(prices, left_micro_usd))


def _asked(situation: Situation) -> tuple[object, ...]:
    """What of a plan the models' limits look at: most shots of a list ask the same, and are weighed once."""
    asked = (situation.seconds, situation.ratio, situation.wishes, situation.excluded, situation.left_micro_usd)
    return (*asked, situation.material, situation.references, situation.registered)


def _able(situation: Situation, profiles: Sequence[Profile]) -> tuple[Profile, ...]:
    """The models that could take the shot, cheapest first."""
    can = [profile for profile in profiles if able.why_not(profile, situation, profiles=profiles) is None]
    return tuple(sorted(can, key=lambda each: _price(each, situation)))


def _cheapest(shot: Wanted, profiles: Sequence[Profile], can: Sequence[Profile]) -> int | _Barrier:
    """The price of the cheapest take that can be made and told, or why there is none."""
    if unfit := _unfit(shot, profiles):
        return unfit
    if not can:
        return _none_can(shot.situation, profiles)
    complaints: list[str] = []
    for profile in can:
        try:
            render(shot.prompt, profile.dialect, model=profile.name)
            return _price(profile, shot.situation)
        except PromptError as error:
            complaints.append(str(error))
    return _Barrier(why=f"the words fit none of the {len(can)} models that could take it", advice=complaints[0])


def _unfit(shot: Wanted, profiles: Sequence[Profile]) -> _Barrier | None:
    offers = [offer for profile in profiles if (offer := profile.offer(shot.situation.material))]
    why = framing.mismatch(shot.frames, ratio=shot.situation.ratio, offers=offers, shot=shot.number)
    return _Barrier(why="its frames do not fit", advice=why) if why else None


def _none_can(situation: Situation, profiles: Sequence[Profile]) -> _Barrier:
    """What stands in the way: the wishes, if others could; else the shot itself."""
    free = replace(situation, wishes=Wishes(), excluded=())
    others = [each.name for each in profiles if able.why_not(each, free, profiles=profiles) is None]
    if others:
        return _Barrier(
            why=_reasons(situation, profiles, asked_for=True),
            advice=f"another model can: {_listed(others)}; lift the wish, or change the shot",
        )
    near = nearest.advice(free, profiles=profiles)
    return _Barrier(why=_reasons(free, profiles), advice=near or "change the shot or split it in two")


def _reasons(situation: Situation, profiles: Sequence[Profile], *, asked_for: bool = False) -> str:
    """Why not, with the number of models each reason is true of; of those wished for alone, where some are."""
    wished = able.named(situation.wishes.models, profiles=profiles) if asked_for else frozenset[str]()
    asked = [profile for profile in profiles if not wished or profile.name in wished]
    whys = Counter(filter(None, (able.why_not(each, situation, profiles=profiles) for each in asked)))
    told = [f"{why} ({_models(number)})" for why, number in whys.most_common(MOST_REASONS)]
    rest = len(whys) - len(told)
    return "; ".join(told) + (f"; {rest} more reasons" if rest else "")


def _conflict(barrier: _Barrier, names: Sequence[str], *, of: int) -> Conflict:
    return Conflict(
        between=Between.SHOT_MODELS,
        shots=tuple(names),
        sentence=f"{len(names)} of {of} cannot be shot by any model in reach: {barrier.why}",
        advice=barrier.advice,
        sure=True,
    )


def _unsayable(wanted: Sequence[Wanted], profiles: Sequence[Profile]) -> Iterator[Conflict]:
    """Models that a term of the block keeps off, because they take positive wording only and nothing says it so."""
    positive = [profile.name for profile in profiles if profile.dialect.forbids_negative]
    found: dict[str, list[str]] = {}
    for shot in wanted:
        for term in shot.prompt.terms:
            if positive and terms.inversion(term.text, style=shot.prompt.style.text) is None:
                found.setdefault(term.text, []).append(shot.name)
    for text, names in found.items():
        yield Conflict(
            between=Between.SHOT_MODELS,
            shots=tuple(names),
            terms=(text,),
            sentence=f"{text!r} cannot be said positively, so {_listed(positive)} cannot take {len(names)} "
            f"of {len(wanted)}; {_models(len(profiles) - len(positive))} can be told",
            advice=f"leave it, reword {text!r} as a term of the vocabulary, or exempt it where such a model is wanted",
        )


def _too_dear(prices: Sequence[int], left_micro_usd: int) -> Iterator[Conflict]:
    least = sum(prices)
    if prices and least > left_micro_usd:
        yield Conflict(
            between=Between.MONEY,
            sentence=f"one take each of {len(prices)} by the cheapest model comes to {usd(least)}, "
            f"and the film's ceiling leaves {usd(left_micro_usd)}",
            advice="raise the film's ceiling, shorten shots, or make fewer",
            sure=True,
        )


def _price(profile: Profile, situation: Situation) -> int:
    offer = profile.offers[situation.material]
    return offer.price_micro_usd(offer.fit(situation.seconds) or 0)


def _models(number: int) -> str:
    return "1 model" if number == 1 else f"{number} models"


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - MOST_MODELS
    return ", ".join(names[:MOST_MODELS]) + (f" and {rest} more" if rest > 0 else "")
