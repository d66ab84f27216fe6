"""Images a request names as the shot's first or last frame, and the request without those words."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from agent.reading import vocabulary
from agent.reading.clauses import Clause, join, split
from agent.reading.words import Lexicon, Word, tidy, words
from prompts.references import Role

_NOUN = r"(?:ref(?:erence)?|image|img|pic(?:ture)?|still|photo)"
_NUMBERED = rf"@\w{{1,40}}|\b{_NOUN}\s?(?:#?\d{{1,3}}|(?-i:[A-HJ-Z]))\b"
_GONE = "\ue010"  # private use, as in `agent.reading.words`: stands where words about a frame were
_MOST_JOINTS = 3  # "should be the"
_STOPS = re.compile(r"[.,;!?\n]")


@dataclass(frozen=True, slots=True)
class _Mention:
    """An image named in the text: what it is called, and its first and last word.

    Attributes:
        plain: Whether it is called an image; a bare name ("the roof") may as well be a place.
    """

    label: str
    first: int
    last: int
    plain: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """What an image, or it and the next, is named as; and the first and last word of all that."""

    roles: tuple[Role, ...]
    first: int
    last: int


def read(text: str, *, labels: Sequence[str] = ()) -> tuple[tuple[tuple[str, Role], ...], str]:
    """The images by the words they are named with, each with the frame it is to be, and the rest of the text."""
    found = words(text)
    frames: list[tuple[str, Role]] = []
    spans: list[tuple[int, int]] = []
    mentions = _mentions(text, found, labels)
    for mention, after in zip_longest(mentions, mentions[1:]):
        way = _from_to(text, found, mention, after)
        named = way or _before(text, found, mention) or _behind(text, found, mention, more=bool(frames))
        if named is not None and (not spans or found[named.first].start >= spans[-1][1]):
            frames += [(each.label, role) for each, role in zip((mention, after), named.roles, strict=False) if each]
            spans.append((_start(text, found[named.first]), found[named.last].end))
    return tuple(frames), _without(text, spans) if spans else text


def _mentions(text: str, found: Sequence[Word], labels: Sequence[str]) -> list[_Mention]:
    """The images named, from left to right; a known label is given as it is spelled where it is stored."""
    known = {label.casefold(): label for label in labels if label.strip()}
    named = "|".join(re.escape(label) for label in sorted(known, key=len, reverse=True)) or "(?!)"
    pattern = rf"{_NUMBERED}|(?:\b{_NOUN}\s)?(?<!\w)(?P<known>{named})(?!\w)(?:\s{_NOUN}\b)?"
    starts = [word.start for word in found]
    mentions: list[_Mention] = []
    for match in re.finditer(pattern, text, re.IGNORECASE):
        first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end()) - 1
        label = match.group("known")
        if first <= last:
            called = match.group() if label is None else known.get(label.casefold(), label)
            mentions.append(_Mention(called, first, last, plain=label != match.group()))
    return mentions


def _from_to(text: str, found: Sequence[Word], mention: _Mention, after: _Mention | None) -> _Named | None:
    """ "From ref 2 to ref 3": the first frame and the last."""
    if after is None or mention.first == 0 or not (mention.plain and after.plain):
        return None
    led = found[mention.first - 1].text == "from" and after.first == mention.last + 2
    if not led or found[mention.last + 1].text != "to" or not _close(text, found, mention.first - 1, after.first):
        return None
    return _Named((Role.FIRST_FRAME, Role.LAST_FRAME), mention.first - 1, after.last)


def _before(text: str, found: Sequence[Word], mention: _Mention) -> _Named | None:
    """ "First frame is ref 2", "start on ref 2"."""
    at = mention.first - 1
    while (
        at >= max(0, mention.first - _MOST_JOINTS) and found[at].text in _joints() and _close(text, found, at, at + 1)
    ):
        at -= 1
    for lead in range(max(0, at - 3), at + 1):
        hit = (_leads() if mention.plain else _frame_names()).at(found, lead)
        if hit is not None and hit.last in (at, mention.first - 1) and _close(text, found, hit.last, mention.first):
            return _Named((Role(hit.meaning),), lead, mention.last)
    return None


def _behind(text: str, found: Sequence[Word], mention: _Mention, *, more: bool) -> _Named | None:
    """ "Ref 2 as last frame", and "ref 3 the last" once another frame was named."""
    at = mention.last + 1
    end = min(len(found), at + _MOST_JOINTS)
    while at < end and found[at].text in _joints() and _close(text, found, at - 1, at):
        at += 1
    if at >= len(found) or not _close(text, found, at - 1, at):
        return None
    hit = _frame_names().at(found, at) or (_short_names().at(found, at) if more else None)
    return None if hit is None else _Named((Role(hit.meaning),), mention.first, hit.last)


def _close(text: str, found: Sequence[Word], one: int, other: int) -> bool:
    """Whether nothing ends between two words; a colon or dash only points from one to the other."""
    return not _STOPS.search(text, found[one].end, found[other].start)


def _start(text: str, word: Word) -> int:
    return word.start - 1 if text[word.start - 1 : word.start] in ("@", "#") else word.start


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without the spans, which do not overlap, and without what only led to them or stands there alone."""
    cuts = [0, *(at for span in spans for at in span), len(text)]
    marked = _GONE.join(text[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    kept: list[Clause] = []
    for clause in split(marked):
        if not _empty(clause.text):
            kept.append(clause)
        elif kept:
            kept[-1] = replace(kept[-1], mark=clause.mark.strip(" ()[]"))
    led = re.compile(rf"(?:\b(?:{'|'.join(sorted(_linking()))})\b[\s,]*)*{_GONE}", re.IGNORECASE)
    return tidy(led.sub(" ", join(kept)))


def _empty(clause: str) -> bool:
    return _GONE in clause and all(word.text in _linking() | _joints() for word in words(clause.replace(_GONE, " ")))


@cache
def _leads() -> Lexicon[str]:
    return Lexicon({**_phrases("frames"), **_phrases("frame_verbs")})


@cache
def _frame_names() -> Lexicon[str]:
    return Lexicon(_phrases("frames"))


@cache
def _short_names() -> Lexicon[str]:
    return Lexicon({"first": Role.FIRST_FRAME.value, "last": Role.LAST_FRAME.value})


def _phrases(table: str) -> dict[str, str]:
    entries = vocabulary.table("references", table)
    return {phrase: role for role, spelled in entries.items() if isinstance(spelled, list) for phrase in spelled}


def _joints() -> frozenset[str]:
    return vocabulary.wordset("references", "joints")


def _linking() -> frozenset[str]:
    return vocabulary.wordset("references", "linking")
