"""How many people a shot asks for, where its words leave no doubt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from agent.reading import figures, vocabulary
from agent.reading.words import Word, words
from prompts import phrases
from prompts.sheet import Sheet

MOST = 6
"""More are not counted reliably in a picture, by nobody."""

REACH = 4
"""Words that may stand between an article or a number and its noun ("two very old women")."""

_BACK = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
_THEM = frozenset({"they", "them", "their", "both"})


def asked(sheet: Sheet) -> int | None:
    """The number of people in the shot; ``None`` where nobody is named, or the words leave it open.

    Better no number than a wrong one: a take is accused by it.
    """
    elsewhere = words(f"{sheet.composition}. {sheet.atmosphere}. {sheet.mood}. {sheet.lighting}")
    if any(_noun(word) or word.text in _list("uncounted") for word in elsewhere):
        return None
    count = _Count()
    action = phrases.unquoted(sheet.action)
    for sentence in _sentences(action):
        if _may_name(sentence, action) or not count.take(sentence):
            return None
    return count.total if 0 < count.total <= MOST and count.points_back else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noun:
    """A word for one person, or for several.

    Attributes:
        count: How many it is by itself; ``None`` for a plural, which takes a number.
    """

    name: str
    gender: str
    count: int | None


@dataclass(slots=True)
class _Count:
    """Who has come in up to now."""

    total: int = 0
    met: dict[str, str] = field(default_factory=dict[str, str])
    pronouns: set[str] = field(default_factory=set[str])

    @property
    def points_back(self) -> bool:
        """Whether each pronoun can mean somebody who is counted."""
        return all(self._meant(pronoun) for pronoun in self.pronouns)

    def take(self, sentence: Sequence[Word]) -> bool:
        """Count one sentence in; false where it leaves the number open."""
        self.pronouns.update(word.text for word in sentence if word.text in _BACK or word.text in _THEM)
        if any(word.text in _list("uncounted") or "'" in word.text for word in sentence):
            return False
        nouns = {at: noun for at, noun in enumerate(map(_noun, sentence)) if noun and not _measures(sentence, at)}
        end = 0
        for at, noun in nouns.items():
            if at + 1 in nouns:  # "a boy soldier" is one
                continue
            if not self._add(noun, sentence[max(end, at - REACH) : at]):
                return False
            end = at + 1
        return True

    def _add(self, noun: _Noun, before: Sequence[Word]) -> bool:
        """Count a noun with the words before it."""
        said = [word.text for word in before]
        at, article = _last(said, _list("new") + _list("known") + _list("owned"))
        if article in _list("new") and said[max(at - 1, 0)] in _list("likened"):
            return True
        _, figure = _last(said, [word for word in said if _number(word)])
        if noun.name in self.met and article not in _list("new") and not (figure and not article):
            return True
        count = _number(figure) or noun.count
        if count is None or (article in _list("known") and self.total):  # "the dancer" after "a woman": who is that?
            return False
        self.met[noun.name] = noun.gender
        self.total += count
        return True

    def _meant(self, pronoun: str) -> bool:
        if pronoun in _THEM:
            return self.total > 1
        return bool({_BACK[pronoun], "either"}.intersection(self.met.values()))


def _last(said: Sequence[str], wanted: Sequence[str]) -> tuple[int, str]:
    """The last of some words among those said, and its place; empty where none is."""
    return next(((at, said[at]) for at in reversed(range(len(said))) if said[at] in wanted), (0, ""))


def _sentences(text: str) -> list[tuple[Word, ...]]:
    """The words of each sentence, with their places in the whole text."""
    for phrase in _list("idle"):
        text = text.replace(phrase, " " * len(phrase))
    found: list[list[Word]] = [[]]
    end = 0
    for word in words(text):
        if found[-1] and set(text[end : word.start]) & set(".!?;\n"):
            found.append([])
        found[-1].append(word)
        end = word.end
    return [tuple(sentence) for sentence in found if sentence]


def _may_name(sentence: Sequence[Word], text: str) -> bool:
    """Whether a capital stands where a person may be called by name."""
    inside = (
        word.text
        for before, word in pairwise(sentence)
        if text[word.start].isupper() and before.text not in _list("places")
    )
    return any(inside) or not (
        text[sentence[0].start].islower() or _opens(sentence[0]) or any(_noun(word) for word in sentence[:2])
    )


def _opens(word: Word) -> bool:
    known = _list("openers") + _list("new") + _list("known")
    return word.text in known or bool(_number(word.text)) or word.text.endswith("ing")


def _measures(sentence: Sequence[Word], at: int) -> bool:
    """Whether a word is the number before "of", as in "a couple of men"."""
    return bool(_number(sentence[at].text)) and at + 1 < len(sentence) and sentence[at + 1].text == "of"


def _number(word: str) -> int | None:
    named = vocabulary.table("headcount", "numbers").get(word)
    return named if isinstance(named, int) else figures.count(word)


def _noun(word: Word) -> _Noun | None:
    several = vocabulary.table("headcount", "several").get(word.text)
    if isinstance(several, int):
        return _Noun(name=word.text, gender="either", count=several)
    plurals = vocabulary.table("headcount", "plurals")
    single = str(plurals.get(word.text, word.text if word.text in _genders() else word.bare))
    gender = _genders().get(single)
    return _Noun(name=single, gender=gender, count=1 if single == word.text else None) if gender else None


@cache
def _genders() -> dict[str, str]:
    return {noun: gender for gender in ("he", "she", "either") for noun in _list(gender)}


def _list(name: str) -> tuple[str, ...]:
    return vocabulary.listed("headcount", name)
