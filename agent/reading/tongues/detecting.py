"""Which languages a message is in, and which of them a clause of it, told by script, small words and known phrases.

English is what a clause is in unless another language shows itself there: names ("Plaza de la Constitución") and words
that English has too ("die", "sin", "no") show nothing.
"""

from collections.abc import Sequence

from agent.reading.tongues import tongue
from agent.reading.tongues.phrasebook import Match
from agent.reading.tongues.tokens import Script, Token
from agent.reading.tongues.tongue import Tongue

ENOUGH = 2  # small words of a language, or one phrase, that make a message be in it
_BY_SCRIPT = {Script.CJK: "ja", Script.DEVANAGARI: "hi"}


def languages(found: Sequence[Token]) -> tuple[Tongue, ...]:
    """The languages of a message besides English, the one that shows most first."""
    shown = {code: evidence(found, tongue.load(code)) for code in tongue.codes()}
    for script in {token.script for token in found} & set(_BY_SCRIPT):
        shown[_BY_SCRIPT[script]] += ENOUGH
    ranked = sorted((code for code in shown if shown[code] >= ENOUGH), key=lambda code: -shown[code])
    return tuple(tongue.load(code) for code in ranked)


def of_clause(found: Sequence[Token], known: Sequence[Tongue]) -> Tongue | None:
    """The language of a clause among those of its message; ``None`` for English and for what is the same in all."""
    for script in (token.script for token in found):
        if script in _BY_SCRIPT:
            return tongue.load(_BY_SCRIPT[script])
    shown = [(evidence(found, language), language) for language in known]
    most, language = max(shown, key=lambda item: item[0], default=(0, None))
    if language is None or _english(found, language) > most:
        return None
    return language if most else next((other for other in known if _speaks(found, other)), None)


def evidence(found: Sequence[Token], language: Tongue) -> int:
    """How much a text shows of a language: its small words, and its phrases twice."""
    small = sum(token.text in language.marks and not _in_name(found, at) for at, token in enumerate(found))
    whole = language.whole.whole(found)
    hits = [*language.phrases.matches(found), *([whole] if whole else ())]
    return small + ENOUGH * sum(_is_telling(hit, found, language) for hit in hits)


def _is_telling(hit: Match, found: Sequence[Token], language: Tongue) -> bool:
    """Whether a phrase has a word that English has not."""
    common = language.shared | tongue.english_vocabulary()
    said = (token for token in found[hit.first : hit.last + 1] if token.script is not Script.NUMBER)
    return hit.entry.foreign and any(token.text not in common for token in said)


def _in_name(found: Sequence[Token], at: int) -> bool:
    """Whether capitals stand on both sides, other small words aside: "Rue de la Paix"."""
    first = last = at
    while first > 0 and not found[first].capital and len(found[first].text) <= 3:
        first -= 1
    while last < len(found) - 1 and not found[last].capital and len(found[last].text) <= 3:
        last += 1
    return found[first].capital and found[last].capital and first < at < last


def _english(found: Sequence[Token], language: Tongue) -> int:
    return sum(token.text in tongue.english_words() and token.text not in language.shared for token in found)


def _speaks(found: Sequence[Token], language: Tongue) -> bool:
    """Whether a clause with no word of English says something in a language by words that English has, too."""
    if _english(found, language):
        return False
    if any(token.text.endswith(language.suffixes) for token in found):
        return True
    return language.whole.whole(found) is not None or any(hit.entry.foreign for hit in language.phrases.matches(found))
