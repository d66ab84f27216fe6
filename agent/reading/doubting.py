"""Turns with two readings: each reading as the message it would have been, so that it can be asked and chosen."""

import re
from dataclasses import replace

from agent.intents import Decide, Draft, Revise, SetBudget, Shoot, Unclear
from agent.reading import picturing, vocabulary
from agent.reading.message import Message, Understood
from agent.reading.words import words

NO_DEBT = "A budget cannot be below zero, so it stays as it was. What shall it be, or how much shall come off it?"
_DEBT = re.compile(r"(?<!\S)[-−–](?=[$€£]?\d)|\b(?:minus|negative)\s[$€£]?\d|[$€£][-−–]\d", re.IGNORECASE)

_LENGTHS = re.compile(r"\b(\d{1,3})\s?(?:s|secs?|seconds?)\sand\s(\d{1,3})\s?(?:s|secs?|seconds?)\b", re.IGNORECASE)


def readings(message: Message, understood: Understood) -> tuple[str, ...]:
    """What a turn may have meant; empty where it is clear."""
    return _which_of_several(message, understood) or _shot_or_talk(message, understood)


def no_contradiction(message: Message, understood: Understood) -> Understood:
    """What was understood, with a question in place of what asks one shot for opposite things."""
    if not any(isinstance(each, Revise | Decide | Shoot) for each in understood.intents):
        return understood
    pair = _opposites(message.plain) or _two_lengths(message.text, understood)
    if not pair:
        return understood
    because = (
        f"That asks for {pair[0]} and for {pair[1]}, which cannot both be, so nothing is changed. Which of the two?"
    )
    return replace(understood, intents=(Unclear(because=because),))


def _opposites(said: str) -> tuple[str, str] | None:
    """Two words of a turn that undo each other, nothing between them that tells one from the other."""
    table = vocabulary.table("moods", "opposites")
    pairs = ((one, other) for one in table for other in vocabulary.listed("moods", "opposites", one))
    return next((pair for pair in pairs if any(f" {a} and {b} " in f" {said} " for a, b in _ways(pair))), None)


def _ways(pair: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    one, other = pair
    return ((one, other), (other, one), (f"{one} it", f"{other} it"))


def _two_lengths(text: str, understood: Understood) -> tuple[str, str] | None:
    """ "5 seconds and 8 seconds" of one shot."""
    (first, *more) = understood.intents
    if more or not isinstance(first, Revise):
        return None
    match = _LENGTHS.search(text)
    return (f"{match.group(1)} s", f"{match.group(2)} s") if match and match.group(1) != match.group(2) else None


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
    announced = picturing.announces(message.text)
    if draft != bare or announced or not any(word.text in talk for word in words(message.text)):
        return ()
    return (f"new shot: {_said(message)}", f"shot {message.scene.current_shot}: {_said(message)}")


def _said(message: Message) -> str:
    return message.shielded.unveil(message.text).strip()
