"""What a clause about a reference image takes of it and what it leaves, and whether that is all it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache

from agent.reading import vocabulary
from agent.reading.words import Lexicon, Word, words
from prompts.references import LONGEST_ASPECT

_MOST_WORDS = 3  # "left hand gesture"; a longer run of words that no list has is the shot and no part of an image
_OF_IMAGE = frozenset({"from", "of", "in"})
_ELSEWHERE = frozenset({"to", "on", "at", "with", "by", "as"})  # "drop the camera to the floor" leaves nothing out
_COUNTED = re.compile(r"(?:ref|image|img|reference|pic|link|@)?\d*(?:'s)?")


@dataclass(frozen=True, slots=True)
class Said:
    """What was understood of a clause.

    Attributes:
        whole: Whether every word of it was understood.
        ignoring: Whether it ends speaking of what to leave.
    """

    use: tuple[str, ...]
    ignore: tuple[str, ...]
    whole: bool
    ignoring: bool


class _Kind(Enum):
    """What a run of words is in a clause about an image."""

    IMAGE = auto()
    USE = auto()
    IGNORE = auto()
    DIMENSION = auto()
    PART = auto()
    LIGHT = auto()
    OTHER = auto()


_KNOWN = frozenset({_Kind.DIMENSION, _Kind.PART})
_NAMING = frozenset({_Kind.DIMENSION, _Kind.PART, _Kind.OTHER})


@dataclass(frozen=True, slots=True)
class _Run:
    kind: _Kind
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass
class _Lists:
    ignoring: bool
    use: list[str] = field(default_factory=list[str])
    ignore: list[str] = field(default_factory=list[str])
    whole: bool = True


def read(clause: str, *, image: tuple[int, int] | None, ignoring: bool = False) -> Said:
    """What is used and ignored; ``image`` is where it is named, ``ignoring`` what the clause before went on about."""
    runs = tuple(_runs(words(clause), image))
    lists = _Lists(ignoring=ignoring)
    for at, run in enumerate(runs):
        match run.kind:
            case _Kind.USE | _Kind.IGNORE:
                lists.ignoring = run.kind is _Kind.IGNORE
            case _Kind.DIMENSION | _Kind.PART:
                _take(run.text, lists)
            case _Kind.OTHER if _stands_as_part(runs, at, lists.ignoring):
                _take(run.text, lists)
            case _Kind.OTHER:
                lists.whole = False
            case _:
                pass
    return Said(tuple(lists.use), tuple(lists.ignore), lists.whole, lists.ignoring)


def goes_on(clause: str, *, open_list: bool) -> bool:
    """Whether a clause is the next entry of a list: known parts of an image, and nothing else.

    Where nothing opened the list ("ref 1: ", "ignore its "), a part is on it only after "and" or "its": "skin" alone
    may as well be the shot.
    """
    runs = tuple(_runs(words(clause), None))
    kinds = {run.kind for run in runs}
    linked = all(run.text in _pointers() | _joining() for run in runs if run.kind is _Kind.LIGHT)
    led = bool(runs) and runs[0].text in _joining() | {"its", "their"}
    listed = bool(kinds & _KNOWN) and kinds <= _KNOWN | {_Kind.LIGHT} and linked
    return listed and (open_list or led or _Kind.PART not in kinds)


def turns_away(clause: str) -> bool:
    """Whether a clause opens with what to leave of an image: "but not its flare"."""
    return _opening(clause) is _Kind.IGNORE


def turns_to(clause: str) -> bool:
    """Whether a clause opens with what to take of an image: "use its pose"."""
    return _opening(clause) is _Kind.USE


def closes(clause: str) -> bool:
    """Whether a clause says that nothing more is taken: "nothing else from it"."""
    found = words(clause)
    hit = vocabulary.phrases("references", "closing").at(found, 0) if found else None
    return hit is not None and all(word.text in light() for word in found[hit.last + 1 :])


def names_any(clause: str) -> bool:
    """Whether a dimension or a known part of an image is named."""
    found = words(clause)
    return bool(_dimensions().hits(found) or _parts().hits(found))


def light() -> frozenset[str]:
    """Words of no weight around a reference."""
    return vocabulary.wordset("references", "fill")


def _opening(clause: str) -> _Kind | None:
    return next((run.kind for run in _runs(words(clause), None) if run.kind is not _Kind.LIGHT), None)


def _runs(found: Sequence[Word], image: tuple[int, int] | None) -> Iterator[_Run]:
    """The words of a clause in runs of a kind; parts and unknown words side by side are the name of one thing."""
    at = 0
    while at < len(found):
        kind, last = _kind(found, at, image)
        named = [(kind, last)]
        while named[-1][0] in _NAMING and named[-1][1] + 1 < len(found):
            following = _kind(found, named[-1][1] + 1, image)
            if following[0] not in _NAMING:
                break
            named.append(following)
        yield from _parted(found, at, named)
        at = named[-1][1] + 1


def _parted(found: Sequence[Word], at: int, named: Sequence[tuple[_Kind, int]]) -> Iterator[_Run]:
    """One run where the words name one thing ("hair color"); a dimension stays one beside others and unknown words."""
    kinds = {kind for kind, _ in named}
    if len(named) > 1 and _Kind.DIMENSION in kinds and _Kind.PART not in kinds:
        for kind, last in named:
            yield _Run(kind, tuple(found[at : last + 1]))
            at = last + 1
        return
    several = _Kind.OTHER if _Kind.OTHER in kinds else _Kind.PART
    yield _Run(named[0][0] if len(kinds) == 1 else several, tuple(found[at : named[-1][1] + 1]))


def _kind(found: Sequence[Word], at: int, image: tuple[int, int] | None) -> tuple[_Kind, int]:
    if image is not None and image[0] < found[at].end and found[at].start < image[1]:
        last = max(n for n in range(at, len(found)) if found[n].start < image[1])
        return _Kind.IMAGE, last
    for kind, lexicon in (
        (_Kind.IGNORE, _ignoring()),
        (_Kind.PART, _parts()),
        (_Kind.DIMENSION, _dimensions()),
        (_Kind.LIGHT, _closing()),
    ):
        hit = lexicon.at(found, at)
        if hit is not None:
            return kind, hit.last
    hit = _using().at(found, at)
    if hit is not None:
        return _Kind.USE, hit.last
    is_light = found[at].text in light() or _COUNTED.fullmatch(found[at].text) is not None
    return (_Kind.LIGHT if is_light else _Kind.OTHER), at


def _stands_as_part(runs: Sequence[_Run], at: int, ignoring: bool) -> bool:
    """Whether words that no list has stand where a part of the image is named."""
    run = runs[at]
    if len(run.words) > _MOST_WORDS or len(run.text) > LONGEST_ASPECT:
        return False
    before = runs[at - 1] if at else None
    after = runs[at + 1 : at + 3]
    ends = not after or after[0].kind in (_Kind.LIGHT, _Kind.IGNORE)
    if not ends:
        return False
    pointed = before is not None and before.text in _pointers()
    if ignoring:
        led = before is not None and (before.kind is _Kind.IGNORE or pointed or before.text in _joining())
        return led and not (at > 1 and runs[at - 2].text in _ELSEWHERE)
    taken_from = len(after) == 2 and after[0].text in _OF_IMAGE and after[1].kind is _Kind.IMAGE
    given_for = _Kind.IMAGE in {each.kind for each in runs[:at]} and "for" in {each.text for each in runs[:at]}
    return (pointed and (taken_from or given_for)) or _owning(before)


def _owning(run: _Run | None) -> bool:
    return run is not None and run.words[-1].text.endswith("'s")


def _take(text: str, lists: _Lists) -> None:
    (lists.ignore if lists.ignoring else lists.use).append(_dimensions().whole(text) or text)


@cache
def _dimensions() -> Lexicon[str]:
    return vocabulary.meanings("references", "dimensions")


@cache
def _parts() -> Lexicon[str]:
    return vocabulary.phrases("references", "parts")


@cache
def _ignoring() -> Lexicon[str]:
    return vocabulary.phrases("references", "ignore")


@cache
def _using() -> Lexicon[str]:
    return vocabulary.phrases("references", "use")


@cache
def _closing() -> Lexicon[str]:
    return vocabulary.phrases("references", "closing")


def _pointers() -> frozenset[str]:
    return vocabulary.wordset("references", "pointers")


def _joining() -> frozenset[str]:
    return vocabulary.wordset("references", "joining")
