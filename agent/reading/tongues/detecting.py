"""Which languages a message is in, and which of them a clause of it, told by script, small words and known phrases.

English is what a clause is in unless another language shows itself there: names ("Plaza de la Constitución") and words
that English has too ("die", "sin", "no") show nothing.
"""

from collections.abc import Sequence, Set

from agent.reading import vocabulary
from agent.reading.tongues import tongue
from agent.reading.tongues.phrasebook import Match, Way
from agent.reading.tongues.tokens import Script, Token
from agent.reading.tongues.tongue import Tongue
from agent.reading.words import singular

ENOUGH = 2  # small words of a language, or one phrase, that make a message be in it
LONGEST_ORDER = 60  # tokens of a turn that shows its language by an act alone
_NEGATORS = (Way.BEFORE, Way.BEFORE_FAULT, Way.OPENS)
_SILENT = (Script.VEIL, Script.NUMBER)
_BY_SCRIPT = {Script.CJK: "ja", Script.DEVANAGARI: "hi"}


def languages(clauses: Sequence[Sequence[Token]]) -> tuple[Tongue, ...]:
    """The languages of a message besides English, by its clauses; the one that shows most first."""
    shown = dict.fromkeys(tongue.codes(), 0)
    for code in _possible({token.text for found in clauses for token in found if token.script not in _SILENT}):
        shown[code] = sum(evidence(found, tongue.load(code)) for found in clauses)
    for script in {token.script for found in clauses for token in found} & set(_BY_SCRIPT):
        shown[_BY_SCRIPT[script]] += ENOUGH
    ranked = sorted((code for code in shown if shown[code] >= ENOUGH), key=lambda code: -shown[code])
    by_acts = _by_acts([token for found in clauses for token in found])
    return tuple(dict.fromkeys((*map(tongue.load, ranked), *by_acts)))


def _by_acts(found: Sequence[Token]) -> tuple[Tongue, ...]:
    """The languages that a text without any English shows by an act or a verdict alone: "supprime la 3"."""
    if len(found) > LONGEST_ORDER or any(token.text in tongue.english_words() for token in found):
        return ()
    common = tongue.english_vocabulary() | vocabulary.wordset("moods", "acts") | vocabulary.wordset("moods", "tells")
    languages = map(tongue.load, tongue.codes())
    return tuple(language for language in languages if _shows_act(found, language, common | language.shared))


def _shows_act(found: Sequence[Token], language: Tongue, common: frozenset[str]) -> bool:
    matches = (match for name in ("acts", "tells") for match in tongue.moods(language.code, name).matches(found))
    return any(match.last > match.first or found[match.first].text not in common for match in matches)


def _possible(said: Set[str]) -> frozenset[str]:
    """The languages of which a message has any sign; the rest need not be looked up clause by clause."""
    return frozenset[str]().union(*map(tongue.shown_by, said))


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
    """How much a text shows of a language: its small words, and its phrases twice.

    A negation that English spells the same ("sin") shows something only beside other words of the language.
    """
    if not any(language.code in tongue.shown_by(token.text) for token in found):
        return 0
    small = sum(token.text in language.marks and not _in_name(found, at) for at, token in enumerate(found))
    whole = language.whole.whole(found)
    books = (language.phrases, language.quoting, tongue.turns(language.code, "ruled"))
    hits = [*(hit for book in books for hit in book.matches(found)), *([whole] if whole else ())]
    told = ENOUGH * sum(_is_telling(hit, found, language) for hit in hits)
    negated = [hit for hit in hits if hit.entry.way in _NEGATORS]
    forbidden = [name for hit in negated if (name := _forbidden(hit, found, language)) is not None]
    told += ENOUGH * sum(_is_telling(name, found, language) for name in forbidden)
    told += ENOUGH * sum(_is_known_in_one_word(token, language) for token in found if language.suffixes)
    return small + told + (len(negated) if small or told else 0)


def _forbidden(negator: Match, found: Sequence[Token], language: Tongue) -> Match | None:
    """The thing behind it, where it is known by a name of the language."""
    return language.names.at(found, negator.last + 1) if negator.last + 1 < len(found) else None


def _is_known_in_one_word(token: Token, language: Tongue) -> bool:
    """Whether a word such as "textfrei" names a thing and its absence."""
    stems = (token.text.removesuffix(suffix) for suffix in language.suffixes if token.text.endswith(suffix))
    return any(stem and language.names.names(stem) for stem in stems)


def _is_telling(hit: Match, found: Sequence[Token], language: Tongue) -> bool:
    """Whether a phrase has a word that English has not."""
    common = language.shared | tongue.english_vocabulary()
    said = (token for token in found[hit.first : hit.last + 1] if token.script is not Script.NUMBER)
    return hit.entry.foreign and any(not {token.text, singular(token.text)} & common for token in said)


def _in_name(found: Sequence[Token], at: int) -> bool:
    """Whether capitals stand on both sides, other particles aside: "Rue de la Paix"."""
    first = last = at
    while first >= 0 and found[first].text in tongue.particles() and not found[first].capital:
        first -= 1
    while last < len(found) and found[last].text in tongue.particles() and not found[last].capital:
        last += 1
    return 0 <= first < at < last < len(found) and found[first].capital and found[last].capital


def _english(found: Sequence[Token], language: Tongue) -> int:
    return sum(token.text in tongue.english_words() and token.text not in language.shared for token in found)


def _speaks(found: Sequence[Token], language: Tongue) -> bool:
    """Whether a clause with no word of English says something in a language by words that English has, too."""
    if _english(found, language):
        return False
    negated = (hit for hit in language.phrases.matches(found) if hit.entry.way in _NEGATORS)
    return (
        language.whole.whole(found) is not None
        or any(hit.entry.foreign for hit in language.references.matches(found))
        or any(_forbidden(hit, found, language) is not None for hit in negated)  # "sans texte"
    )
