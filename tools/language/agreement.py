"""What a language model may do alone, and what is done only where the built-in rules read the same in the message.

A language model can be talked into anything by a text it reads. So whatever outlasts the shot at hand, or says yes to
money, needs two readers: the model names it, and the rules, which no text can persuade, find it in the person's own
words. See ``docs/decisions/0011-two-readers.md``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from agent.intents import Ask, ChangeNegatives, Decide, Intent, Pick, Reject, Remark, Retake, Revise, Shoot, Unclear
from agent.steering import Borrow, Preview
from prompts.terms import identity

_ONE_SHOT = (Shoot, Revise, Borrow, Retake, Pick, Reject, Preview, Ask, Remark, Unclear)
"""Kinds that can reach no further than one shot. A kind that is not listed needs two readers: forgetting a new one
costs comfort, never a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What is left to do, and what the model wanted beyond it."""

    intents: tuple[Intent, ...]
    refused: tuple[Intent, ...]


def agree(said: Sequence[Intent], *, rules: Sequence[Intent]) -> Agreed:
    """The model's intents, each that needs it in the rules' own version; without what the rules do not read."""
    kept: list[Intent] = []
    refused: list[Intent] = []
    second = _apart(rules)
    for intent in _apart(said):
        twin = intent if alone(intent) else next((rule for rule in second if _same(intent, rule)), None)
        (refused if twin is None else kept).append(twin or intent)
    return Agreed(intents=tuple(kept), refused=tuple(refused))


def alone(intent: Intent) -> bool:
    """Whether the model's word is enough: for one shot, and for a no to what was asked."""
    match intent:
        case Decide(approve=approve):
            return not approve
        case Revise(which=which) | Borrow(which=which):
            return which is None
        case Retake(shots=shots, which=which):
            return which is None and len(shots) <= 1
        case _:
            return isinstance(intent, _ONE_SHOT)


def unread(said: Sequence[Intent], *, rules: Sequence[Intent], standing: Iterable[str]) -> tuple[str, ...]:
    """What the model keeps out of a shot though the rules read no such thing and the block does not hold it."""
    known = {identity(term) for term in (*_negatives(rules), *standing)}
    return tuple(dict.fromkeys(term for term in _negatives(said) if identity(term) not in known))


def _negatives(intents: Sequence[Intent]) -> Iterable[str]:
    for intent in intents:
        match intent:
            case Shoot(drafts=drafts):
                yield from (term for draft in drafts for term in draft.negative)
            case Revise(change=change):
                yield from change.negative
            case _:
                pass


def _apart(intents: Sequence[Intent]) -> list[Intent]:
    """Adding to the block and taking from it are two changes, however they were said."""
    apart: list[Intent] = []
    for intent in intents:
        match intent:
            case ChangeNegatives(add=add, remove=remove) if add and remove:
                apart += [replace(intent, remove=()), replace(intent, add=())]
            case _:
                apart.append(intent)
    return apart


def _same(one: Any, other: Any) -> bool:
    """Whether the rules' value says what the model's does. What one of them leaves open is no difference."""
    match one, other:
        case (None, _) | (_, None):
            return True
        case str(), str():
            return identity(one) == identity(other) or (one.strip() != "" and _folded(one) in _folded(other))
        case _ if _is_tuple(one) and _is_tuple(other):
            return len(one) == len(other) and all(any(_same(each, twin) for twin in other) for each in one)
        case _ if is_dataclass(one):
            names = [field.name for field in fields(one)]
            return type(one) is type(other) and all(_same(getattr(one, name), getattr(other, name)) for name in names)
        case _:
            return bool(one == other)


def _is_tuple(value: object) -> bool:
    return isinstance(value, tuple)


def _folded(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())
