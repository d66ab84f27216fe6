"""Figures of a shot: its length, its aspect ratio, its lens, its price."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from agent.reading import vocabulary
from agent.reading.words import Lexicon, cut, plain, words
from prompts.sheet import LONGEST_SECONDS

_SECONDS = re.compile(
    r"""
    (?<![\w.:/])
    (?! [12]\d\d0s\b )                                    # "1920s" is a decade
    (?: (?P<figure> \d{1,6} (?:[.,]\d{1,3})? ) (?: -?ish )?
        (?: \s? (?:-|–|to) \s? \d{1,4} (?:[.,]\d+)? )?    # "5-8 s" counts as 5
      | (?P<word> [a-z]{2,8} )                            # "five seconds"
    )
    (?P<half> \s and \s a \s half )?
    [\s-]?
    (?P<unit> s | secs? | seconds? | segundos | sekunden | min | mins | minutes? | ms )
    (?: \s+ (?:of|long) )?
    (?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MILLIMETRES = re.compile(
    r"""
    (?<![\w.])
    (?: \d{1,2} \s? [-–] \s? )?                           # "24-70mm"
    \d{1,4} (?:\.\d)? \s? -? mm \b
    (?: \s+ (?:prime|lens|anamorphic|macro|zoom|spherical|equivalent) )*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OR_LONGER = re.compile(r"(?<![\w.])\d{2,3} or (?:longer|wider|so)\b", re.I)
_STOP = re.compile(r"(?<![\w.])(?:[ft]/\s?\d{1,2}(?:\.\d)?|[ft]\s?\d\.\d|t\d{1,2}(?:\.\d)?)(?![\w.]*\d)\b", re.I)
_RATIO = re.compile(r"(?<![\w.:])(\d{1,2}(?:[.,]\d{1,2})?)\s?[:x]\s?(\d{1,2})(?![\w:.]*\d)")
# "make it 2.39": the width alone, as film people say it; two decimals, so that "2.4" stays a length or a stop.
_WIDTH = re.compile(
    r"""
    (?: \b (?: make\ it | in | at | as | ratio | frame\ it | crop\ (?:it\ )?to ) \s )?
    (?<![\w.:/$€£-]) (?P<width> [12]\.\d\d ) (?! [\w.:%] | \s? (?: s | secs? | seconds? | mm? ) \b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PRICE = re.compile(
    r"""
    \b (?: under | below | max | maximum | at\ most | no\ more\ than | less\ than | up\ to
         | cap(?:ped)?\ (?:it\ )?at | budget\ of )
    \s+
    (?: (?P<sign> [$€£] ) \s? (?P<money> \d{1,6} (?:\.\d{1,2})? )
      | (?P<plain> \d{1,6} (?:\.\d{1,2})? ) \s? (?P<unit> cents? | c | dollars? | bucks | usd )
    )
    (?: \s+ (?:per|a|each) \s? (?:take|shot|clip) )?
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Typed values of one clause and the words that are left; ``odd`` are lengths no shot can have, as typed."""

    rest: str
    seconds: float | None = None
    ratio: str | None = None
    lens: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


@lru_cache(maxsize=256)  # a clause is looked at as a change of a shot, as a shot, and for what it sets up
def read(clause: str) -> Figures:
    """Length, ratio and lens figures of one clause."""
    rest, seconds, odd = _read_seconds(clause)
    rest, ratio = _read_ratio(rest)
    rest, lens = _read_lens(rest)
    return Figures(rest, seconds, ratio, lens, odd)


def read_price(text: str) -> tuple[str, int | None]:
    """A price limit in micro USD, and the text without it."""
    match = _PRICE.search(text)
    if match is None or match.group("sign") in ("€", "£"):
        return text, None
    amount = float(match.group("money") or match.group("plain"))
    cents = (match.group("unit") or "").lower().startswith("c")
    return cut(text, [match.span()]), round(amount * (10_000 if cents else 1_000_000))


def count(word: str) -> int | None:
    """A number in figures or in words, up to thirty in words."""
    if word.isascii() and word.isdigit() and len(word) <= 6:
        return int(word)
    found = vocabulary.table("shots", "counts").get(word.lower())
    return found if isinstance(found, int) else None


def _read_seconds(clause: str) -> tuple[str, float | None, tuple[str, ...]]:
    for match in _SECONDS.finditer(clause):
        amount = _amount(match)
        begin = max(0, match.start() - 40)
        before, after = words(clause[begin : match.start()]), words(clause[match.end() : match.end() + 20])
        previous = before[-1].text if before else ""
        if amount is None or (after and after[0].text in _lengths("not_before")) or previous in _lengths("not_after"):
            continue
        if not 0 < amount <= LONGEST_SECONDS:
            return cut(clause, [match.span()]), None, (match.group().strip(),)
        start = begin + before[-1].start if previous in _lengths("leads") else match.start()
        return cut(clause, [(start, match.end())]), amount, ()
    return _read_spoken(clause)


def _read_spoken(clause: str) -> tuple[str, float | None, tuple[str, ...]]:
    """A length without a figure: "half a minute"."""
    found = words(clause)
    for hit in _spoken().hits(found):
        return cut(clause, [(found[hit.first].start, found[hit.last].end)]), hit.meaning, ()
    return clause, None, ()


@cache
def _spoken() -> Lexicon[float]:
    lengths = vocabulary.table("lengths", "spoken")
    return Lexicon({phrase: float(length) for phrase, length in lengths.items() if isinstance(length, int | float)})


def _lengths(name: str) -> frozenset[str]:
    return vocabulary.wordset("lengths", name)


def _amount(match: re.Match[str]) -> float | None:
    unit = match.group("unit").lower()
    half = 0.5 if match.group("half") else 0.0
    if match.group("word"):
        figure = count(match.group("word"))
        return None if figure is None or len(unit) < 3 else (figure + half) * _scale(unit)
    return round((float(match.group("figure").replace(",", ".")) + half) * _scale(unit), 3)


def _scale(unit: str) -> float:
    return 0.001 if unit == "ms" else 60.0 if unit.startswith("min") else 1.0


def _read_ratio(clause: str) -> tuple[str, str | None]:
    for match in _RATIO.finditer(clause):
        figure = f"{match.group(1).replace(',', '.')}:{match.group(2)}"
        if figure in vocabulary.wordset("ratios", "figures"):
            return cut(clause, [match.span()]), figure
    width = _WIDTH.search(clause)
    if width is not None and (known := _alone(width.group("width"))):
        return cut(clause, [width.span()]), known
    named = vocabulary.meanings("ratios", "names").whole(clause) or _alone(clause)
    return ("", named) if named else (clause, None)


def _alone(clause: str) -> str | None:
    found = vocabulary.table("ratios", "alone").get(clause.strip())
    return str(found) if found else None


def _read_lens(clause: str) -> tuple[str, tuple[str, ...]]:
    spans = [match.span() for pattern in (_MILLIMETRES, _OR_LONGER, _STOP) for match in pattern.finditer(clause)]
    spans = [span for span in spans if not _is_stock(clause[span[1] :])]
    kept = tuple(clause[start:end] for start, end in sorted(spans))
    return (cut(clause, spans), kept) if spans else (clause, ())


def _is_stock(following: str) -> bool:
    after = plain(following[:40]).split()
    return bool(after) and after[0] in _stock()


@cache
def _stock() -> frozenset[str]:
    return vocabulary.wordset("lens", "stock")
