"""Passages that mean what they say and are never read as instructions: quotes, lettering, titles, idioms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from agent.reading import lettering, titles, vocabulary
from agent.reading.words import CLOSE, OPEN, words

_PASSED_ON = 0.6  # of a message
_CLAUSES = 3
_MARKS = "\"'“”„«»「」『』"


class Kind(StrEnum):
    """What a shielded passage is."""

    QUOTE = "quote"
    SPEECH = "speech"  # surely said aloud
    LETTERING = "lettering"  # words in capitals that stand on something
    TITLE = "title"
    IDIOM = "idiom"


@dataclass(frozen=True, slots=True)
class Passage:
    """A shielded passage, as it was typed; ``inner`` is without its quotation marks."""

    kind: Kind
    text: str
    inner: str


@dataclass(frozen=True, slots=True)
class Shielded:
    """A message in which every passage is replaced by a placeholder that reads as one word."""

    text: str
    passages: tuple[Passage, ...]

    def unveil(self, text: str) -> str:
        """The text with its placeholders turned back into what was typed."""
        # An idiom may itself hold a quote, so one pass is not enough; passages nest two deep at most.
        for _ in range(2):
            text = _MASK.sub(lambda match: self.passages[int(match.group(1))].text, text)
        return text

    def unspoken(self, text: str) -> str:
        """The text with its idioms as they were typed; what is quoted stays hidden, since somebody only says it."""
        return _MASK.sub(lambda match: _idiom(self.passages[int(match.group(1))], match.group()), text)

    def passage(self, word: str) -> Passage | None:
        """The passage a placeholder stands for; ``None`` for any other word."""
        match = _MASK.fullmatch(word)
        return self.passages[int(match.group(1))] if match else None


def _idiom(passage: Passage, placeholder: str) -> str:
    return passage.text if passage.kind is Kind.IDIOM else placeholder


_MASK = re.compile(rf"{OPEN}(\d+){CLOSE}")
_APOSTROPHED = r"(?:[^'\n]|(?<=\w)'(?=\w))"
_QUOTE = re.compile(
    r'"([^"\n]{0,2000})"|“([^”\n]{0,2000})”|„([^“”\n]{0,2000})[“”]|«([^»\n]{0,2000})»|「([^」\n]{0,2000})」|『([^』\n]{0,2000})』'
    rf"|(?<!\w)'({_APOSTROPHED}{{1,200}})'(?!\w)"
    r'|(?:(?<=\s)|(?<=:))["“](\w[^"“”\n]{0,500})$',  # opened and never closed
    re.MULTILINE,
)


def shield(text: str) -> Shielded:
    """Replace quotes, lettering, titles and idioms, in this order."""
    text = _without_marks(text)
    passages: list[Passage] = []
    for kind, spans in (
        (Kind.QUOTE, _quotes),
        (Kind.QUOTE, _speech),
        (Kind.LETTERING, lettering.spans),
        (Kind.TITLE, titles.spans),
        (Kind.IDIOM, _idioms),
    ):
        pieces: list[str] = []
        at = 0
        for start, end in sorted(spans(text)):
            passages.append(Passage(kind, text[start:end], text[start:end].strip(_MARKS)))
            pieces += [text[at:start], f"{OPEN}{len(passages) - 1}{CLOSE}"]
            at = end
        text = "".join([*pieces, text[at:]])
    return Shielded(text, tuple(passages))


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _QUOTE.finditer(text))


def _without_marks(text: str) -> str:
    """The text without the marks of a quote that is nearly all there is: a shot that somebody passes on."""
    quote = next((match for match in _QUOTE.finditer(text) if _is_passed_on(text, match)), None)
    if quote is None:
        return text
    return f"{text[: quote.start()]}{quote.group().strip(_MARKS)}{text[quote.end() :]}"


def _is_passed_on(text: str, quote: re.Match[str]) -> bool:
    """Whether a quote is a brief: most of the message, of several clauses, and nothing said or lettered near it."""
    if len(quote.group()) <= _PASSED_ON * len(text) or quote.group().count(",") < _CLAUSES - 1:
        return False
    around = {word.text for word in words(f"{text[: quote.start()]} {text[quote.end() :]}")}
    return around.isdisjoint(vocabulary.wordset("quoting", "spoken") | vocabulary.wordset("quoting", "written"))


def _speech(text: str) -> Iterator[tuple[int, int]]:
    """What is said without quotation marks: "she whispers: don't go", to the end of the sentence."""
    return (match.span("said") for match in _said().finditer(text))


@cache
def _said() -> re.Pattern[str]:
    verbs = "|".join(re.escape(verb) for verb in vocabulary.listed("quoting", "spoken"))
    return re.compile(rf"\b(?:{verbs}):\s+(?P<said>[^\n{OPEN}]+?[.!?]+(?=\s|$)|[^\n{OPEN}]+)", re.IGNORECASE)


def _idioms(text: str) -> Iterator[tuple[int, int]]:
    found = words(text)
    hits = vocabulary.phrases("negation", "idioms", "phrases").hits(found)
    return ((found[hit.first].start, found[hit.last].end) for hit in hits)
