"""Reference images a request speaks of, with what to use and ignore of each, and the request without those words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from agent.reading import aspects, frames, vocabulary
from agent.reading.aspects import Said
from agent.reading.clauses import Clause, join, split
from agent.reading.words import words
from prompts.references import Reference, Role

_URL = re.compile(r"https?://[^\s,;]+", re.I)
# A letter alone is an image only where it was called one before.
_LETTER = re.compile(r"\b(?P<lead>from|of|in) (?P<letter>(?-i:[A-HJ-Z]))\b(?!['’])", re.I)
_JOINED = "+"  # between the figures of images that are named in one go
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
_AND = re.compile(r"\s+(?:and|plus|&)\s+", re.IGNORECASE)
_OWNING = frozenset({"its", "their", "both", "either"})
_DIGITS = re.compile(r"\d+")


@dataclass
class _Seen:
    """A reference while its clauses are being read."""

    label: str
    use: list[str] = field(default_factory=list[str])
    ignore: list[str] = field(default_factory=list[str])
    role: Role = Role.LOOK


@dataclass
class _Page:
    """What was read so far.

    Attributes:
        near: Whether the last clause was about an image.
        opened: Whether a colon after it opened a list.
        ignoring: What that clause ended with, where its list may go on; ``None`` where it may not.
    """

    seen: dict[str, _Seen] = field(default_factory=dict[str, _Seen])
    kept: list[Clause] = field(default_factory=list[Clause])
    notes: list[str] = field(default_factory=list[str])
    near: bool = False
    opened: bool = False
    ignoring: bool | None = None


def read(
    text: str, *, labels: Sequence[str] = (), unveil: Callable[[str], str] = str
) -> tuple[tuple[Reference, ...], str, tuple[str, ...]]:
    """References, the text without their clauses, and clauses that say more than what to use and ignore.

    Args:
        text: The request, or a part of it.
        labels: What the film's images are called.
        unveil: Gives back what was typed where the text holds placeholders for it.

    Raises:
        BadSheetError: The same is used and ignored, too much is named, or it is no part of an image.
    """
    links = _URL.findall(text)
    for at, link in enumerate(links):
        text = text.replace(link, f"@link{at}", 1)
    text = _SEVERAL.sub(lambda match: f"{match['noun']} {_JOINED.join(_DIGITS.findall(match['figures']))}", text)
    text = _LETTER.sub(lambda match: _lettered(match, text), text)
    page = _Page()
    named, text = frames.read(text, labels=labels)
    for label, role in named:
        _called(label, page.seen, labels).role = role
    for clause in _one_image_each(split(text), labels):
        _read_clause(clause, page, labels)
    references = tuple(_built(item, links, unveil) for item in page.seen.values())
    notes = tuple(_linked(note, links) for note in page.notes)
    return (references, join(page.kept), notes) if page.seen else ((), text, ())


def _lettered(match: re.Match[str], text: str) -> str:
    """ "In Y" as "in reference Y", where the text before says "reference Y"."""
    known = re.search(rf"\b(?:ref|reference|image|img|pic) {match['letter']}\b", text[: match.start()], re.I)
    return f"{match['lead']} {known.group()}" if known else match.group()


def _read_clause(clause: Clause, page: _Page, labels: Sequence[str]) -> None:
    before, about = _divided(clause.text, labels)
    if about is None and not (page.seen and _continues(clause.text, page)):
        page.kept.append(clause)
        page.ignoring, page.near, page.opened = None, False, False
        return
    region = clause.text if about is None else about
    if before and about is not None:
        page.kept.append(Clause(text=before, mark=clause.mark))
    mention = _mention(region, labels)
    said = aspects.read(region, image=mention and mention[:2], ignoring=about is None and bool(page.ignoring))
    for target in _targets(region, page.seen, labels):
        target.use += said.use
        target.ignore += said.ignore
    page.notes += [] if said.whole else [region]
    page.near, page.opened = True, clause.mark.strip() == ":"
    page.ignoring = said.ignoring if _goes_on(clause, said) else None


def _goes_on(clause: Clause, said: Said) -> bool:
    """Whether the next clause may still be part of the list: a comma, and nothing that was not understood."""
    return said.whole and clause.mark.strip() in (",", "", ":")


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
    while at and opening[at - 1].text in _leading():
        at -= 1
    at = _verb_before(clause, found[:2], at)
    begin = opening[at].start if at < len(opening) else start
    return clause[:begin].strip(), clause[begin:]


def _verb_before(clause: str, image: tuple[int, int], at: int) -> int:
    """Where the clause begins to speak of the image: at a verb further on the left, if all between is a part of it."""
    start, end = image
    opening = words(clause[:start])
    for verb in range(at - 1, -1, -1):
        led = opening[verb].start
        if opening[verb].text in _verbs():
            return verb if aspects.read(clause[led:end], image=(start - led, end - led)).whole else at
    return at


def _mention(clause: str, labels: Sequence[str]) -> tuple[int, int, str] | None:
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
        if at >= 0 and set(word.text for word in words(clause[:at])) & _verbs():
            return at, at + len(label), label
    return None


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


def _continues(clause: str, page: _Page) -> bool:
    """Whether a clause goes on about the references before it: "ignore both backgrounds", "logo and hands"."""
    if page.ignoring is not None and aspects.goes_on(clause, open_list=page.ignoring or page.opened):
        return True
    said = {word.text for word in words(clause)}
    whole = aspects.read(clause, image=None).whole
    owned = whole and not said.isdisjoint(_OWNING)
    if page.near and (aspects.closes(clause) or (owned and aspects.turns_to(clause))):
        return True
    if not aspects.turns_away(clause):
        return False
    if not said.isdisjoint(vocabulary.wordset("references", "surely")):
        return True
    return owned or (whole and page.near)


def _targets(region: str, seen: dict[str, _Seen], labels: Sequence[str]) -> list[_Seen]:
    mention = _mention(region, labels)
    if mention is None:
        several = {"both", "either", "all", "their"} & {word.text for word in words(region)}
        return list(seen.values()) if several else list(seen.values())[-1:]
    noun, *others = mention[2].split(_JOINED)
    return [_called(name, seen, labels) for name in (noun, *others)]


def _called(words_for_it: str, seen: dict[str, _Seen], labels: Sequence[str]) -> _Seen:
    """The reference that is meant, by its number where it has one: "@Image2" and "ref 2" are one."""
    stored = {label.casefold().removeprefix("the "): label for label in labels}
    label = words_for_it.lstrip("@").removeprefix("the ")
    digits = _DIGITS.search(label)
    key = digits.group() if digits and not label.lower().startswith("link") else label.lower()
    return seen.setdefault(key, _Seen(label=stored.get(key, key if digits and key != label.lower() else label)))


def _built(item: _Seen, links: Sequence[str], unveil: Callable[[str], str]) -> Reference:
    used, ignored = (tuple(unveil(each) for each in listed) for listed in (item.use, item.ignore))
    return Reference(id="", label=_linked(item.label, links), use=used, ignore=ignored, role=item.role)


def _linked(text: str, links: Sequence[str]) -> str:
    return re.sub(
        r"@?link(\d+)",
        lambda match: links[int(match.group(1))] if int(match.group(1)) < len(links) else match.group(),
        text,
    )


@cache
def _placed() -> re.Pattern[str]:
    ordinals, cardinals = ("|".join(vocabulary.listed("references", name)) for name in ("ordinals", "cardinals"))
    noun = r"(?:ref(?:erence)?|image|img|pic(?:ture)?|photo|still)"
    return re.compile(
        rf"\b(?:the\s)?(?P<ordinal>{ordinals})\s(?:ref(?:erence)?\s)?{noun}\b|\b{noun}\s(?P<cardinal>{cardinals})\b",
        re.I,
    )


@cache
def _leading() -> frozenset[str]:
    """Words that may lead to an image: its parts, verbs, and those of no weight."""
    entries = (*vocabulary.table("references", "dimensions").values(), vocabulary.listed("references", "parts"))
    parts = {
        word for spelled in entries if isinstance(spelled, list | tuple) for each in spelled for word in each.split()
    }
    return frozenset(parts | aspects.light() | _verbs())


@cache
def _verbs() -> frozenset[str]:
    named = (vocabulary.wordset("references", name) for name in ("use", "leading", "ignore"))
    return frozenset[str]().union(*named)
