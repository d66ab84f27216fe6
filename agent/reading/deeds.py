"""Which deed a clause is: the ideas it must hold, in any order, and how many other words it may have.

Where `agent.reading.forms` wants a turn word for word, a deed takes every order and every wording of its ideas. The
ideas are of the film's own things (takes, shots by number, the block, money, models), which a picture seldom speaks of.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from agent.reading import vocabulary
from agent.reading.ideas import Told

UNBOUND = 1_000
"""Words that a deed may have besides, where its list names no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One way to say what shall be done.

    Attributes:
        wanted: Of each group the clause holds one idea.
        near: Of each group some clause of the turn holds one.
        barred: None of these is held.
        known: The ideas whose words are of weight, or of none, but never strange.
        spare: How many strange words the clause may have.
        sure: It holds whatever the other clauses say.
    """

    name: str
    wanted: tuple[frozenset[str], ...]
    near: tuple[frozenset[str], ...]
    barred: frozenset[str]
    known: frozenset[str]
    spare: int
    sure: bool


def of(clause: Told, *, beside: frozenset[str]) -> tuple[Deed, ...]:
    """The deeds that fit a clause, the likeliest first; ``beside`` are the ideas of the whole turn."""
    near = {place for idea in clause.ideas for place in _by_idea().get(idea, ())}
    return tuple(deed for deed in map(all_of_them().__getitem__, sorted(near)) if _fits(deed, clause, beside))


@cache
def all_of_them() -> tuple[Deed, ...]:
    """The deeds of the word list, in its order."""
    return tuple(_read(entry) for entry in vocabulary.tables("deeds", "deeds"))


@cache
def _by_idea() -> Mapping[str, tuple[int, ...]]:
    """The places of the deeds by the ideas of the smallest group that each wants."""
    places: dict[str, tuple[int, ...]] = defaultdict(tuple)
    for place, deed in enumerate(all_of_them()):
        for idea in min(deed.wanted, key=len):
            places[idea] += (place,)
    return places


def _fits(deed: Deed, clause: Told, beside: frozenset[str]) -> bool:
    ideas = clause.ideas
    if ideas & deed.barred or not all(group & ideas for group in deed.wanted):
        return False
    return all(group & beside for group in deed.near) and len(clause.spare(deed.known)) <= deed.spare


def _read(entry: vocabulary.Section) -> Deed:
    wanted, near = _groups(entry, "all"), _groups(entry, "near")
    may, spare = _names(entry, "may"), entry.get("spare", UNBOUND)
    return Deed(
        name=str(entry["name"]),
        wanted=wanted,
        near=near,
        barred=_names(entry, "no"),
        known=may.union(*wanted, *near),
        spare=spare if isinstance(spare, int) else UNBOUND,
        sure=entry.get("sure") is True,
    )


def _groups(entry: vocabulary.Section, key: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split("|")) for group in sorted(_names(entry, key)))


def _names(entry: vocabulary.Section, key: str) -> frozenset[str]:
    listed = entry.get(key, [])
    return frozenset(listed) if isinstance(listed, list) else frozenset()
