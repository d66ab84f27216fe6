"""A language as its word lists describe it, read once from ``prompts/vocabulary/<code>/``.

Its files: ``tongue.toml`` (how to tell it, its small words, how it quotes), ``camera.toml``, ``look.toml``,
``terms.toml``, ``negation.toml``, ``cues.toml`` and ``turns.toml``. Tables read ``"English" = ["phrase", ...]``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from agent.reading import vocabulary
from agent.reading.tongues.phrasebook import Entry, Phrasebook, Way
from agent.reading.tongues.tokens import fold, tokens
from agent.reading.words import singular
from prompts import terms

SPOKEN, WRITTEN = "spoken", "written"
"""The lists of words near a quotation that tell what it is."""

EITHER = "either"
"""Of what forbids on both sides: its thing may stand before it as well ("Logos vermeiden")."""

ALONE = "alone"
"""Of the second half of a negation: it forbids by itself what is known by name ("Logo weg")."""

_CAMERA = ("shot_size", "angle", "movement")
_LOOK = ("lens", "lighting", "composition", "atmosphere")
_NEGATORS = (
    (Way.BEFORE, "before"),
    (Way.BEFORE_FAULT, "before_faults"),
    (Way.AFTER, "after"),
    (Way.AFTER_FAULT, "after_faults"),
)
_REMEMBERED = 4096  # words that were asked for
_UNITS = {"# s": "# s", "# sec": "# s", "# mm": "#mm", "# fps": "# fps", "f #": "f/#", "t #": "T#"}
"""Units that every language writes the same."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language's phrases by what they are for.

    Attributes:
        marks: Small words that no English text has.
        shared: Words that English has as well; they tell nothing of the language.
        phrases: What is said again wherever it stands.
        references: The same, and how people speak of reference images.
        whole: What whole turns and whole clauses say.
        names: Things by name, as they stand beside a negation.
        verb_last: Whether "use" and "ignore" come after what they are about.
    """

    code: str
    marks: frozenset[str]
    shared: frozenset[str]
    glue: frozenset[str]
    determiners: frozenset[str]
    stops: frozenset[str]
    joiners: frozenset[str]
    closers: frozenset[str]
    suffixes: tuple[str, ...]
    quoting: Phrasebook
    phrases: Phrasebook
    references: Phrasebook
    whole: Phrasebook
    names: Phrasebook
    titles: Phrasebook
    verb_last: bool
    nouns_in_capitals: bool


@cache
def codes() -> tuple[str, ...]:
    """The languages there are, by their codes."""
    return vocabulary.listed("tongues", "codes")


@cache
def english_words() -> frozenset[str]:
    """Small words by which English is told."""
    return vocabulary.wordset("tongues", "english")


@cache
def particles() -> frozenset[str]:
    """Small words within names; between two capitals they tell nothing of the language."""
    return vocabulary.wordset("tongues", "particles")


@cache
def english_vocabulary() -> frozenset[str]:
    """Every word of the English word lists: a phrase made of them shows no other language."""
    names = vocabulary.listed("tongues", "english_lists")
    spelled = (*terms.known(), *(phrase for name in names for phrase in _phrases_within(vocabulary.table(name))))
    common = english_words() | vocabulary.wordset("tongues", "also_english")
    return common | frozenset(token.text for phrase in spelled for token in tokens(phrase))


@lru_cache(maxsize=_REMEMBERED)
def shown_by(word: str) -> frozenset[str]:
    """The languages that a word may be a sign of, by itself or within a phrase: none for nearly all English words."""
    return frozenset(code for code in codes() if _may_show(word, load(code)))


@cache
def load(code: str) -> Tongue:
    """A language by its code."""

    def folded(name: str, *path: str) -> frozenset[str]:
        return frozenset(fold(word) for word in vocabulary.listed(name, *path, tongue=code))

    endings = vocabulary.listed("tongue", "endings", tongue=code)
    numbers = {fold(word): str(figure) for word, figure in vocabulary.table("tongue", "numbers", tongue=code).items()}

    def book(entries: Iterable[tuple[str, Entry]]) -> Phrasebook:
        return Phrasebook(tuple(dict(reversed(list(entries))).items()), endings=endings, numbers=numbers)

    own = frozenset[str]().union(*(folded(*path) for path in (("tongue", "marks"), ("negation", "stops"))))
    phrases = [*_phrases(code), *(entry for entry in _english() if entry[0] not in own)]
    return Tongue(
        code=code,
        marks=folded("tongue", "marks"),
        shared=folded("tongue", "shared"),
        glue=folded("tongue", "glue"),
        determiners=folded("negation", "determiners"),
        stops=folded("negation", "stops"),
        joiners=folded("negation", "joiners"),
        closers=folded("negation", "closers"),
        suffixes=tuple(sorted(folded("negation", "suffixes"))),
        quoting=book(
            (word, Entry(Way.KEEP, kind))
            for kind in (WRITTEN, SPOKEN)
            for word in vocabulary.listed("tongue", kind, tongue=code)
        ),
        phrases=book(phrases),
        references=book([*_table(code, "cues", "references", way=Way.CUE), *phrases]),
        whole=book(_table(code, "turns", "whole", way=Way.CUE)),
        names=book([*_names(code), *_english_names()]),
        titles=book((title, Entry(Way.KEEP, "")) for title in vocabulary.listed("tongue", "titles", tongue=code)),
        verb_last="verb_last" in vocabulary.listed("tongue", "grammar", tongue=code),
        nouns_in_capitals="nouns_in_capitals" in vocabulary.listed("tongue", "grammar", tongue=code),
    )


@cache
def turns(code: str, table: str) -> Phrasebook:
    """A table of a language's turns: its phrases by what they mean in English."""
    entries = vocabulary.table("turns", table, tongue=code).items()
    return Phrasebook(
        [(phrase, Entry(Way.CUE, english)) for english, said in entries if isinstance(said, list) for phrase in said]
    )


