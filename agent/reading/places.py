"""Which shot a clause names in passing, in any language, and the turn as an edit of it: "shot 2: closer".

A number alone names many things. It names a shot where the film has that shot and what follows it is no thing of its
own: "la 2 más cálida" does, "die 2 Männer" and "take 2" do not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from agent.intents import Scene
from agent.reading import vocabulary
from agent.reading.moods import Heard, Mood
from agent.reading.tongues.phrasebook import Entry, Phrasebook, Way
from agent.reading.tongues.tokens import Script, Token, tokens
from agent.reading.words import cut, tidy

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Placed:
    """A turn that names one shot.

    Attributes:
        rest: The turn without that name.
    """

    shot: int
    rest: str


def placed(heard: Sequence[Heard], scene: Scene) -> Placed | None:
    """The one shot of the film that a turn names; ``None`` where it names none, or several."""
    known = {number for number, _ in scene.shots}
    found: set[int] = set()
    rest: list[str] = []
    for each in heard:
        numbers, left = _taken_out(each, known)
        found |= numbers
        rest.append(left)
    return Placed(next(iter(found)), tidy(", ".join(filter(None, rest)))) if len(found) == 1 else None


def each(heard: Sequence[Heard], scene: Scene) -> tuple[Placed, ...]:
    """The parts of a turn, each from the clause that names a shot to the next that names another."""
    known = {number for number, _ in scene.shots}
    parts: list[Placed] = []
    for clause in heard:
        numbers, left = _taken_out(clause, known)
        if len(numbers) == 1:
            parts.append(Placed(next(iter(numbers)), left))
        elif numbers or not parts:
            return ()
        else:
            parts[-1] = replace(parts[-1], rest=tidy(f"{parts[-1].rest}, {left}"))
    return tuple(parts)


def _taken_out(each: Heard, known: set[int]) -> tuple[set[int], str]:
    """The shots that a clause names, and the clause without their names."""
    code = each.language.code if each.language else ENGLISH
    found = tokens(each.text)
    named = {
        match.first: (int(match.english), found[match.first].start, found[match.last].end)
        for match in _places(code).matches(found)
        if match.english.isdigit()
        and int(match.english) in known
        and (_is_named(found[match.first : match.last + 1], code) or _ends(found[match.last + 1 :], each, code))
    }
    if not named and len(found) == 1 and found[0].text.isdigit() and int(found[0].text) in known:
        return {int(found[0].text)}, ""
    left = cut(each.text, [(start, end) for _, start, end in named.values()])
    return {number for number, _, _ in named.values()}, tidy(left)


def _is_named(found: Sequence[Token], code: str) -> bool:
    """Whether the words say that it is a shot: "the second one", "plan 3"."""
    return any(token.text in _words(code, "names") for token in found)


def _ends(after: Sequence[Token], each: Heard, code: str) -> bool:
    """Whether the name of the shot ends there, rather than counting what follows."""
    if not after:
        return True
    if after[0].text in _words(code, "takes") or after[0].script is Script.NUMBER:
        return False
    return (each.language is not None and each.mood is Mood.ORDER) or after[0].text in _followers(code)


@cache
def _words(code: str, name: str) -> frozenset[str]:
    return frozenset(token.text for word in _listed(code, name) for token in tokens(word))


@cache
def _followers(code: str) -> frozenset[str]:
    """Small words, acts and comparisons, which a number does not count."""
    acts = "sure_acts" if code == ENGLISH else "acts"  # "the first frame" is no shot
    spelled = [*_listed(code, "followers"), *_moods(code, acts), *_moods(code, "bids"), *_moods(code, "tells")]
    if code == ENGLISH:
        spelled += vocabulary.listed("turns", "edit", "compared") + vocabulary.listed("turns", "bags", "glue")
    else:
        spelled += [word for name in ("glue", "marks") for word in vocabulary.listed("tongue", name, tongue=code)]
    return frozenset(next(iter(tokens(phrase))).text for phrase in spelled if tokens(phrase))


@cache
def _places(code: str) -> Phrasebook:
    spelled = [(phrase, Entry(Way.CUE, "#")) for phrase in _listed(code, "shot")]
    return Phrasebook(spelled, numbers=_numbers(code))


def _numbers(code: str) -> Mapping[str, str]:
    name = "moods" if code == ENGLISH else "turns"
    ordinals = {
        token.text: number
        for number in vocabulary.table(name, "places", "nth", tongue=code)
        for word in vocabulary.listed(name, "places", "nth", number, tongue=code)
        for token in tokens(word)
    }
    if code == ENGLISH:
        return ordinals
    counted = vocabulary.table("tongue", "numbers", tongue=code)
    return ordinals | {token.text: str(counted[word]) for word in counted for token in tokens(word)}


def _listed(code: str, name: str) -> tuple[str, ...]:
    if code == ENGLISH:
        return vocabulary.listed("moods", "places", name)
    return vocabulary.listed("turns", "places", name, tongue=code)


def _moods(code: str, name: str) -> tuple[str, ...]:
    return (
        vocabulary.listed("moods", name) if code == ENGLISH else vocabulary.listed("turns", "moods", name, tongue=code)
    )
