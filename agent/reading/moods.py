"""What each clause of a turn does: it orders, tells, asks, or only names something.

English goes by its own words. A clause of another language goes by that language's, since what the readers get of it is
only what they need; so the moods are of a turn as it was typed, its quotes shielded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from agent.reading import pointing, talk, vocabulary
from agent.reading.clauses import split
from agent.reading.tongues import detecting, tongue
from agent.reading.tongues.tokens import tokens
from agent.reading.tongues.tongue import Tongue
from agent.reading.words import Lexicon, Word, cut, tidy, words

NEAR = 2  # words after a noun that is spelled like an order: "light is", "focus was"


class Mood(Enum):
    """What a clause does."""

    ORDER = auto()
    NAME = auto()  # a fragment: "shot 2: closer", or a picture
    TELL = auto()
    ASK = auto()


@dataclass(frozen=True, slots=True)
class Heard:
    """A clause, what it does, and the language it does it in; English has none."""

    text: str
    mood: Mood
    language: Tongue | None = None


def of(text: str) -> tuple[Heard, ...]:
    """The clauses of a turn as typed, quotes shielded; time grows with its length."""
    clauses = split(text)
    found = [tokens(clause.text) for clause in clauses]
    known = detecting.languages(found)
    return tuple(_heard(clause.text, "?" in clause.mark, known) for clause in clauses)


def _heard(clause: str, asked: bool, known: Sequence[Tongue]) -> Heard:
    """The clause in the likeliest of those languages in which it does something."""
    found = tokens(clause)
    likely = detecting.of_clause(found, known) if known else None
    spoken = [language for language in dict.fromkeys((likely, *known)) if language is not None]
    english = {token.text for token in found} & tongue.english_words()
    foreign = [
        Heard(clause, _foreign(clause, language, asked=asked), language)
        for language in spoken
        if not english - language.shared
    ]
    if not foreign:
        return Heard(clause, _english(clause, asked=asked))
    return next((each for each in foreign if each.mood is not Mood.NAME), foreign[0])


def _english(clause: str, *, asked: bool) -> Mood:
    praise, but, turned = clause.lower().partition(" but ")
    if but and _list("praise").hits(words(praise)):
        return _english(turned, asked=asked)
    found = words(clause)
    if not found:
        return Mood.NAME
    if _list("bids").hits(found):
        return Mood.ORDER
    if _asks(found, asked=asked):
        return Mood.ASK
    if _is_verdict(found):
        return Mood.TELL
    if any(_commands(said) for said in (found, words(talk.bare(clause).text)) if said) and not _plans(found):
        return Mood.ORDER
    if (found[0].text in ("a", "an") and pointing.brings_in(found)) or _list("scripts").at(found, 0) is not None:
        return Mood.NAME
    spoken = any(word.text in vocabulary.wordset("moods", "persons") for word in found)
    judged = len(_list("tells").hits(found)) > len(_list("not_tells").hits(found))
    return Mood.TELL if spoken or judged else Mood.NAME


def _commands(found: Sequence[Word]) -> bool:
    opens = found[0].text in vocabulary.wordset("moods", "acts")
    return opens and not _list("tells").hits(found[1 : 1 + NEAR])


def _plans(found: Sequence[Word]) -> bool:
    """ "we'll lock picture on friday": what people will do is no order."""
    return found[0].text in vocabulary.wordset("moods", "plans")


def _asks(found: Sequence[Word], *, asked: bool) -> bool:
    opens = _list("asks").at(found, 0) is not None and _list("not_asks").at(found, 0) is None
    return opens or (asked and _list("tells").hits(found) != ())


def _is_verdict(found: Sequence[Word]) -> bool:
    """ "kind of flat", "not my favourite": words of judgement and nothing else."""
    empty = vocabulary.wordset("moods", "verdicts") | vocabulary.wordset("turns", "bags", "glue")
    said = [word.text for word in found]
    return set(said) <= empty and bool(set(said) & vocabulary.wordset("moods", "verdicts"))


def _list(name: str) -> Lexicon[str]:
    return vocabulary.phrases("moods", name)


def _foreign(clause: str, language: Tongue, *, asked: bool) -> Mood:
    found = tokens(clause)
    said = {match.english: match for match in tongue.moods(language.code, "tells").matches(found)}
    if said or (asked and tongue.turns(language.code, "asked").matches(found)):
        return Mood.ASK if asked else Mood.TELL
    acts = tongue.moods(language.code, "acts").matches(found)
    small = language.glue | language.determiners | language.marks
    led = next((at for at, token in enumerate(found) if token.text not in small), 0)
    ends = any(match.first <= led or match.last == len(found) - 1 for match in acts)
    if ends or tongue.moods(language.code, "bids").matches(found):
        return Mood.ORDER
    return Mood.ASK if asked else Mood.NAME


def meaning(each: Heard, table: str) -> str:
    """What a clause of another language means by the first phrase of that table in it; empty where it holds none."""
    assert each.language is not None
    match = next(iter(tongue.turns(each.language.code, table).matches(tokens(each.text))), None)
    return match.english if match is not None else ""


def without(text: str, language: Tongue, *tables: str) -> str:
    """A text without the words that only order something."""
    found = tokens(text)
    books = [tongue.moods(language.code, "acts"), *(tongue.turns(language.code, table) for table in tables)]
    taken = {nth for book in books for match in book.matches(found) for nth in range(match.first, match.last + 1)}
    return tidy(cut(text, [(found[nth].start, found[nth].end) for nth in taken]))
