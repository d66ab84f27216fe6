"""What is said aloud, what stands on a sign, what a film is called: shielded in other languages as in English."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from agent.reading.shield import Kind
from agent.reading.tongues.phrasebook import Match
from agent.reading.tongues.tokens import Script, Token, tokens
from agent.reading.tongues.tongue import SPOKEN, Tongue
from agent.reading.tongues.veil import Veil

REACH = 6  # tokens between a quote and the word that tells what it is
REACH_CJK = 14  # characters
SHORTEST_LETTERING = 3  # letters of capitals without quotes beside a word for a sign

_REVERSED = re.compile(r"»[^«»\n]{1,2000}«|‹[^›\n]{1,2000}›|›[^‹›\n]{1,2000}‹|‚[^‘’'\n]{1,2000}[‘’']")
_MARKS = "»«‹›‚‘’'"
_COLON = re.compile(r"\s*[:：]\s*(?P<said>[^\s\ue000][^\n\ue000]*?[.!?。！？]+(?=\s|$)|[^\s\ue000][^\n\ue000]*)")
_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_CAPITALS = re.compile(rf"(?<!\w)[{_UPPER}]{{2,}}(?:[ '][{_UPPER}]+)*(?!\w)")

Span = tuple[int, int, Kind]


def shield(text: str, languages: Sequence[Tongue], veil: Veil) -> str:
    """The text with speech, signs and titles behind placeholders; quotes are told apart by the words near them."""
    text = _hidden(text, ((*match.span(), Kind.QUOTE) for match in _REVERSED.finditer(text)), veil)
    for language in languages:
        for spans in (_titles, _speech, _lettering):
            text = _hidden(text, spans(text, language), veil)
        text = _told_apart(text, language, veil)
    return text


def _hidden(text: str, spans: Iterator[Span], veil: Veil) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, kind in sorted(spans):
        if start >= at:
            pieces += [text[at:start], veil.hide(text[start:end], kind=kind, inner=text[start:end].strip(_MARKS))]
            at = end
    return "".join([*pieces, text[at:]])


def _titles(text: str, language: Tongue) -> Iterator[Span]:
    """Listed titles, written with a capital where the script has them."""
    found = tokens(text)
    for match in language.titles.matches(found):
        first, last = found[match.first], found[match.last]
        if first.capital or first.script is not Script.LETTERS:
            yield first.start, last.end, Kind.TITLE


def _speech(text: str, language: Tongue) -> Iterator[Span]:
    """What is said without quotation marks: "Vi susurra: no te vayas", to the end of the sentence."""
    found = tokens(text)
    for match in language.quoting.matches(found):
        said = _COLON.match(text, found[match.last].end) if match.english == SPOKEN else None
        if said is not None:
            yield *said.span("said"), Kind.SPEECH


def _lettering(text: str, language: Tongue) -> Iterator[Span]:
    """A sign's words in capitals: "un cartel de PROHIBIDO EL PASO"."""
    found = tokens(text)
    ends = [token.end for token in found]
    for match in _CAPITALS.finditer(text):
        until = bisect_right(ends, match.start())
        before = found[max(0, until - REACH) : until]
        written = any(hit.english != SPOKEN for hit in language.quoting.matches(before))
        if written and match.end() - match.start() > SHORTEST_LETTERING:
            yield *match.span(), Kind.LETTERING


def _told_apart(text: str, language: Tongue, veil: Veil) -> str:
    """The text with its quotes as speech or as lettering, where the words near them say so."""
    found = tokens(text)
    pieces: list[str] = []
    until = 0
    for at, token in enumerate(found):
        passage = veil.passage(token.text) if token.script is Script.VEIL else None
        told = _told(found, at, language) if passage is not None and passage.kind is Kind.QUOTE else None
        if passage is not None and told is not None:
            kind = Kind.SPEECH if told.english == SPOKEN else Kind.LETTERING
            pieces += [text[until : token.start], veil.hide(passage.text, kind=kind, inner=passage.inner)]
            until = token.end
    return "".join([*pieces, text[until:]])


def _told(found: Sequence[Token], at: int, language: Tongue) -> Match | None:
    """The word that tells what a quote is: the nearest, looked for first where the language puts its verb."""
    before = language.quoting.matches(_near(found[max(0, at - REACH_CJK) : at][::-1])[::-1])[-1:]
    after = language.quoting.matches(_near(found[at + 1 : at + 1 + REACH_CJK]))[:1]
    told = (*after, *before) if language.verb_last else (*before, *after)
    return told[0] if told else None


def _near(found: Sequence[Token]) -> Sequence[Token]:
    reach = REACH_CJK if found and found[0].script is Script.CJK else REACH
    quote = next((at for at, token in enumerate(found[:reach]) if token.script is Script.VEIL), reach)
    return found[:quote]
