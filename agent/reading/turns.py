"""Short turns that are one phrase of the word list: yes, no, again, help, hello."""

import re

from agent.intents import Ask, Decide, Remark, Retake, Topic, Unclear
from agent.reading import drafting, vocabulary
from agent.reading.clauses import split
from agent.reading.message import Message, Understood, numbers
from agent.reading.words import plain, words

LONGEST = 16  # words; a longer turn is never only a yes or a no

_NUMBERED = re.compile(r"(?P<phrase>\D+?)\s+#?(?P<number>\d{1,3})[.!]?")
_KINDS = ("vague", "files", "help", "status", "retake", "refuse", "leave", "approve", "remark")


def read(message: Message) -> Understood | None:
    """A decision, a retake, a plain question or small talk, where the turn is nothing else."""
    if len(message.text) > 400 or len(words(message.text)) > LONGEST:
        return None
    named, text = numbers(message.shielded.unveil(message.text))
    kinds = _kinds(text)
    if not kinds and not named:
        named, kinds = _decided(text)
    if not kinds:
        return None
    shot = named[0] if named else None
    kind = next(kind for kind in _KINDS if kind in kinds)
    if kind == "refuse" and "approve" in kinds and not _one_refusal(text):
        return Understood((Unclear(readings=("go ahead", "stop")),))
    return _meaning(kind, shot, named)


def _decided(text: str) -> tuple[tuple[int, ...], frozenset[str]]:
    """ "approve 3", "again 2": whoever decides may leave the word "shot" out."""
    match = _NUMBERED.fullmatch(text.strip())
    if match is None or plain(match["phrase"]) not in _phrases("before_number"):
        return (), frozenset()
    return (int(match["number"]),), _kinds(match["phrase"])


def _kinds(text: str) -> frozenset[str]:
    """The kind of each clause; empty as soon as one of them is none."""
    whole = _kind(plain(text))
    if whole:
        return frozenset({whole})
    kinds = {_kind(plain(clause.text)) for clause in split(text) if words(clause.text)}
    return frozenset() if "" in kinds else frozenset(kinds)


def _kind(phrase: str) -> str:
    """The kind of a phrase once "please", "well" and the like around it are gone."""
    phrase = plain(drafting.without_chat(phrase))
    while phrase:
        found = next((kind for kind in _KINDS if phrase in _phrases(kind)), "")
        first, _, rest = phrase.partition(" ")
        if found or first not in vocabulary.wordset("turns", "polite", "openers"):
            return found
        phrase = rest
    return ""


def _phrases(kind: str) -> frozenset[str]:
    return frozenset(vocabulary.listed("turns", "whole", kind))


def _one_refusal(text: str) -> bool:
    """Whether the turn opens with the refusal ("no, that's fine" still means no)."""
    first = split(text)[0].text
    return _kind(plain(first)) == "refuse"


def _meaning(kind: str, shot: int | None, named: tuple[int, ...]) -> Understood:
    match kind:
        case "approve":
            return Understood((Decide(approve=True, shot=shot),))
        case "refuse":
            return Understood((Decide(approve=False, shot=shot),))
        case "retake":
            return Understood((Retake(shots=named),))
        case "help":
            return Understood((Ask(topic=Topic.HELP),))
        case "status":
            return Understood((Ask(topic=Topic.STATUS, shot=shot),))
        case "vague":
            return Understood((Unclear(),))
        case "files":
            return Understood((Unclear(readings=("a shot list comes in as a file",)),))
        case _:
            return Understood((Remark(),))
