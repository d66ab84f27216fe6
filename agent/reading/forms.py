"""Whole turns of a fixed form, such as ``move shot {shot} before {other}``: the forms are data, this reads them.

A form is words, ``[words that may be left out]``, ``(one|or another)`` and ``{slots}``. Punctuation between words does
not count, nor do words of courtesy before and after. A form is the whole turn, so what a shot says is never taken for
one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from agent.reading import vocabulary
from agent.reading.words import words

LONGEST = 60
"""Words of a turn that is looked at; longer ones describe shots."""
LIST = re.compile(r"\s*(?:[,;/\n]|\band\b)\s*", re.IGNORECASE)
"""Between the items of a slot that holds a list."""

_APART = r"(?:(?<!\S)|[\s,;:.!?…–—-]+)"
"""Between words, and nothing before the first one."""
_END = r"[\s,;:.!?…–—-]*$"
_NUMBER = r"#?\s?\d{1,4}"
_NTH = (
    r"# ?\d{1,2}|\d{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|last|latest|newest|"
    r"one|two|three|four|five|six"
)
_LINK = r"(?:\s?,\s?and\s|\s?(?:,|&|-|–)\s?|\s(?:and|to|through|thru|till|until|plus)\s)"
_END_OF_LIST = r"the (?:last|first|final|opening|closing) shot"
_PART = r"(?:[a-z]+ )?[a-z]+"
_SLOTS: Mapping[str, str] = {
    "shot": rf"(?:{_END_OF_LIST}|(?:(?:the )?(?:shots?|sh|number|no) ?)?{_NUMBER})",
    "other": rf"(?:{_END_OF_LIST}|(?:(?:the )?(?:shots?|sh|number|no) ?)?{_NUMBER})",
    "shots": rf"(?:{_END_OF_LIST}|(?:(?:the )?(?:shots?|sh) ?)?{_NUMBER}(?:{_LINK}(?:(?:shots?|sh) ?)?{_NUMBER})*)",
    "this": r"(?:it|this|that|this one|that one|(?:this|that|the current|the present|this one) shot)",
    "nth": rf"(?:{_NTH})",
    "n": r"(?:\d{1,3}|one|two|three|four|five|six)",
    "money": r"(?:\$ ?)?\d[\d,]*(?:\.\d{1,2})?k?(?: ?(?:dollars?|usd|bucks))?",
    "model": r"[\w.]+(?:[ -][\w.]+){0,2}",
    "kind": r"[\w'\ue000-\uf8ff-]+(?: [\w'\ue000-\uf8ff-]+){0,3}",
    "parts": rf"{_PART}(?:(?:,| and|, and) (?:the )?{_PART})*",
    "rest": r".+?",
    "more": r".+?",
}
_TOKEN = re.compile(r"\{(\w+)\}|([\[\]()|])|([^\s\[\](){}|]+)")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_CHUNK = re.compile(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|[^\s()]+")
"""A choice of words with choices inside, or a word."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a turn has: its name and what stood in its slots."""

    name: str
    slots: Mapping[str, str]


def read(text: str, name: str) -> Form | None:
    """The turn as one of the forms of that name, with what its slots hold as typed."""
    able = _able(text).get(name, ())
    for start in _starts(text) if able else ():
        for form in able:
            match = form.pattern.match(text, start)
            if match is not None:
                return Form(name, {_slot(group): said for group, said in match.groupdict().items() if said})
    return None


def near(text: str) -> Set[str]:
    """The names of the forms that a turn may have, by the words that each demands."""
    return _able(text).keys()


class _Known(NamedTuple):
    """A form of the word list: its place and name there, and of each group of words one that a turn must hold."""

    place: int
    name: str
    typed: str
    demanded: tuple[frozenset[str], ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The form as an expression."""
        return _pattern(self.typed)


@lru_cache(maxsize=128)  # every name is asked for with the same text
def _able(text: str) -> Mapping[str, tuple[_Known, ...]]:
    """By name the forms whose demanded words a text holds: few are ever matched."""
    found = words(text)
    if not found or len(found) > LONGEST:
        return {}
    said = frozenset(word.text for word in found)
    begun = {form for word in (*said, "") for form in _by_word().get(word, ())}
    able: dict[str, tuple[_Known, ...]] = {}
    for form in sorted(begun):
        if all(group & said for group in form.demanded):
            able[form.name] = (*able.get(form.name, ()), form)
    return able


@cache
def _by_word() -> Mapping[str, tuple[_Known, ...]]:
    """The forms by the words of the smallest group that each demands; those that demand nothing under no word."""
    named = vocabulary.table("turns", "forms")
    listed = [(name, form) for name in named for form in vocabulary.listed("turns", "forms", name)]
    forms = [_Known(place, name, form, _demanded(form)) for place, (name, form) in enumerate(listed)]
    by_word: dict[str, tuple[_Known, ...]] = defaultdict(tuple)
    for form in forms:
        for word in min(form.demanded, key=len, default=("",)):
            by_word[word] += (form,)
    return by_word


def _demanded(form: str) -> tuple[frozenset[str], ...]:
    """For each word outside brackets that word, for each choice of words all of its words; one of each must be said."""
    while _OPTIONAL.search(form):
        form = _OPTIONAL.sub(" ", form)
    chunks = (chunk for chunk in _CHUNK.findall(form) if "{" not in chunk)
    return tuple(frozenset(word.text for word in words(chunk)) for chunk in chunks)


def _starts(text: str) -> Iterator[int]:
    """Where a form may begin: at once, with the sign of a sum or a number, or after words of courtesy."""
    found = words(text)
    lead = vocabulary.phrases("turns", "forms_around", "before")
    at, first = 0, found[0].start
    yield first - (text[:first].endswith(("$", "#")))
    while at < len(found) and (hit := lead.at(found, at)) is not None:
        at = hit.last + 1
        if at < len(found):
            yield found[at].start


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(_regex(form) + _tail(), re.IGNORECASE | re.DOTALL)


@cache
def _tail() -> str:
    after = "|".join(re.escape(word) for word in vocabulary.listed("turns", "forms_around", "after"))
    return rf"(?:{_APART}(?:{after})(?!\w))*{_END}"


def _slot(group: str) -> str:
    """The slot of a group: a slot may stand in a form more than once, a group's name may not."""
    return group.rpartition("_")[0]


def _regex(form: str) -> str:
    """A form as an expression. Each word brings the gap before it, so that what is left out leaves none."""
    built = ""
    for nth, (slot, mark, word) in enumerate(_TOKEN.findall(form)):
        if slot:
            inner = _SLOTS[slot]
            built += _APART + (inner if slot == "this" else rf"(?P<{slot}_{nth}>{inner})") + r"(?!\w)"
        elif word:
            built += _APART + re.escape(word) + r"(?!\w)"
        else:
            built += {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}[mark]
    return built
