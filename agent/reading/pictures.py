"""Reference images a request speaks of, with what to use and ignore of each, and the request without those words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from agent.reading import aspects, frames, mentions, vocabulary
from agent.reading.aspects import Said
from agent.reading.clauses import Clause, join, split
from agent.reading.words import words
from prompts.references import Reference, Role

_URL = re.compile(r"https?://[^\s,;]+", re.I)
_AND = re.compile(r"\s+(?:and|plus|&)\s+", re.IGNORECASE)
_OWNING = frozenset({"its", "their", "both", "either"})


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
    text = mentions.spelled_out(text)
    page = _Page()
    named, text = frames.read(text, labels=labels)
    for label, role in named:
        _called(label, page.seen, labels).role = role
    for clause in _one_image_each(split(text), labels):
        _read_clause(clause, page, labels)
    references = tuple(_built(item, links, unveil) for item in page.seen.values())
    notes = tuple(_linked(note, links) for note in page.notes)
    return (references, join(page.kept), notes) if page.seen else ((), text, ())


def _read_clause(clause: Clause, page: _Page, labels: Sequence[str]) -> None:
    before, about = _divided(clause.text, labels)
    if about is None and not (page.seen and _continues(clause.text, page)):
        page.kept.append(clause)
        page.ignoring, page.near, page.opened = None, False, False
        return
    region = clause.text if about is None else about
    if before and about is not None:
        page.kept.append(Clause(text=before, mark=clause.mark))
    mention = mentions.find(region, labels)
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
            another = mentions.find(part, labels) is not None
            if another and has_image:
                pieces.append([])
            has_image = has_image or another
            pieces[-1].append(part)
        yield from (Clause(text=" and ".join(piece), mark=", ") for piece in pieces[:-1])
        yield Clause(text=" and ".join(pieces[-1]), mark=clause.mark)


def _divided(clause: str, labels: Sequence[str]) -> tuple[str, str | None]:
    """What a clause says before it comes to a reference, and the part about it."""
    found = mentions.find(clause, labels)
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
        if opening[verb].text in mentions.verbs():
            return verb if aspects.read(clause[led:end], image=(start - led, end - led)).whole else at
    return at


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
    mention = mentions.find(region, labels)
    if mention is None:
        several = {"both", "either", "all", "their"} & {word.text for word in words(region)}
        return list(seen.values()) if several else list(seen.values())[-1:]
    noun, *others = mention[2].split(mentions.JOINED)
    return [_called(name, seen, labels) for name in (noun, *others)]


def _called(words_for_it: str, seen: dict[str, _Seen], labels: Sequence[str]) -> _Seen:
    """The reference that is meant, by its number where it has one: "@Image2" and "ref 2" are one."""
    stored = {label.casefold().removeprefix("the "): label for label in labels}
    label = words_for_it.lstrip("@").removeprefix("the ")
    digits = mentions.DIGITS.search(label)
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
def _leading() -> frozenset[str]:
    """Words that may lead to an image: its parts, verbs, and those of no weight."""
    entries = (*vocabulary.table("references", "dimensions").values(), vocabulary.listed("references", "parts"))
    parts = {
        word for spelled in entries if isinstance(spelled, list | tuple) for each in spelled for word in each.split()
    }
    return frozenset(parts | aspects.light() | mentions.verbs())
