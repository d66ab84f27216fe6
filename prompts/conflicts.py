"""What speaks against what in a whole film, told before any money is spent: block, style and shots. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from prompts import lint, terms
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.remarks import Remark
from prompts.sheet import Sheet

MOST_SHOWN = 3
"""Shots whose own words are quoted in a sentence about many."""


class Between(StrEnum):
    """Who disagrees; the agent adds what concerns models and money."""

    BLOCK_STYLE = "block against style"
    BLOCK_SHOT = "block against shots"
    SHOT_MODELS = "shots against what the models make"
    MONEY = "shots against the ceilings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One disagreement, with everything it concerns.

    Attributes:
        shots: What the list calls the shots; empty where it concerns the whole film.
        terms: Terms of the block it is about; empty where it is about none.
        sentence: What was found, in figures.
        advice: What to do about it.
        sure: Whether a shot would certainly fail if nothing is done.
    """

    between: Between
    shots: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    sentence: str
    advice: str
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One shot as far as words go.

    Attributes:
        name: What the list calls it.
        number: What the film calls it, or will: what a person says to have something done about it.
        exempt: Terms set aside for it already.
    """

    name: str
    number: int
    sheet: Sheet
    exempt: tuple[str, ...] = ()


def find(shots: Sequence[Planned], *, style: StyleBlock, negative: NegativeBlock) -> tuple[Conflict, ...]:
    """Every term that the style or a shot asks for, and every shot whose exemptions leave no negative; one per term."""
    block = [term.text for term in negative.terms]
    return (
        *(_with_the_style(remark) for remark in lint.against_style(block, style)),
        *_with_the_shots(shots, block),
        *_stripped(shots, negative),
    )


def _with_the_style(remark: Remark) -> Conflict:
    (term,) = remark.terms
    return Conflict(
        between=Between.BLOCK_STYLE,
        terms=remark.terms,
        sentence=f"{remark.sentence}; every shot carries both",
        advice=f"take {term!r} out of the block, or reword the style",
    )


def _with_the_shots(shots: Sequence[Planned], block: Sequence[str]) -> Iterator[Conflict]:
    """One conflict per term, for all shots that ask for it."""
    found: dict[str, list[tuple[Planned, str]]] = {}
    for shot in shots:
        for term, words in _asked_for(shot, block):
            found.setdefault(term, []).append((shot, words))
    for term, asking in found.items():
        numbers = [shot.number for shot, _ in asking]
        yield Conflict(
            between=Between.BLOCK_SHOT,
            shots=tuple(shot.name for shot, _ in asking),
            terms=(term,),
            sentence=f"{term!r} is forbidden, and {len(asking)} of {len(shots)} ask for it: {_quoted(asking)}",
            advice=_ways_out(term, numbers, of=len(shots)) if term in block else _own_way_out(term),
        )


def _asked_for(shot: Planned, block: Sequence[str]) -> Iterator[tuple[str, str]]:
    set_aside = {terms.identity(name) for name in shot.exempt}
    for term in dict.fromkeys((*block, *shot.sheet.negative)):
        words = None if terms.identity(term) in set_aside else lint.asked_for(term, shot.sheet)
        if words is not None:
            yield term, words


def _quoted(asking: Sequence[tuple[Planned, str]]) -> str:
    shown = [f"{shot.name} ({words!r})" for shot, words in asking[:MOST_SHOWN]]
    rest = len(asking) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def _ways_out(term: str, numbers: Sequence[int], *, of: int) -> str:
    """An exemption where few shots ask, a shorter block where most do."""
    if len(numbers) > 1 and 2 * len(numbers) > of:
        return f"take {term!r} out of the block and forbid it in the few shots that need it, or reword the shots"
    others = ", likewise the others" if len(numbers) > 1 else ""
    return f"say: exempt {term!r} for shot {numbers[0]}{others}; or reword what is asked for"


def _own_way_out(term: str) -> str:
    """For a term that only the shot itself forbids, which no exemption from the block reaches."""
    return f"take {term!r} out of what the shot itself forbids, or reword what it shows"


def _stripped(shots: Sequence[Planned], negative: NegativeBlock) -> Iterator[Conflict]:
    """Shots that could not be sent at all: every prompt carries a negative."""
    known = {terms.identity(term.text) for term in negative.terms}
    bare = tuple(
        shot.name
        for shot in shots
        if not shot.sheet.negative and known <= {terms.identity(name) for name in shot.exempt}
    )
    if bare:
        yield Conflict(
            between=Between.BLOCK_SHOT,
            shots=bare,
            sentence=f"{len(bare)} of {len(shots)} set every term of the block aside, and nothing goes out without one",
            advice="exempt fewer terms, or add one to the block",
            sure=True,
        )
