"""A message divided into its shots: numbered, timed or bulleted lists, cuts, and versions of one shot."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agent.reading import camera, figures, vocabulary
from agent.reading.clauses import Clause, join, sentences, split
from agent.reading.words import Lexicon, Word, cut, plain, tidy, words

MOST_SHOTS = 40  # of one message; more is a shot list and comes as a file

_NUMBERED = re.compile(
    r"""
    (?: (?<=\s) | ^ | (?<=[→:]) )
    (?: \( (?P<paren> [ivx]{1,5} | \d{1,2} | [a-h] ) \)      # (ii) (2) (b)
      | (?<! \bref\s ) (?<! \bimage\s ) (?<! \breference\s )  # "ref 2." ends a sentence about an image
        (?P<figure> \d{1,2} ) [)./] (?=\s)                   # 2. 2) 2/
      | (?P<item> [a-h] ) \) (?=\s)                         # b)
      | (?P<ring> [①-⑳] )
      | (?P<shot> (?:shot|scene|clip|beat|cut|setup|take|panel) \s+ (?:\d{1,3}[a-z]?|[a-z]) )  # Shot 2a: Cut B (3s):
        (?= \s* (?P<aside> \([^()\n]{1,30}\) )? \s* [:–—-] ) (?: \s* [:–—-] )?
      | (?P<letter> [A-H] ) : (?=\s)                         # B:
      | (?<! \bref\s ) (?<! \bimage\s ) (?<! \breference\s )
        (?P<slate> \d{1,3} [a-h]? ) : (?=\s)                  # 12A:
    )
    \s*
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_TIMED = re.compile(
    r"(?<![\w:])\[?(?:(?P<from>\d{1,2}(?::\d\d)?)\s?s?\s?[-–]\s?(?P<to>\d{1,2}(?::\d\d)?)\s?(?:s|sec|seconds)?\s?\]?:"
    r"|(?P<since>\d{1,2}:\d\d)\s?[-–]\s?(?P<until>\d{1,2}:\d\d)\]?)\s"
)
_ORDINAL = re.compile(r"(?:^|(?<=[.:;!?\n]\s)|(?<=\n))\s*(?P<label>[A-Za-z]+(?: [a-z]+)?)\s?[:–—]\s")
_BULLET = re.compile(r"^\s*[-*•]\s+", re.MULTILINE)
_SLASHED = re.compile(r"(?<![\w/])\d{1,2}(?:\.\d)?s?(?:\s?/\s?\d{1,2}(?:\.\d)?s?)+(?![\w/])")
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
_STOP = re.compile(r"(?<=[.!?])\s+")
_FIRST = re.compile(r"^\s*first(?:ly)?(?:,|:| (?=an? |the ))\s*", re.IGNORECASE)
_EACH = re.compile(
    r"\bone (?:at |in |by |with )?(?P<how>(?:(?!one\b)[\w'-]+ ?){1,5}?)(?=,? ?(?:and )?one\b|[,.;?!]|$)", re.I
)


@dataclass(frozen=True, slots=True)
class Part:
    """One shot's own text; ``seconds`` where the division itself says it (timecodes, "3s/3s/2s")."""

    text: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """The shots of a message and what it says of all of them."""

    parts: tuple[Part, ...]
    shared: str = ""


def divide(text: str) -> Division:
    """The shots of a text; a text that divides itself nowhere is one shot."""
    by_marks = (_timed, _timed_by_name, _numbered, _ordered, _bulleted, _lines)
    for way in (*by_marks, _versions, _counted, _told_in_turn, _cuts):
        division = way(text)
        if division is not None and 1 < len(division.parts) <= MOST_SHOTS:
            return _with_lengths(division)
    return Division((Part(text),))


def _timed(text: str) -> Division | None:
    marks = list(_TIMED.finditer(text))
    if len(marks) < 2:
        return None
    texts, shared = _between(text, [mark.span() for mark in marks])
    spans = [(mark.group("from") or mark.group("since"), mark.group("to") or mark.group("until")) for mark in marks]
    lengths = [_clock(until) - _clock(since) for since, until in spans]
    parts = [Part(part, length if length > 0 else None) for part, length in zip(texts, lengths, strict=True)]
    return Division(tuple(parts), shared)


def _clock(typed: str) -> float:
    minutes, _, seconds = typed.rpartition(":")
    return float(minutes or 0) * 60 + float(seconds)


def _numbered(text: str) -> Division | None:
    marks = list(_NUMBERED.finditer(text))
    for kind in ("paren", "ring", "figure", "item", "shot", "letter", "slate"):
        same = [mark for mark in marks if mark.group(kind)]
        if len(same) > 1 and _counts_up([mark.group(kind) for mark in same]):
            return _listed(text, [mark.span() for mark in same])
    return None


def _counts_up(labels: Sequence[str]) -> bool:
    """Whether labels are all different, as in a list; figures must begin low, or a price list would do."""
    first = re.sub(r"\D", "", labels[0])
    return len({label.lower() for label in labels}) == len(labels) and (not first.isdigit() or int(first) < 200)


def _ordered(text: str) -> Division | None:
    """ "First: aerial over the vineyard. Second: hands cutting grapes"."""
    ordinals = vocabulary.phrases("shots", "ordinals")
    marks = [mark.span() for mark in _ORDINAL.finditer(text) if ordinals.whole(mark.group("label"))]
    return _listed(text, marks) if len(marks) > 1 else None


