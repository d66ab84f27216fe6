"""Turns about takes: take it again, on another model, choose one, or call one no good."""

import re

from agent.film import Wishes
from agent.intents import Pick, Reject, Retake
from agent.reading import negation, vocabulary, wishes
from agent.reading.clauses import split
from agent.reading.message import Message, Understood, is_made_of, numbers
from agent.reading.words import plain, words

LONGEST = 40  # words; longer turns describe a shot

_TAKE = re.compile(r"\btake\s?#?(\d{1,4})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(\d{1,4})\b")


def read(message: Message) -> Understood | None:
    """A retake, a choice or a rejection, where the turn is one."""
    if len(message.text) > 1000 or len(words(message.text)) > LONGEST:
        return None
    return _reject(message) or _pick(message) or _retake(message)


def _reject(message: Message) -> Understood | None:
    """ "take 2 is no good, six fingers": the first clause rejects, the others say what is wrong."""
    clauses = split(message.text)
    named, first = numbers(clauses[0].text) if clauses else ((), "")
    take = _TAKE.search(first)
    said = plain(_TAKE.sub(" ", first))
    if message.shielded.unveil(said).lower() not in vocabulary.wordset("turns", "take", "rejects"):
        return None
    faults = (negation.bare(part) for clause in clauses[1:] for part in clause.text.split(" and "))
    return Understood(
        (
            Reject(
                take=int(take.group(1)) if take else None,
                shot=named[0] if named else None,
                terms=tuple(message.shielded.unveil(fault) for fault in faults if fault),
            ),
        )
    )


def _pick(message: Message) -> Understood | None:
    named, text = numbers(message.text)
    take = _TAKE.search(text)
    rest = _TAKE.sub(" ", text)
    lists = (("turns", "take", "picks"), ("turns", "take", "better"))
    opening = vocabulary.phrases("turns", "take", "picks").at(words(text), 0) if words(text) else None
    if take is None and (opening is None or not _says_it(text)):
        return None
    if not is_made_of(rest, lists, extra=_loose() | {"of", "from", "i", "think", "ok", "yes"}):
        return None
    figure = take or _NUMBER.search(text)
    return Understood((Pick(take=int(figure.group(1)) if figure else None, shot=named[0] if named else None),))


def _says_it(text: str) -> bool:
    """Whether "circle" or "pick" is followed by a figure, "it" or "that one", and not by an object in a shot."""
    return bool(
        re.fullmatch(r"[a-z ]*\b(?:\d{1,4}|it|that|this|that one|this one|the last one)\W*", text.lower())
    ) and not (plain(text).startswith(("i like", "i prefer", "use ", "keep ", "take the")))


def _retake(message: Message) -> Understood | None:
    named, text = numbers(message.text)
    wished, rest = wishes.read(text, models=message.scene.models)
    again = bool(vocabulary.phrases("turns", "take", "takes_again").hits(words(rest)))
    asked = wished != Wishes()
    in_film = bool(named) or message.scene.current_shot is not None
    lists = (("turns", "take", "takes_again"), ("turns", "whole", "retake"))
    if not (again or (asked and in_film)) or not is_made_of(
        rest, lists, extra=_loose() | vocabulary.wordset("turns", "take", "routing")
    ):
        return None
    return Understood((Retake(shots=named, wishes=wished),))


def _loose() -> frozenset[str]:
    return vocabulary.wordset("turns", "take", "loose")