@cache
def moods(code: str, name: str) -> Phrasebook:
    """The words by which a clause of that language orders, bids or tells."""
    listed = vocabulary.listed("turns", "moods", name, tongue=code)
    return Phrasebook([(phrase, Entry(Way.CUE, phrase)) for phrase in listed])


def _may_show(word: str, language: Tongue) -> bool:
    ends = any(word.endswith(suffix) for suffix in language.suffixes)
    if ends or word in language.marks:
        return True
    if any(said in language.shared or said in english_vocabulary() for said in (word, singular(word))):
        return False
    said = _words(language.code)
    return word in said or any(stem in said for stem in language.phrases.stems(word))


@cache
def _words(code: str) -> frozenset[str]:
    """The words of every phrase by which a language may show itself."""
    language = load(code)
    return frozenset[str]().union(
        *(book.words for book in (language.phrases, language.quoting, language.whole, language.names)),
        turns(code, "ruled").words,
    )


def _phrases_within(entries: Mapping[str, vocabulary.Entry]) -> Iterator[str]:
    for entry in entries.values():
        if isinstance(entry, dict):
            yield from _phrases_within(entry)
        elif isinstance(entry, list):
            yield from entry


def _phrases(code: str) -> Iterator[tuple[str, Entry]]:
    yield from _listed(code, "negation", "keep", way=Way.KEEP)
    for part in _CAMERA:
        yield from _table(code, "camera", part, way=_way_of(part))
    yield from _table(code, "camera", "acting", way=Way.ACTING)
    yield from _table(code, "camera", "pace", way=Way.PACE)
    for part in _LOOK:
        yield from _table(code, "look", part, way=Way.LOOK)
    for part in ("palette", "mood"):
        yield from _table(code, "look", part, way=Way.FEELING)
    yield from _table(code, "cues", "cues", way=Way.CUE)
    yield from _table(code, "cues", "ordinals", way=Way.ORDINAL)
    yield from _listed(code, "cues", "dropped", way=Way.DROPPED)
    yield from _table(code, "cues", "people", way=Way.PERSON)
    yield from _listed(code, "cues", "manner", way=Way.MANNER)
    yield from _listed(code, "cues", "named_manner", way=Way.NAMED_MANNER)
    yield from _table(code, "negation", "absent", way=Way.ABSENT)
    yield from _listed(code, "negation", "opens", way=Way.OPENS)
    alone = vocabulary.listed("negation", "after_faults", tongue=code)
    for phrase in vocabulary.listed("negation", "closes", tongue=code):
        yield phrase, Entry(Way.CLOSES, ALONE if phrase in alone else "")
    after = vocabulary.listed("negation", "after", tongue=code)
    for way, name in _NEGATORS:
        for phrase, _ in _listed(code, "negation", name, way=way):
            yield phrase, Entry(way, EITHER if phrase in after else "")


def _names(code: str) -> Iterator[tuple[str, Entry]]:
    yield from _table(code, "terms", "terms", way=Way.TERM)
    yield from _table(code, "terms", "content", way=Way.CONTENT)
    for part in _LOOK:
        yield from _table(code, "look", part, way=Way.CONTENT)


def _table(code: str, name: str, part: str, *, way: Way) -> Iterator[tuple[str, Entry]]:
    for english, spelled in vocabulary.table(name, part, tongue=code).items():
        for phrase in spelled if isinstance(spelled, list) else ():
            yield phrase, Entry(way, english, foreign=_is_foreign(phrase, english))


def _listed(code: str, name: str, part: str, *, way: Way) -> Iterator[tuple[str, Entry]]:
    for phrase in vocabulary.listed(name, part, tongue=code):
        yield phrase, Entry(way, "", foreign=True)


def _way_of(part: str) -> Way:
    return Way.MOVE if part == "movement" else Way.CAMERA


def _is_foreign(phrase: str, english: str) -> bool:
    said = [token.text for token in tokens(english)]
    return any(token.text not in said for token in tokens(phrase))


@cache
def _english() -> tuple[tuple[str, Entry], ...]:
    """English camera and lens words, which people use in every language."""
    camera = [
        (phrase, Entry(_way_of(part), english, foreign=False))
        for sureness in ("sure", "letters")
        for part in _CAMERA
        for english, spelled in vocabulary.table("camera", sureness, part).items()
        for phrase in (spelled if isinstance(spelled, list) else ())
    ]
    looks = [
        (phrase, Entry(Way.LOOK, phrase, foreign=False))
        for part in ("lens", "lighting")
        for phrase in vocabulary.listed(part, "terms")
        if len(phrase) > SHORTEST_LOOK
    ]
    units = [(typed, Entry(Way.CUE, unit, foreign=False)) for typed, unit in _UNITS.items()]
    return (*camera, *looks, *units)


SHORTEST_LOOK = 5
"""Letters of an English look word that may be meant in other languages; shorter ones are words of theirs."""


@cache
def _english_names() -> tuple[tuple[str, Entry], ...]:
    """Faults by their English names: "sin lens flare"."""
    return tuple((name, Entry(Way.TERM, name, foreign=False)) for name in terms.known())
