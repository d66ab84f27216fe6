"""The shots of a message, each with its own text, and what the message says of all of them."""

from dataclasses import dataclass

from agent.reading import figures, vocabulary
from agent.reading.clauses import Clause, join, sentences, split
from agent.reading.words import plain

MOST_SHOTS = 40  # of one message; more is a shot list and comes as a file


@dataclass(frozen=True, slots=True)
class Part:
    """One shot's own text; ``seconds`` where the division itself says it (timecodes, "3s/3s/2s")."""

    text: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """The shots of a message and what it says of all of them."""

    parts: tuple[Part, ...]
    shared: str = ""


def without_shared(text: str, *, whatever_follows: bool = False) -> tuple[str, str]:
    """The last shot's own sentence, and the sentences after it where they speak of all shots."""
    own, *others = sentences(text) or ("",)
    if others and not (whatever_follows or _is_shared(others[0])):
        own, others = text, []
    *before, last = split(own) or (Clause(text=own),)
    timed = _is_shared(last.text) and figures.read(last.text).seconds is not None  # "..., 6 s each"
    if before and (timed or _is_shared(last.text, "surely_shared")):
        own, others = join(before), [last.text, *others]
    return own, " ".join(others)


def _is_shared(sentence: str, words_for_it: str = "shared") -> bool:
    return bool(set(plain(sentence).split()) & vocabulary.wordset("shots", words_for_it))
