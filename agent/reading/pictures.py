"""Reference images a request speaks of, with what to use and ignore of each, and the request without those words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from agent.reading import frames, vocabulary
from agent.reading.clauses import Clause, join, split
from agent.reading.words import Lexicon, Word, words
from prompts.references import Dimension, Reference, Role

_URL = re.compile(r"https?://[^\s,;]+", re.I)
_NUMBERED = re.compile(
    r"@\w{1,40}|\b(?:ref(?:erence)?|image|img|pic)\s?#?\d{1,3}\b|\breference (?:image|still|photo)\b", re.I
)
_NOUN = r"(?:still|reference|ref|image|photo|picture|moodboard|screenshot|plate|concept art)"
_NAMED = re.compile(
    rf"\b(?:use|match|like|from|follow|take)\s+(?P<label>(?:the|my|our) (?:[\w'-]+ ){{0,2}}?{_NOUN})\b", re.IGNORECASE
)
_AND = re.compile(r"\s+(?:and|plus|&)\s+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


@dataclass
class _Seen:
    """A reference while its clauses are being read."""

    label: str
    use: list[Dimension] = field(default_factory=list[Dimension])
    ignore: list[Dimension] = field(default_factory=list[Dimension])
    role: Role = Role.LOOK


def read(text: str, *, labels: Sequence[str] = ()) -> tuple[tuple[Reference, ...], str, tuple[str, ...]]:
    """References, the text without their clauses, and clauses that say more than a dimension can hold."""
    links = _URL.findall(text)
    for at, link in enumerate(links):
        text = text.replace(link, f"@link{at}", 1)
    seen: dict[str, _Seen] = {}
    named, text = frames.read(text, labels=labels)
    for label, role in named:
        _called(label, seen).role = role
    kept: list[Clause] = []
    notes: list[str] = []
    for clause in _one_image_each(split(text), labels):
        before, about = _divided(clause.text, labels)
        if about is None and not (seen and _continues(clause.text)):
            kept.append(clause)
            continue
        region = clause.text if about is None else about
        if before and about is not None:
            kept.append(Clause(text=before, mark=clause.mark))
        notes += _note(region, _targets(region, seen, labels))
    references = tuple(_built(item, links) for item in seen.values())
    return (references, join(kept), tuple(_linked(note, links) for note in notes)) if seen else ((), text, ())


def _one_image_each(clauses: Sequence[Clause], labels: Sequence[str]) -> Iterator[Clause]:
    """The clauses, parted where an "and" leads from one image to the next."""
    for clause in clauses:
        pieces: list[list[str]] = [[]]
        has_image = False
        for part in _AND.split(clause.text):
            another = _mention(part, labels) is not None
            if another and has_image:
                pieces.append([])
            has_image = has_image or another
            pieces[-1].append(part)
        yield from (Clause(text=" and ".join(piece), mark=", ") for piece in pieces[:-1])
        yield Clause(text=" and ".join(pieces[-1]), mark=clause.mark)


def _divided(clause: str, labels: Sequence[str]) -> tuple[str, str | None]:
    """What a clause says before it comes to a reference, and the part about it."""
    found = _mention(clause, labels)
    if found is None:
        return clause, None
    start = found[0]
    opening = words(clause[:start])
    at = len(opening)
    dimensions = {word for phrase in _dimension_phrases() for word in phrase.split()}
    while at and (
        opening[at - 1].text in _fill() or opening[at - 1].text in dimensions or opening[at - 1].text in _verbs()
    ):
        at -= 1
    begin = opening[at].start if at < len(opening) else start
    return clause[:begin].strip(), clause[begin:]


def _mention(clause: str, labels: Sequence[str]) -> tuple[int, int, str] | None:
    for pattern, group in ((_NUMBERED, 0), (_NAMED, "label")):
        match = pattern.search(clause)
        if match:
            return match.start(group), match.end(group), match.group(group)
    lowered = clause.lower()
    for label in labels:
        at = lowered.find(label.lower()) if len(label) > 2 else -1
        if at >= 0 and set(word.text for word in words(clause[:at])) & _verbs():
            return at, at + len(label), label
    return None


def _continues(clause: str) -> bool:
    """Whether a clause goes on about the references before it: "ignore both backgrounds"."""
    found = words(clause)
    return bool(found) and vocabulary.phrases("references", "ignore").at(found, 0) is not None


def _targets(region: str, seen: dict[str, _Seen], labels: Sequence[str]) -> list[_Seen]:
    mention = _mention(region, labels)
    if mention is None:
        several = {"both", "all"} & {word.text for word in words(region)}
        return list(seen.values()) if several else list(seen.values())[-1:]
    return [_called(mention[2], seen)]


def _called(words_for_it: str, seen: dict[str, _Seen]) -> _Seen:
    """The reference that is meant, by its number where it has one: "@Image2" and "ref 2" are one."""
    label = words_for_it.lstrip("@").removeprefix("the ")
    digits = _DIGITS.search(label)
    key = digits.group() if digits and not label.lower().startswith("link") else label.lower()
    return seen.setdefault(key, _Seen(label=key if digits and key != label.lower() else label))


def _note(region: str, targets: Sequence[_Seen]) -> list[str]:
    """Fill in use and ignore; the region itself where it says more than that."""
    found = words(region)
    ignoring = vocabulary.phrases("references", "ignore").hits(found)
    border = ignoring[0].first if ignoring else len(found)
    known = set[int]()
    for hit in _dimensions().hits(found):
        known |= set(range(hit.first, hit.last + 1))
        for target in targets:
            (target.use if hit.first < border else target.ignore).append(Dimension(hit.meaning))
    known |= {at for hit in ignoring for at in range(hit.first, hit.last + 1)}
    return [] if all(at in known or _is_fill(word, targets) for at, word in enumerate(found)) else [region]


def _is_fill(word: Word, targets: Sequence[_Seen]) -> bool:
    labels = {part.text for target in targets for part in words(target.label)}
    return (
        word.text in _fill()
        or word.text in labels
        or bool(re.fullmatch(r"(?:ref|image|img|reference|pic|link)?\d*", word.text))
    )


def _built(item: _Seen, links: Sequence[str]) -> Reference:
    used = tuple(dict.fromkeys(item.use))
    ignored = tuple(dimension for dimension in dict.fromkeys(item.ignore) if dimension not in used)
    return Reference(id="", label=_linked(item.label, links), use=used, ignore=ignored, role=item.role)


def _linked(text: str, links: Sequence[str]) -> str:
    return re.sub(
        r"@?link(\d+)",
        lambda match: links[int(match.group(1))] if int(match.group(1)) < len(links) else match.group(),
        text,
    )


@cache
def _dimensions() -> Lexicon[str]:
    return vocabulary.meanings("references", "dimensions")


@cache
def _dimension_phrases() -> tuple[str, ...]:
    entries = vocabulary.table("references", "dimensions").values()
    return tuple(phrase for spelled in entries if isinstance(spelled, list) for phrase in spelled)


@cache
def _verbs() -> frozenset[str]:
    return vocabulary.wordset("references", "use") | vocabulary.wordset("references", "ignore")


def _fill() -> frozenset[str]:
    return vocabulary.wordset("references", "fill")
