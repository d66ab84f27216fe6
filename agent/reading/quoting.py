"""Quoted words and lettering sorted into dialogue and on-screen text; every other quote stays where it was typed."""

from collections.abc import Sequence

from agent.reading import vocabulary
from agent.reading.shield import Kind, Passage, Shielded
from agent.reading.words import Word, cut, words

_SAYING = frozenset({"say", "says", "saying"})
REACH = 6  # words before a quote that tell what it is


def read(text: str, *, shielded: Shielded) -> tuple[str, str, str]:
    """On-screen text, dialogue, and the text without the dialogue's words; lettering stays with its sign."""
    found = words(text) if shielded.passages else ()
    written: list[str] = []
    spoken: list[str] = []
    spans: list[tuple[int, int]] = []
    for at, word in enumerate(found):
        passage = shielded.passage(word.text)
        if passage is None:
            continue
        if _is_written(found, at, passage):
            written.append(passage.inner)
        elif passage.kind is Kind.SPEECH or (passage.kind is Kind.QUOTE and _is_spoken(found, at)):
            spoken.append(passage.inner)
            spans.append((word.start, word.end))
    return "; ".join(dict.fromkeys(written)), " ".join(spoken), cut(text, spans) if spans else text


def _is_written(found: Sequence[Word], at: int, passage: Passage) -> bool:
    if passage.kind is Kind.LETTERING:
        return True
    before = [word.text for word in found[max(0, at - REACH) : at]]
    near = {*before, *(word.text for word in found[at + 1 : at + 3])}
    if passage.kind is not Kind.QUOTE or near.isdisjoint(_written()):
        return False
    closest = next((word for word in reversed(before) if word in _spoken() | _written()), "")
    on_sign = any(word in _SAYING and set(before[-3:][:n]) & _written() for n, word in enumerate(before[-3:]))
    return on_sign or closest not in _spoken()


def _is_spoken(found: Sequence[Word], at: int) -> bool:
    return bool({word.text for word in found[max(0, at - REACH) : at]} & _spoken())


def _spoken() -> frozenset[str]:
    return vocabulary.wordset("quoting", "spoken")


def _written() -> frozenset[str]:
    return vocabulary.wordset("quoting", "written")
