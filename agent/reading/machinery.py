"""Talk about the agent's own blocks and rules inside a request: set aside, told, never obeyed and never drawn."""

import re
from collections.abc import Sequence
from functools import cache

from agent.reading import vocabulary
from agent.reading.clauses import sentences
from agent.reading.words import Lexicon, Word, cut, tidy, words

REACH = 5  # words between "ignore" and "negative block"

_MARKUP = re.compile(r"\[/?INST\]|<</?SYS>>|<\|[^|<>]{0,40}\|>|</?(?:system|assistant|user)>", re.I)


def set_aside(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without such passages, and the passages as they were typed."""
    text = _MARKUP.sub(". ", text)
    aside: list[str] = []
    kept: list[str] = []
    for line in text.split("\n"):
        kept.append(" ".join(filter(None, (_from_sentence(sentence, aside) for sentence in sentences(line)))))
    return "\n".join(kept).strip(), tuple(aside)


def asks_for_inner_text(text: str) -> bool:
    """Whether the turn wants the agent's own instructions or settings read out."""
    return bool(vocabulary.phrases("turns", "machinery", "leaks").hits(words(text)))


def _from_sentence(sentence: str, aside: list[str]) -> str:
    found = words(sentence)
    if _roles().hits(found):
        aside.append(sentence.strip())
        return ""
    spans = _spans(sentence, found)
    aside += [tidy(sentence[start:end]) for start, end in spans]
    return cut(sentence, spans) if spans else sentence


def _spans(sentence: str, found: Sequence[Word]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for thing in _things().hits(found):
        first, last = thing.first, thing.last
        near = [
            at
            for at in range(max(0, first - REACH), min(len(found), last + REACH + 1))
            if _is_verb(found, at) and _same_clause(sentence, found, *sorted((at, first)))
        ]
        inside = any(first <= at <= last for at in near)
        if not near and not inside:
            continue
        before = [at for at in near if at < first]
        first = min([*before[-1:], first])
        after = [at for at in near if at > last and _same_clause(sentence, found, last, at)]
        last = max([*after[-1:], last]) if not before else last
        while (
            last + 1 < len(found)
            and found[last + 1].text in vocabulary.wordset("turns", "machinery", "trailing")
            and not sentence[found[last].end : found[last + 1].start].strip()
        ):
            last += 1
        if not spans or found[first].start >= spans[-1][1]:
            spans.append((found[first].start, found[last].end))
    return spans


def _is_verb(found: Sequence[Word], at: int) -> bool:
    return _verbs().at(found, at) is not None


def _same_clause(sentence: str, found: Sequence[Word], first: int, last: int) -> bool:
    return not set(sentence[found[first].end : found[last].start]) & set(",.;!?\n")


@cache
def _things() -> Lexicon[str]:
    return vocabulary.phrases("turns", "machinery", "things")


@cache
def _verbs() -> Lexicon[str]:
    return vocabulary.phrases("turns", "machinery", "verbs")


@cache
def _roles() -> Lexicon[str]:
    return vocabulary.phrases("turns", "machinery", "roles")
