"""Announced lists without labels ("three shots: 1 wide of the pier 2 a rope", "trois plans : A ; B"), given labels."""

import re
from collections.abc import Sequence
from functools import cache

from agent.reading import vocabulary

LEAST = 2  # items; one alone is no list

_LABEL = re.compile(r"\(|[①-⑳•*-]|(?:\d{1,3}[a-z]?|[a-z]|[ivx]{1,4})[).:/]", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[^.。\n]|\.(?=\S))*")
_SEMICOLON = re.compile("[;；]")


def labelled(text: str) -> str:
    """The text with "1)", "2)" before the items of a list that words for several shots announce."""
    announced = _announced().search(text)
    if announced is None or _LABEL.match(text, announced.end()):
        return text
    starts = _bare_numbers(text, announced.end()) or _between_semicolons(text, announced.end())
    if len(starts) < LEAST:
        return text
    before = text[: announced.start()] if not announced.group("besides").strip() else text[: announced.end()]
    ends = [*(start for start, _ in starts[1:]), len(text)]
    items = (
        f"{nth}) {text[at:end].strip()}" for nth, ((_, at), end) in enumerate(zip(starts, ends, strict=True), start=1)
    )
    return " ".join((before.strip(), *items)).strip()


def _bare_numbers(text: str, at: int) -> Sequence[tuple[int, int]]:
    """Where the numbers 1, 2 ... begin and where what they number does."""
    found: list[tuple[int, int]] = []
    while (number := _number(len(found) + 1).search(text, at)) is not None and (found or number.start() == at):
        at = number.end()
        found.append((number.start(), at))
    return found


def _between_semicolons(text: str, at: int) -> Sequence[tuple[int, int]]:
    """Where the items of the sentence begin."""
    sentence = _SENTENCE.match(text, at)
    ends = (match.end() for match in _SEMICOLON.finditer(text, at, sentence.end() if sentence else at))
    return [(place, place) for place in (at, *ends)]


@cache
def _announced() -> re.Pattern[str]:
    """ "Three shots, please:"."""
    names = "|".join(map(re.escape, vocabulary.listed("shots", "announced")))
    return re.compile(rf"\b[^\W_]{{1,8}}\s?(?:{names})(?P<besides>[^:：;\n]{{0,20}})[:：]\s*", re.IGNORECASE)


@cache
def _number(figure: int) -> re.Pattern[str]:
    """The figure where it stands by itself and counts nothing."""
    units = "|".join(map(re.escape, vocabulary.listed("shots", "units")))
    joined = "".join(rf"(?<!\b{joint}\s)" for joint in vocabulary.listed("shots", "joints"))
    return re.compile(rf"(?<![^\s:：、，,;]){joined}{figure}\s+(?!(?:{units}))(?=[^\s\d:.)])", re.IGNORECASE)
