"""Which models may take a shot at all: wishes, exclusions, abilities, ceilings and what vendors said."""

import re
from collections.abc import Callable, Collection, Sequence

from agent.money import usd
from agent.policy.situation import Situation
from agent.profiles import FirstFrame, Profile, Status
from agent.troubles import Step, Trouble


def why_not(profile: Profile, situation: Situation, *, profiles: Sequence[Profile]) -> str | None:
    """Why this model cannot take the shot, in words; ``None`` when it can."""
    for rule in _RULES:
        if why := rule(profile, situation, profiles):
            return why
    return None


def named(words: Collection[str], *, profiles: Sequence[Profile]) -> frozenset[str]:
    """Names of the profiles that these words mean.

    A word is a profile's name, its family or its vendor, however it is spelled; failing all three, the beginning of a
    name (``"Kling 3"``).
    """
    return frozenset(name for word in words for name in _meant(_plain(word), profiles))


def _meant(word: str, profiles: Sequence[Profile]) -> set[str]:
    exact = {p.name for p in profiles if word in (_plain(p.name), _plain(p.family), _plain(p.vendor))}
    return exact or {p.name for p in profiles if word and _plain(p.name).startswith(word)}


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.casefold())


def _retired(profile: Profile, _: Situation, __: Sequence[Profile]) -> str | None:
    return "retired by its vendor" if profile.status is Status.RETIRED else None


def _wished(profile: Profile, situation: Situation, profiles: Sequence[Profile]) -> str | None:
    wishes = situation.wishes
    if wishes.models and profile.name not in named(wishes.models, profiles=profiles):
        return f"you asked for {' or '.join(wishes.models)}"
    if profile.name in named(wishes.exclude, profiles=profiles):
        return "you ruled it out for this shot"
    if profile.name in named(situation.excluded, profiles=profiles):
        return "ruled out on this film"
    return None


def _closed(profile: Profile, situation: Situation, _: Sequence[Profile]) -> str | None:
    trouble = situation.closed.get(profile.vendor) or situation.closed.get(profile.name)
    return f"not in reach now: {trouble.advice}" if trouble else None


def _length(profile: Profile, situation: Situation, _: Sequence[Profile]) -> str | None:
    if profile.fit(situation.seconds, references=situation.references) is None:
        return f"makes at most {profile.durations[-1]} s, the shot has {situation.seconds:g} s"
    return None


def _picture(profile: Profile, situation: Situation, _: Sequence[Profile]) -> str | None:
    if situation.ratio not in profile.ratios:
        return f"does not make {situation.ratio}"
    if situation.first_frame and profile.first_frame is FirstFrame.NEVER:
        return "cannot start from a first frame"
    if not situation.first_frame and profile.first_frame is FirstFrame.REQUIRED:
        return "only starts from a first frame, and the shot has none"
    if situation.references > profile.dialect.max_references:
        return f"takes {profile.dialect.max_references} reference images, the shot has {situation.references}"
    return None


def _sayable(profile: Profile, situation: Situation, _: Sequence[Profile]) -> str | None:
    return situation.unsayable.get(profile.name)


def _refused(profile: Profile, situation: Situation, profiles: Sequence[Profile]) -> str | None:
    """A refusal is final for this prompt at the vendor; a fault of the model is final for the model."""
    vendors = {other.name: other.vendor for other in profiles}
    for attempt in situation.attempts:
        trouble = attempt.trouble
        if trouble is None:
            continue
        if trouble.refusal and vendors.get(attempt.model, attempt.model) == profile.vendor:
            return f"{attempt.model} refused this prompt, and the same vendor would judge it again"
        if _final(trouble) and attempt.model == profile.name:
            return f"failed on this shot: {trouble.advice}"
    return None


def _final(trouble: Trouble) -> bool:
    """Whether sending the same order to the same model again is pointless."""
    return trouble.step is Step.ROUTE_ELSEWHERE and not trouble.closes_vendor


def _affordable(profile: Profile, situation: Situation, _: Sequence[Profile]) -> str | None:
    length = profile.fit(situation.seconds, references=situation.references)
    price = profile.price_micro_usd(length) if length is not None else 0
    most = situation.wishes.most_micro_usd
    if most is not None and price > most:
        return f"a take costs {usd(price)}, you allowed {usd(most)}"
    if price > situation.left_micro_usd:
        return f"a take costs {usd(price)}, the ceiling leaves {usd(situation.left_micro_usd)}"
    return None


_Rule = Callable[[Profile, Situation, Sequence[Profile]], str | None]
_RULES: tuple[_Rule, ...] = (_retired, _wished, _length, _picture, _sayable, _closed, _refused, _affordable)
