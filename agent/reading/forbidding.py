"""Bans of the whole film that are said as a complaint, or as what is never wanted again."""

from collections.abc import Sequence

from agent.intents import ChangeNegatives
from agent.reading import forms, negation, places, vocabulary
from agent.reading.message import Message, Understood
from agent.reading.moods import Heard
from agent.reading.words import Word, words


def read(heard: Sequence[Heard], message: Message) -> Understood | None:
    """What a turn keeps out of the film; ``None`` where it is no such ban."""
    return _complaint(heard, message) or _for_good(heard, message)


def _complaint(heard: Sequence[Heard], message: Message) -> Understood | None:
    """ "Why does every clip have lens flare?? keep those out": what was complained of, kept out of the film."""
    said = [words(each.text) for each in heard]
    at = next((nth for nth, found in enumerate(said) if nth and _holds("out", found)), None)
    if at is None or not any(_holds("everywhere", found) for found in said[:at]):
        return None
    clause, found = heard[at - 1].text, said[at - 1]
    leads = vocabulary.phrases("moods", "complaints").hits(found)
    if not leads or leads[-1].last + 1 >= len(found):
        return None
    return _kept_out(clause[found[leads[-1].last + 1].start :], message)


def _for_good(heard: Sequence[Heard], message: Message) -> Understood | None:
    """ "Stop giving me six fingers": what never is wanted, where no shot is named."""
    found = words(heard[0].text) if len(heard) == 1 else ()
    lead = vocabulary.phrases("moods", "for_good").at(found, 0) if found else None
    if lead is None or lead.last + 1 >= len(found) or places.placed(heard, message.scene) is not None:
        return None
    if any(word.text in vocabulary.wordset("turns", "edit", "singular") for word in found):
        return None  # "stop showing it": of what was spoken of
    return _kept_out(heard[0].text[found[lead.last + 1].start :], message)


def _kept_out(listed: str, message: Message) -> Understood | None:
    terms = (negation.bare(each) for each in forms.LIST.split(listed))
    add = tuple(message.shielded.unveil(term) for term in terms if term)
    return Understood((ChangeNegatives(add=add),)) if add else None


def _holds(name: str, found: Sequence[Word]) -> bool:
    return bool(vocabulary.phrases("moods", name).hits(found))
