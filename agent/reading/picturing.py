"""Whether words surely draw a picture: the one place that is asked before a turn buys a new shot.

A picture names something that a camera could see. Words that speak to somebody, ask, or are about the film itself do
so only where they also announce a shot or set up its camera; any other turn is asked back, since a shot costs money.
"""

from dataclasses import replace
from functools import cache

from agent.intents import Ask, Draft, Intent, Shoot, Unclear
from agent.reading import figures, pointing, talk, vocabulary
from agent.reading.clauses import sentences, split
from agent.reading.message import Message, Understood
from agent.reading.words import Lexicon, words

NO_PICTURE = (
    'I see no picture in these words, so no shot was made. If it is one, say it again as "new shot: ..." with what '
    "is to be seen; if it is about the film, what shall I change?"
)

_FILM_TALK = ("of_the_film", "of_the_film_elsewhere")


def doubted(message: Message, understood: Understood) -> Understood:
    """What was understood, with a question in place of a new shot that the words do not surely draw."""
    answered = any(isinstance(intent, Ask) for intent in understood.intents)
    rest = _without_questions(message) if answered else message
    return replace(understood, intents=tuple(_or_asked(intent, rest) for intent in understood.intents))


def announces(clause: str) -> bool:
    """Whether a clause opens as only a new shot does: "next shot", "insert of"."""
    return announcement(clause) > 0


def announcement(clause: str) -> int:
    """Where such an opening ends; 0 where there is none."""
    found = words(clause)
    hit = _announced().at(found, 0) if found else None
    return found[hit.last].end if hit is not None else 0


def sets_up(draft: Draft) -> bool:
    """Whether camera, lens, length or frame are said, as only shots have them."""
    return draft.camera != Draft().camera or bool(draft.lens or draft.seconds or draft.aspect_ratio)


def _without_questions(message: Message) -> Message:
    """The sentences that another intent does not answer yet."""
    return message.about(" ".join(each for each in sentences(message.text) if not each.rstrip().endswith("?")))


def _or_asked(intent: Intent, message: Message) -> Intent:
    """The intent, or the question; several shots are a list, which nobody writes by accident."""
    if not isinstance(intent, Shoot) or len(intent.drafts) > 1 or _draws(message, next(iter(intent.drafts))):
        return intent
    return Unclear(because=NO_PICTURE)


def _draws(message: Message, draft: Draft) -> bool:
    """Whether the words announce a shot, or name what is to be seen and say nothing that speaks against it."""
    clauses = [clause.text for clause in split(message.text)]
    if any(map(announces, clauses)):
        return True
    if not _names_something(draft.action):
        return False
    if sets_up(draft):
        return not (_asks(message) and any(map(talk.is_talk, clauses))) or pointing.brings_in(words(message.text))
    speaks = _speaks if message.scene.shots else _surely_speaks
    return not (_asks(message) or _about_the_film(message, draft) or all(map(speaks, clauses)))


def _names_something(action: str) -> bool:
    """Whether words are left beside those that only link, measure or compare."""
    bare = vocabulary.wordset("turns", "bags", "glue") | vocabulary.wordset("turns", "edit", "degrees")
    empty = (
        bare | vocabulary.wordset("turns", "edit", "compared") | vocabulary.wordset("talk", "picture", "nothing_seen")
    )
    return any(word.text not in empty and figures.count(word.text) is None for word in words(action))


def _asks(message: Message) -> bool:
    return any("?" in clause.mark for clause in split(message.text))


def _about_the_film(message: Message, draft: Draft) -> bool:
    """Whether the words are about clips, money, settings: the film and not what is in it.

    Words that were set aside ("no negatives, just the fox") are no longer in the action; those of a sign still are.
    """
    return all(_film_talk().hits(words(text)) for text in (message.shielded.unspoken(message.text), draft.action))


def _speaks(clause: str) -> bool:
    """Whether a clause speaks to somebody, or says nothing to be seen."""
    bared = talk.bare(clause).text
    return (talk.is_talk(bared) and not pointing.brings_in(words(bared))) or _surely_speaks(clause)


def _surely_speaks(clause: str) -> bool:
    """Whether it does so also where the film has no shot yet and any words may be the first one's: "grabbing lunch"."""
    bared = [word for word in words(talk.bare(clause).text) if figures.count(word.text) is None]
    told = [word for word in bared if word.text not in vocabulary.wordset("turns", "bags", "glue")]
    return not told or talk.is_surely_talk(clause) or _pastimes().at(bared, 0) is not None


@cache
def _announced() -> Lexicon[str]:
    return vocabulary.phrases("talk", "picture", "announced")


@cache
def _film_talk() -> Lexicon[str]:
    return Lexicon({phrase: phrase for name in _FILM_TALK for phrase in vocabulary.listed("talk", "picture", name)})


@cache
def _pastimes() -> Lexicon[str]:
    return vocabulary.phrases("talk", "picture", "pastimes")
