"""Shots told one after the other in words: counted, in order of time, with cuts between them, in several versions."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from agent.reading import camera, figures, vocabulary
from agent.reading.division import MOST_SHOTS, Division, Part, without_shared
from agent.reading.words import Lexicon, Word, cut, tidy, words

_VERSIONS = re.compile(
    r"\b(?P<count>\d{1,2}|[a-z]{3,6}) (?:different )?(?:versions|variations|variants|options|alternates)(?: of)?\b",
    re.I,
)
_ANNOUNCED = re.compile(r"\b(?P<count>\d{1,2}|[a-z]{3,6}) (?:shots|clips|angles|setups|cuts)\s?:\s", re.I)
_PROMISED = re.compile(r"^\W*(?:[a-z']+ ){0,3}(?P<count>\d{1,2}|[a-z]{3,6}) (?:shots|clips|setups)\s?[.:,;!-]\s*", re.I)
_NAMED_LENGTH = re.compile(
    r"[,;]?\s*(?:\b(?:and|the)\s+)*\b(?P<name>[a-z]+)(?: (?:one|shot|clip))?,?:?\s?(?:=|is|at|for|to last|lasts)?\s?"
    r"(?P<seconds>\d{1,2}(?:\.\d)?)\s?(?:s|secs?|seconds)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^\s*first(?:ly)?(?:,|:| (?=an? |the ))\s*", re.IGNORECASE)
_STOP = re.compile(r"(?<=[.!?])\s+")
_EACH = re.compile(
    r"\bone (?:at |in |by |with )?(?P<how>(?:(?!one\b)[\w'-]+ ?){1,5}?)(?=,? ?(?:and )?one\b|[,.;?!]|$)", re.I
)


def versions(text: str) -> Division | None:
    """ "2 versions of the lighthouse, one day one night"."""
    match = _VERSIONS.search(text)
    count = figures.count(match.group("count")) if match else None
    if match is None or count is None or not 1 < count <= MOST_SHOTS:
        return None
    ways = list(_EACH.finditer(text, match.end()))
    body = cut(text, [match.span(), *(way.span() for way in ways)] if len(ways) == count else [match.span()])
    hows = [way.group("how").strip() for way in ways] if len(ways) == count else [""] * count
    return Division(tuple(Part(tidy(f"{body.strip().rstrip('.?!')}, {how}")) for how in hows))


def counted(text: str) -> Division | None:
    """ "3 shots: wide of the station, medium of the clerk, ECU of the stamp": as many items as were announced."""
    match = _ANNOUNCED.search(text)
    count = figures.count(match.group("count")) if match else None
    if match is None or count is None or not 1 < count <= MOST_SHOTS:
        return None
    own, _, others = _STOP.sub("\n", text[match.end() :], count=1).partition("\n")
    runs = (re.split(rf"{between}(?:\s*(?:and|then)\b)?\s", own.rstrip(". ")) for between in (";", "[,;]"))
    items = next((run for run in runs if len(run) == count), list[str]())
    if not items or not all(opens_with_camera(item) for item in items):
        return None
    return Division(tuple(Part(item.strip()) for item in items), tidy(f"{text[: match.start()]} {others}"))


def cuts(text: str) -> Division | None:
    """ "Cut to", and "and then a" before a word for a shot."""
    found = words(text)
    starts: list[tuple[int, int]] = []
    for hit in _cut_phrases().hits(found):
        named = hit.meaning.endswith((" a", " an")) and not _names_a_shot(text, found, hit.last + 1)
        opening = hit.first == 0 or bool(text[found[hit.first - 1].end : found[hit.first].start].strip())
        opening = opening or (hit.meaning.startswith(("and ", "then ")) and hit.meaning.endswith("cut to"))
        if not named and opening and hit.first > 0 and not hit.meaning.startswith(("last", "first")):
            starts.append((found[hit.first].start, found[hit.last].end))
    if not starts:
        return None
    ends = [*(start for start, _ in starts), len(text)]
    begins = [0, *(end for _, end in starts)]
    texts = [text[begin:end].strip(" ,;:→\n") for begin, end in zip(begins, ends, strict=True)]
    texts[0] = _FIRST.sub("", texts[0])
    texts[-1], shared = without_shared(texts[-1])
    return Division(tuple(Part(part) for part in texts if words(part)), shared)


def told_in_turn(text: str) -> Division | None:
    """ "First a wide, 5s. Then we're inside, 4s": by words of order, where each has a length or they were counted."""
    promised = _PROMISED.search(text)
    *texts, last = _in_turn(text[promised.end() :] if promised else text) or ("",)
    last, shared = without_shared(last)
    each = bool(shared) and figures.read(shared).seconds is not None
    kept = promised is not None and figures.count(promised.group("count")) == len(texts) + 1
    timed = each or all(figures.read(part).seconds is not None for part in (*texts, last))
    return Division(tuple(Part(part) for part in (*texts, last)), shared) if texts and (timed or kept) else None


def timed_by_name(text: str) -> Division | None:
    """ "First a wide, then a close-up; the second one 2s, the first one 6s": the lengths by the names of the shots."""
    named = [match for match in _NAMED_LENGTH.finditer(text) if match.group("name").lower() in _places()]
    lengths = {_places()[match.group("name").lower()]: float(match.group("seconds")) for match in named}
    texts = _in_turn(tidy(cut(text, [match.span() for match in named]))) if len(lengths) > 1 else []
    if len(texts) != len(lengths) or set(lengths) != set(range(len(texts))):
        return None
    return Division(tuple(Part(part, lengths[nth]) for nth, part in enumerate(texts)))


WAYS = (versions, counted, told_in_turn, cuts)
"""Ways to divide a text by its words, the surest first."""


def opens_with_camera(line: str) -> bool:
    """Whether the first words of a line are a shot size or an angle."""
    head = " ".join(word for word in line.split()[:4])
    return any(part in ("shot_size", "angle") for part, _ in camera.read(head.split(",")[0]).values)


def _places() -> Mapping[str, int]:
    return {name: nth for nth, name in enumerate(vocabulary.listed("references", "ordinals"))}


def _in_turn(text: str) -> list[str]:
    """The texts between words of order that open clauses; none where there are no such words."""
    found = words(text)
    hits = [hit for hit in vocabulary.phrases("shots", "turns").hits(found) if _opens_clause(text, found, hit.first)]
    starts = [hit for hit in hits if hit.first > 0 and hit.meaning not in vocabulary.listed("shots", "starts")]
    if not starts:
        return []
    ends = [*(found[hit.first].start for hit in starts), len(text)]
    begins = [0, *(found[min(hit.last + 1, len(found) - 1)].start for hit in starts)]
    texts = [text[begin:end].strip(" ,;:—–-→\n") for begin, end in zip(begins, ends, strict=True)]
    texts[0] = _FIRST.sub("", texts[0]) if len(hits) == len(starts) else text[found[hits[0].last + 1].start : ends[0]]
    return [part for part in texts if words(part)]


def _opens_clause(text: str, found: Sequence[Word], at: int) -> bool:
    joined = at > 0 and found[at - 1].text == "and"
    return at == 0 or joined or bool(text[found[at - 1].end : found[at].start].strip())


def _names_a_shot(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether "then a" goes on with a kind of shot: without one the sentence tells more of the same shot."""
    if any(_kinds().at(found, place) for place in range(at, min(at + 2, len(found)))):
        return True
    head = text[found[at].start : found[min(at + 3, len(found) - 1)].end] if at < len(found) else ""
    return any(part in ("shot_size", "angle") for part, _ in camera.read(re.split("[,:;.]", head)[0]).values)


@cache
def _cut_phrases() -> Lexicon[str]:
    return vocabulary.phrases("shots", "cuts")


@cache
def _kinds() -> Lexicon[str]:
    return vocabulary.phrases("shots", "kinds")
