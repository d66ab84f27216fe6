"""Which models may take a shot at all: wishes, exclusions, abilities, ceilings and what vendors said."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.money import usd
from agent.policy.situation import Situation
from agent.profiles import Material, Offer, Profile, Status
from agent.troubles import Step, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """What a situation's words say of the profiles at hand, read once for all of them.

    Attributes:
        wished: Names that were asked for; ``None`` where none were.
        vendors: Of every profile, by its name.
    """

    wished: frozenset[str] | None
    out_of_shot: frozenset[str]
    out_of_film: frozenset[str]
    vendors: Mapping[str, str]


def why_not(profile: Profile, situation: Situation, *, profiles: Sequence[Profile]) -> str | None:
    """Why this model cannot take the shot, in words; ``None`` when it can."""
    return _why_not(profile, situation, _read(situation, profiles))


def barred(situation: Situation, *, profiles: Sequence[Profile]) -> dict[str, str]:
    """The same for all of them at once: by name, those that cannot and why."""
    meant = _read(situation, profiles)
    whys = ((profile.name, _why_not(profile, situation, meant)) for profile in profiles)
    return {name: why for name, why in whys if why}


def named(words: Collection[str], *, profiles: Sequence[Profile]) -> frozenset[str]:
    """Names of the profiles that these words wish for.

    A word is a profile's name, its family or its vendor, however it is spelled, and the narrowest of these counts:
    ``"Runway"`` means Runway's own models, not the others behind its key. Failing all three it is the beginning of a
    name or family (``"Kling 3"``).
    """
    return frozenset(name for word in words for name in _meant(_plain(word), profiles))


def ruled_out(words: Collection[str], *, profiles: Sequence[Profile]) -> frozenset[str]:
    """Names of the profiles that these words forbid, in their widest meaning.

    ``"Runway"`` is all behind its key, ``"fast"`` every profile with that word in its name.
    """
    plain = {_plain(word) for word in words}
    if not plain:
        return frozenset()
    widely = {p.name for p in profiles if plain & {_plain(p.family), _plain(p.vendor), *p.name.split("-")}}
    return named(words, profiles=profiles) | widely


def _meant(word: str, profiles: Sequence[Profile]) -> set[str]:
    called = [(p.name, [_plain(name) for name in (p.name, p.family, p.vendor)]) for p in profiles]
    for rank in range(3):
        if exact := {name for name, names in called if names[rank] == word}:
            return exact
    return {name for name, names in called if word and any(each.startswith(word) for each in names[:2])}


def _why_not(profile: Profile, situation: Situation, meant: _Meant) -> str | None:
    return next(filter(None, (rule(profile, situation, meant) for rule in _RULES)), None)


def _read(situation: Situation, profiles: Sequence[Profile]) -> _Meant:
    wishes = situation.wishes
    return _Meant(
        wished=named(wishes.models, profiles=profiles) if wishes.models else None,
        out_of_shot=ruled_out(wishes.exclude, profiles=profiles),
        out_of_film=ruled_out(situation.excluded, profiles=profiles),
        vendors={profile.name: profile.vendor for profile in profiles},
    )


@lru_cache(maxsize=1024)
def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.casefold())


def _retired(profile: Profile, _: Situation, __: _Meant) -> str | None:
    return "retired by its vendor" if profile.status is Status.RETIRED else None


def _wished(profile: Profile, situation: Situation, meant: _Meant) -> str | None:
    if meant.wished is not None and profile.name not in meant.wished:
        return f"you asked for {' or '.join(situation.wishes.models)}"
    if profile.name in meant.out_of_shot:
        return "you ruled it out for this shot"
    return "ruled out on this film" if profile.name in meant.out_of_film else None


def _closed(profile: Profile, situation: Situation, _: _Meant) -> str | None:
    trouble = situation.closed.get(profile.vendor) or situation.closed.get(profile.name)
    return f"not in reach now: {trouble.advice}" if trouble else None


def _takes(profile: Profile, situation: Situation, _: _Meant) -> str | None:
    """Whether it takes what goes out with the words."""
    goes_out = situation.material
    offer = profile.offer(goes_out)
    if offer is None:
        return _wants_a_frame(profile) if goes_out is Material.WORDS else f"does not take {goes_out}"
    if situation.references > profile.dialect.max_references:
        return f"takes {profile.dialect.max_references} reference images, the shot has {situation.references}"
    if offer.registered_only and profile.vendor not in situation.registered:
        return f"takes only references that are registered at {profile.vendor}, and not all of the shot's are"
    return None


def _wants_a_frame(profile: Profile) -> str:
    starts = Material.FIRST in profile.offers
    return "only starts from a first frame, and the shot has none" if starts else "does not take words alone"


def _length(profile: Profile, situation: Situation, _: _Meant) -> str | None:
    offer = _offer(profile, situation)
    if offer.fit(situation.seconds) is None:
        return f"makes at most {offer.durations[-1]} s, the shot has {situation.seconds:g} s"
    return None


def _shape(profile: Profile, situation: Situation, _: _Meant) -> str | None:
    offer = _offer(profile, situation)
    return None if offer.makes(situation.ratio) else f"makes {', '.join(offer.ratios)}, the shot is {situation.ratio}"


def _sayable(profile: Profile, situation: Situation, _: _Meant) -> str | None:
    return situation.unsayable.get(profile.name)


def _refused(profile: Profile, situation: Situation, meant: _Meant) -> str | None:
    """A refusal is final for this prompt at the vendor; a fault of the model is final for the model."""
    for attempt in situation.attempts:
        trouble = attempt.trouble
        if trouble is None:
            continue
        if trouble.refusal and meant.vendors.get(attempt.model, attempt.model) == profile.vendor:
            return f"{attempt.model} refused this prompt, and the same vendor would judge it again"
        if _final(trouble) and attempt.model == profile.name:
            return f"failed on this shot: {trouble.advice}"
    return None


def _final(trouble: Trouble) -> bool:
    """Whether sending the same order to the same model again is pointless."""
    return trouble.step is Step.ROUTE_ELSEWHERE and not trouble.closes_vendor


def _affordable(profile: Profile, situation: Situation, _: _Meant) -> str | None:
    offer = _offer(profile, situation)
    price = offer.price_micro_usd(offer.fit(situation.seconds) or 0)
    most = situation.wishes.most_micro_usd
    if most is not None and price > most:
        return f"a take costs {usd(price)}, you allowed {usd(most)}"
    if price > situation.left_micro_usd:
        return f"a take costs {usd(price)}, the ceiling leaves {usd(situation.left_micro_usd)}"
    return None


def _offer(profile: Profile, situation: Situation) -> Offer:
    """What it makes of this shot, once `_takes` has let it through."""
    return profile.offers[situation.material]


_Rule = Callable[[Profile, Situation, _Meant], str | None]
_RULES: tuple[_Rule, ...] = (_retired, _wished, _takes, _length, _shape, _sayable, _closed, _refused, _affordable)
