"""A message divided into its shots: by marks (numbered, timed or bulleted lists), or by its words (`sequences`)."""

import re
from collections.abc import Sequence

from agent.reading import sequences, vocabulary
from agent.reading.clauses import sentences
from agent.reading.division import MOST_SHOTS, Division, Part, without_shared
from agent.reading.words import cut, tidy

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


def divide(text: str) -> Division:
    """The shots of a text; a text that divides itself nowhere is one shot."""
    by_marks = (_timed, sequences.timed_by_name, _numbered, _ordered, _bulleted, _lines)
    for way in (*by_marks, *sequences.WAYS):
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
    if len(lines) < 2 or not all(sequences.opens_with_camera(line) for line in lines):
        return None
    return Division(tuple(Part(line) for line in lines))


def _listed(text: str, marks: Sequence[tuple[int, int]]) -> Division:
    texts, shared = _between(text, marks)
    return Division(tuple(Part(part) for part in texts), shared)


def _between(text: str, marks: Sequence[tuple[int, int]]) -> tuple[list[str], str]:
    """The texts after each mark, and what stands before the first and after the last for all."""
    ends = [*(start for start, _ in marks[1:]), len(text)]
    texts = [text[end:until].strip(" ,;\n") for (_, end), until in zip(marks, ends, strict=True)]
    short = all(len(sentences(part)) == 1 for part in texts[:-1])
    texts[-1], tail = without_shared(texts[-1], whatever_follows=short)
    return texts, tidy(f"{text[: marks[0][0]]}. {tail}")


def _with_lengths(division: Division) -> Division:
    """Lengths given in one go, "3s/3s/2s", one to each shot."""
    match = _SLASHED.search(division.shared)
    lengths = [float(figure.strip(" s")) for figure in match.group().split("/")] if match else []
    if match is None or "s" not in match.group() or len(lengths) != len(division.parts):
        return division
    parts = tuple(Part(part.text, length) for part, length in zip(division.parts, lengths, strict=True))
    return Division(parts, tidy(cut(division.shared, [match.span()])))
