"""A turn about a shot in a film that has none: asked back, so that words of change never buy a picture."""

from dataclasses import replace

from agent.intents import ExemptTerms, Pick, Reject, Retake, Revise, Shoot, Unclear
from agent.reading import camera, pointing, request, talk, vocabulary
from agent.reading.clauses import split
from agent.reading.message import Message, Understood
from agent.reading.words import words
from agent.steering import Borrow, Narrow, Omit, Preview, Reorder, Revert

NO_SHOT = "There is no shot yet, so there is nothing to change or to choose. What is the first one to show?"
LONGEST = 200  # characters of a turn that only changes or chooses
_ABOUT_A_SHOT = (Borrow, ExemptTerms, Narrow, Omit, Pick, Preview, Reject, Reorder, Retake, Revert, Revise)


def pretended(message: Message) -> Message | None:
    """The turn as if the film had a first shot; ``None`` where it has one, or where a picture is set up."""
    if message.scene.shots or len(message.text) > LONGEST:
        return None
    opens = [camera.read(clause.text).values for clause in split(message.text)[:1]]
    if any(opens) and not changes(message):
        return None
    return replace(message, scene=replace(message.scene, shots=((1, ""),), current_shot=1))


def asked_back(message: Message, understood: Understood) -> Understood | None:
    """The question to put, where with a shot in the film the turn would have been about it and draws none itself."""
    about = all(isinstance(intent, (*_ABOUT_A_SHOT, Shoot)) for intent in understood.intents)
    pictured = any(isinstance(intent, Revise | Shoot) for intent in understood.intents)
    if not about or (pictured and not changes(message)):
        return None
    return Understood((Unclear(because=NO_SHOT),), understood.remarks)


def changes(message: Message) -> bool:
    """Whether the words only change something; what names a subject of its own may well be the first picture."""
    text = talk.bare(message.text).text
    said = {word.text for word in words(text)}
    short = len(said) <= pointing.LONGEST_FRAGMENT and not pointing.brings_in(words(text))
    pointed = said & (vocabulary.wordset("turns", "edit", "objects") | vocabulary.wordset("turns", "edit", "compared"))
    return short and bool(pointed) and request.opens_edit(text)
