"""Turns with two readings: each reading as the message it would have been, so that it can be asked and chosen."""

import re
from dataclasses import replace

from agent.intents import Draft, Revise, SetBudget, Shoot, Unclear
from agent.reading import vocabulary
from agent.reading.message import Message, Understood
from agent.reading.words import words

NO_DEBT = "A budget cannot be below zero, so it stays as it was. What shall it be, or how much shall come off it?"
_DEBT = re.compile(r"(?<!\S)[-−–](?=[$€£]?\d)|\b(?:minus|negative)\s[$€£]?\d|[$€£][-−–]\d", re.IGNORECASE)


def readings(message: Message, understood: Understood) -> tuple[str, ...]:
    """What a turn may have meant; empty where it is clear."""
    return _which_of_several(message, understood) or _shot_or_talk(message, understood)


def no_debt(message: Message, understood: Understood) -> Understood:
    """What was understood, with a question in place of a budget below nothing."""
    if not _DEBT.search(message.text) or not any(isinstance(each, SetBudget) for each in understood.intents):
        return understood
    return replace(understood, intents=(Unclear(because=NO_DEBT),))


def _which_of_several(message: Message, understood: Understood) -> tuple[str, ...]:
    """An edit of "it" where the turn before was about several shots."""
    (first, *more) = understood.intents
    recent = message.scene.recent
    if more or not isinstance(first, Revise) or first.shot is not None or first.which is not None or len(recent) < 2:
        return ()
    if not any(word.text in vocabulary.wordset("turns", "edit", "singular") for word in words(message.text)[:4]):
        return ()
    return tuple(f"shot {number}: {_said(message)}" for number in recent)


def _shot_or_talk(message: Message, understood: Understood) -> tuple[str, ...]:
    """A new shot that shows no picture and speaks of the film's own shots, takes or models."""
    (first, *more) = understood.intents
    if more or not isinstance(first, Shoot) or len(first.drafts) != 1 or not message.scene.shots:
        return ()
    draft = next(iter(first.drafts))
    bare = Draft(action=draft.action, notes=draft.notes, wishes=draft.wishes, negative=draft.negative)
    talk = vocabulary.wordset("turns", "edit", "of_the_film")
    if draft != bare or not any(word.text in talk for word in words(message.text)) or "new shot" in message.plain:
        return ()
    return (f"new shot: {_said(message)}", f"shot {message.scene.current_shot}: {_said(message)}")


def _said(message: Message) -> str:
    return message.shielded.unveil(message.text).strip()
