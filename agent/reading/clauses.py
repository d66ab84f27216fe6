"""A text in clauses, each with the punctuation that follows it, so that what stays can be joined as it was typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.reading.words import tidy

_BREAK = re.compile(
    r"\s*(?:[;\n…•|()\[\]]|[!?](?=[\s!?.,)\]]|$)|,(?!\d)|\.(?!\d)|:(?=\s|$)|(?<=\s)[-–—/](?=\s)|—)[\s;!?…•|,.()\[\]]*"
)
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A run of words between two marks, and the mark that follows it."""

    text: str
    mark: str = ""


@lru_cache(maxsize=512)  # each reader of a turn asks for the clauses of the same few texts
def split(text: str) -> tuple[Clause, ...]:
    """The clauses of a text; figures such as ``2.39`` and ``1,5`` are left whole."""
    clauses: list[Clause] = []
    at = 0
    for match in _BREAK.finditer(text):
        clauses.append(Clause(text=text[at : match.start()].strip(), mark=match.group()))
        at = match.end()
    clauses.append(Clause(text=text[at:].strip()))
    return tuple(clause for clause in clauses if clause.text)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, with their closing marks."""
    return tuple(sentence for sentence in _SENTENCE.split(text) if sentence and sentence.strip())


def join(clauses: Sequence[Clause]) -> str:
    """Clauses back as one text."""
    kept = ((tidy(clause.text), clause.mark) for clause in clauses)
    return tidy("".join(f"{text}{_spaced(mark)}" for text, mark in kept if text))


def _spaced(mark: str) -> str:
    mark = mark.strip()
    if not mark:
        return " "
    return f" {mark} " if mark[0] in "-–—/|•([" else f"{mark} "