def _bulleted(text: str) -> Division | None:
    marks = [mark.span() for mark in _BULLET.finditer(text)]
    return _listed(text, marks) if len(marks) > 1 else None


def _lines(text: str) -> Division | None:
    """Lines that each open with a shot size or an angle."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(_opens_with_camera(line) for line in lines):
        return None
    return Division(tuple(Part(line) for line in lines))


def _opens_with_camera(line: str) -> bool:
    head = " ".join(word for word in line.split()[:4])
    return any(part in ("shot_size", "angle") for part, _ in camera.read(head.split(",")[0]).values)


def _listed(text: str, marks: Sequence[tuple[int, int]]) -> Division:
    texts, shared = _between(text, marks)
    return Division(tuple(Part(part) for part in texts), shared)


def _between(text: str, marks: Sequence[tuple[int, int]]) -> tuple[list[str], str]:
    """The texts after each mark, and what stands before the first and after the last for all."""
    ends = [*(start for start, _ in marks[1:]), len(text)]
    texts = [text[end:until].strip(" ,;\n") for (_, end), until in zip(marks, ends, strict=True)]
    short = all(len(sentences(part)) == 1 for part in texts[:-1])
    texts[-1], tail = _without_shared(texts[-1], whatever_follows=short)
    return texts, tidy(f"{text[: marks[0][0]]}. {tail}")


def _without_shared(text: str, *, whatever_follows: bool = False) -> tuple[str, str]:
    """The last shot's own sentence, and the sentences after it where they speak of all shots."""
    own, *others = sentences(text) or ("",)
    if others and not (whatever_follows or _is_shared(others[0])):
        own, others = text, []
    *before, last = split(own) or (Clause(text=own),)
    timed = _is_shared(last.text) and figures.read(last.text).seconds is not None  # "..., 6 s each"
    if before and (timed or _is_shared(last.text, "surely_shared")):
        own, others = join(before), [last.text, *others]
    return own, " ".join(others)


def _is_shared(sentence: str, words_for_it: str = "shared") -> bool:
    return bool(set(plain(sentence).split()) & vocabulary.wordset("shots", words_for_it))


def _versions(text: str) -> Division | None:
    """ "2 versions of the lighthouse, one day one night"."""
    match = _VERSIONS.search(text)
    count = figures.count(match.group("count")) if match else None
    if match is None or count is None or not 1 < count <= MOST_SHOTS:
        return None
    ways = list(_EACH.finditer(text, match.end()))
    body = cut(text, [match.span(), *(way.span() for way in ways)] if len(ways) == count else [match.span()])
    hows = [way.group("how").strip() for way in ways] if len(ways) == count else [""] * count
    return Division(tuple(Part(tidy(f"{body.strip().rstrip('.?!')}, {how}")) for how in hows))


def _counted(text: str) -> Division | None:
    """ "3 shots: wide of the station, medium of the clerk, ECU of the stamp": as many items as were announced."""
    match = _ANNOUNCED.search(text)
    count = figures.count(match.group("count")) if match else None
    if match is None or count is None or not 1 < count <= MOST_SHOTS:
        return None
    own, _, others = _STOP.sub("\n", text[match.end() :], count=1).partition("\n")
    runs = (re.split(rf"{between}(?:\s*(?:and|then)\b)?\s", own.rstrip(". ")) for between in (";", "[,;]"))
    items = next((run for run in runs if len(run) == count), list[str]())
    if not items or not all(_opens_with_camera(item) for item in items):
        return None
    return Division(tuple(Part(item.strip()) for item in items), tidy(f"{text[: match.start()]} {others}"))


def _cuts(text: str) -> Division | None:
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
    texts[-1], shared = _without_shared(texts[-1])
    return Division(tuple(Part(part) for part in texts if words(part)), shared)


def _told_in_turn(text: str) -> Division | None:
    """ "First a wide, 5s. Then we're inside, 4s": by words of order, where each has a length or they were counted."""
    promised = _PROMISED.search(text)
    *texts, last = _in_turn(text[promised.end() :] if promised else text) or ("",)
    last, shared = _without_shared(last)
    each = bool(shared) and figures.read(shared).seconds is not None
    counted = promised is not None and figures.count(promised.group("count")) == len(texts) + 1
    timed = each or all(figures.read(part).seconds is not None for part in (*texts, last))
    return Division(tuple(Part(part) for part in (*texts, last)), shared) if texts and (timed or counted) else None


def _timed_by_name(text: str) -> Division | None:
    """ "First a wide, then a close-up; the second one 2s, the first one 6s": the lengths by the names of the shots."""
    named = [match for match in _NAMED_LENGTH.finditer(text) if match.group("name").lower() in _places()]
    lengths = {_places()[match.group("name").lower()]: float(match.group("seconds")) for match in named}
    texts = _in_turn(tidy(cut(text, [match.span() for match in named]))) if len(lengths) > 1 else []
    if len(texts) != len(lengths) or set(lengths) != set(range(len(texts))):
        return None
    return Division(tuple(Part(part, lengths[nth]) for nth, part in enumerate(texts)))


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


def _with_lengths(division: Division) -> Division:
    """Lengths given in one go, "3s/3s/2s", one to each shot."""
    match = _SLASHED.search(division.shared)
    lengths = [float(figure.strip(" s")) for figure in match.group().split("/")] if match else []
    if match is None or "s" not in match.group() or len(lengths) != len(division.parts):
        return division
    parts = tuple(Part(part.text, length) for part, length in zip(division.parts, lengths, strict=True))
    return Division(parts, tidy(cut(division.shared, [match.span()])))
