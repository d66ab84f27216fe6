"""Where a clause names a reference image: by number, letter, label, place ("the second still"), or a bare figure."""

import re
from collections.abc import Sequence
from functools import cache

from agent.reading import aspects, vocabulary
from agent.reading.words import words

# A letter alone is an image only where it was called one before.
_LETTER = re.compile(r"\b(?P<lead>from|of|in) (?P<letter>(?-i:[A-HJ-Z]))\b(?!['’])", re.I)
JOINED = "+"
"""Between the figures of images that are named in one go."""
_NUMBERED = re.compile(
    r"@\w{1,40}|\b(?:ref(?:erence)?|image|img|pic)\s?(?:#?\d{1,3}(?:\+\d{1,3})*|(?-i:[A-HJ-Z]))\b"
    r"|\breference (?:image|still|photo)\b",
    re.I,
)
_SEVERAL = re.compile(
    r"\b(?P<noun>ref(?:erence)?|image|img|pic)s?\s?(?P<figures>#?\d{1,2}(?:\s?(?:,|&|\band\b|\bplus\b)+\s?(?:and\s)?#?\d{1,2}\b)+)"
    r"(?!\s?(?:s|sec|seconds|mm|:\d)\b)",
    re.I,
)
_NOUN = r"(?:still|reference|ref|image|photo|picture|moodboard|screenshot|plate|concept art)"
_NAMED = re.compile(
    rf"\b(?:use|match|like|from|follow|take|ignore)\s+(?P<label>(?:the|my|our) (?:[\w'-]+ ){{0,2}}?{_NOUN})\b",
    re.IGNORECASE,
)
# A figure alone is an image only where a part is taken from it, or it is there for a part.
_BARE = re.compile(
    r"(?:\b(?:from|of|in)\s+#?(?P<source>\d{1,2})\b(?![\w:/.]*\w)|^#?(?P<given>\d{1,2})\s(?=for\b))", re.I
)
DIGITS = re.compile(r"\d+")
"""The figure in the name of an image."""


def spelled_out(text: str) -> str:
    """The text with images that are named in one go, or by a letter alone, each named like any other."""
    text = _SEVERAL.sub(lambda match: f"{match['noun']} {JOINED.join(DIGITS.findall(match['figures']))}", text)
    return _LETTER.sub(lambda match: _lettered(match, text), text)


def find(clause: str, labels: Sequence[str]) -> tuple[int, int, str] | None:
    """Where the first image of a clause is named, from and to, and the words that name it."""
    match = _NUMBERED.search(clause)
    if match:
        return match.start(), match.end(), match.group()
    match = _placed().search(clause) or _BARE.search(clause)
    if match and _names_image(clause, match, labels):
        name, figure = _told(match)
        start, end = match.span() if name in ("ordinal", "cardinal") else match.span(name)
        return start, end, _number(figure)
    match = _NAMED.search(clause)
    if match:
        return match.start("label"), match.end("label"), match.group("label")
    lowered = clause.lower()
    for label in labels:
        at = lowered.find(label.lower()) if len(label) > 2 else -1
        if at >= 0 and set(word.text for word in words(clause[:at])) & verbs():
            return at, at + len(label), label
    return None


@cache
def verbs() -> frozenset[str]:
    """The words that say what is done with an image."""
    named = (vocabulary.wordset("references", name) for name in ("use", "leading", "ignore"))
    return frozenset[str]().union(*named)


def _names_image(clause: str, match: re.Match[str], labels: Sequence[str]) -> bool:
    """Whether what is told by place or figure is an image: a part of it is named, and it is one where it is known."""
    return aspects.names_any(clause) or (
        _number(_told(match)[1]) in labels and aspects.read(clause, image=match.span()).whole
    )


def _told(match: re.Match[str]) -> tuple[str, str]:
    """The group that matched, and its text."""
    return next((name, value) for name, value in match.groupdict().items() if value)


def _number(text: str) -> str:
    """The figure of an image that is told by its place: "second", "two", "2"."""
    for names in ("ordinals", "cardinals"):
        listed = vocabulary.listed("references", names)
        if text.lower() in listed:
            return str(listed.index(text.lower()) + 1)
    return text


def _lettered(match: re.Match[str], text: str) -> str:
    """ "In Y" as "in reference Y", where the text before says "reference Y"."""
    known = re.search(rf"\b(?:ref|reference|image|img|pic) {match['letter']}\b", text[: match.start()], re.I)
    return f"{match['lead']} {known.group()}" if known else match.group()


@cache
def _placed() -> re.Pattern[str]:
    ordinals, cardinals = ("|".join(vocabulary.listed("references", name)) for name in ("ordinals", "cardinals"))
    noun = r"(?:ref(?:erence)?|image|img|pic(?:ture)?|photo|still)"
    return re.compile(
        rf"\b(?:the\s)?(?P<ordinal>{ordinals})\s(?:ref(?:erence)?\s)?{noun}\b|\b{noun}\s(?P<cardinal>{cardinals})\b",
        re.I,
    )
