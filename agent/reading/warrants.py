"""What in a turn is an order: the warrant without which nothing is done that costs money.

A picture may be made because its words surely draw one (`agent.reading.picturing`). A change of a shot, or another take
of it, needs a clause that orders it, or a fragment that only a change would be: "shot 2: closer". A turn that tells how
something is changes nothing. The same evidence finds edits that the readers took for pictures.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.intents import Decide, Draft, Intent, Remark, Retake, Revise, Shoot, Unclear
from agent.reading import (
    drafting,
    events,
    missed,
    moods,
    picturing,
    places,
    pointing,
    request,
    shield,
    talk,
    vocabulary,
)
from agent.reading.message import Message, Understood, numbers
from agent.reading.missed import Reader
from agent.reading.moods import Heard, Mood
from agent.reading.tongues.tokens import tokens
from agent.reading.words import words
from agent.steering import Borrow

ONLY_A_REMARK = "only a remark, leave it as it is"
_COSTS = (Revise, Retake, Borrow)


def checked(typed: str, message: Message, understood: Understood, *, read: Reader) -> Understood:
    """What was understood, with a question in place of what costs money and was not ordered."""
    if not message.scene.shots:
        return picturing.doubted(message, understood)
    said = shield.shield(typed)
    heard = moods.of(said.unspoken(said.text))
    drawn = picturing.doubted(message, missed.found(heard, message, understood, read=read) or understood)
    missing = _missing(message, drawn)
    if missing:
        return replace(drawn, intents=(Unclear(because=missing),))
    return replace(drawn, intents=_warranted(drawn.intents, heard, message))


def _missing(message: Message, understood: Understood) -> str:
    """What to say where an edit of the current shot names another that the film has not."""
    known = {number for number, _ in message.scene.shots}
    named, _ = numbers(message.text)
    edits = [each for each in understood.intents if isinstance(each, Revise)]
    if not named or set(named) & known or [(each.shot, each.which) for each in edits] != [(None, None)]:
        return ""
    return f"There is no shot {named[0]}; the film has shots {_listed(sorted(known))}. Nothing is changed."


def _listed(numbered: Sequence[int]) -> str:
    return f"{numbered[0]} to {numbered[-1]}" if len(numbered) > 1 else str(numbered[0])


def _warranted(intents: tuple[Intent, ...], heard: Sequence[Heard], message: Message) -> tuple[Intent, ...]:
    if len(intents) == 1 and isinstance(intents[0], Revise) and any(_is_of_the_block(each.text) for each in heard):
        return (Unclear(),)
    kept = tuple(intent for intent in intents if not _needs_order(intent) or _ordered(intent, heard, message))
    return kept or (_asked_back(intents, heard, message),)


def _needs_order(intent: Intent) -> bool:
    return isinstance(intent, (*_COSTS, Shoot)) or (isinstance(intent, Decide) and intent.approve)


def _ordered(intent: Intent, heard: Sequence[Heard], message: Message) -> bool:
    """Whether some clause warrants that it is done."""
    spoken = {each.mood for each in heard}
    if isinstance(intent, Decide):
        return spoken != {Mood.ASK} and not any(_asks_to_be_told(each.text) for each in heard)
    if isinstance(intent, Shoot):
        announced = len(intent.drafts) > 1 or any(picturing.announces(each.text) for each in heard)
        return announced or _is_drawn(heard if picturing.sets_up(next(iter(intent.drafts))) else _without_events(heard))
    if any(each.mood is Mood.ORDER and not _praises(each.text) for each in heard):
        return True
    if isinstance(intent, Retake):
        return Mood.NAME in spoken
    named = [each for each in heard if each.mood is Mood.NAME and tokens(each.text) and not _praises(each.text)]
    sure = _without_events(named) if not spoken & {Mood.TELL, Mood.ASK} else ()
    return bool(sure) or any(_changes(each.text, message) for each in named)


def _without_events(heard: Sequence[Heard]) -> list[Heard]:
    """The clauses but those that only tell what something does; behind "shot 2:" that is the shot's action."""
    before = (None, *heard)
    return [
        each
        for last, each in zip(before, heard, strict=False)
        if not events.tells(each.text) or (last is not None and _is_label(last.text))
    ]


def _is_label(clause: str) -> bool:
    named, rest = numbers(clause)
    return bool(named) and not words(rest)


def _is_of_the_block(clause: str) -> bool:
    """Whether it speaks of the negatives of the film, which no edit of a shot changes."""
    return bool(vocabulary.phrases("deeds", "ideas", "block").hits(words(clause)))


def _asks_to_be_told(clause: str) -> bool:
    """ "fine, then just tell me what's in there" agrees to nothing."""
    return bool(vocabulary.phrases("turns", "questions", "tell_me").hits(words(clause)))


def _is_drawn(heard: Sequence[Heard]) -> bool:
    """Whether some clause may be a picture: it neither tells, asks nor does something to what is there."""
    drawn = [each.text for each in heard if each.mood in (Mood.NAME, Mood.ORDER) and not _does(each)]
    if any(each.mood is Mood.TELL and talk.is_surely_talk(each.text) for each in heard):
        drawn = [clause for clause in drawn if pointing.brings_in(words(clause))]
    return any(len(tokens(clause)) > 1 for clause in drawn)


def _does(each: Heard) -> bool:
    """ "put the change back in": an act that no picture opens with, and nothing brought in."""
    found = words(each.text)
    acts = vocabulary.wordset("moods", "sure_acts")
    return bool(found) and found[0].text in acts and not pointing.brings_in(found)


def _praises(clause: str) -> bool:
    """ "lovely light in shot 1", and not "great but closer"."""
    found = words(clause)
    praised = bool(found) and vocabulary.phrases("moods", "praise").at(found, 0) is not None
    return praised and "but" not in [word.text for word in found]


def _changes(clause: str, message: Message) -> bool:
    """Whether a fragment is of no use but as a change: a comparison, camera, a length, what is ruled out."""
    draft = drafting.read(clause, shielded=message.shielded, labels=(), models=message.scene.models, edit=True)
    settings = (draft.lens, draft.seconds, draft.aspect_ratio, draft.negative, draft.lighting, draft.palette)
    return draft.camera != Draft().camera or any(settings) or request.opens_edit(clause)


def _asked_back(intents: Sequence[Intent], heard: Sequence[Heard], message: Message) -> Intent:
    """The question, or nothing but an answer where something was praised."""
    first = next(iter(intents))
    if isinstance(first, Decide) or all(each.mood is Mood.ASK for each in heard):
        return Unclear()
    praised = any(vocabulary.phrases("moods", "praise").hits(words(each.text)) for each in heard)
    if praised and not any(each.mood is Mood.ORDER and not _praises(each.text) for each in heard):
        return Remark()
    placed = places.placed(heard, message.scene)
    number = placed.shot if placed else message.scene.current_shot
    said = placed.rest if placed else message.shielded.unveil(message.text).strip()
    return Unclear(says=(f"change shot {number}: {said}", ONLY_A_REMARK))
