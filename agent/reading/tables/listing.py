"""A shot list as it was understood, row by row."""

from dataclasses import dataclass

from agent.intents import Draft
from agent.reading.tables.heads import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One shot of a list.

    Attributes:
        where: The row it stands in, as a person finds it.
        number: What the list calls it; empty where it has no number.
        aside: Heading and text of cells that are no part of a picture; kept with the shot, never sent.
        doubts: What was not understood, guessed, or decided between two cells, a sentence each.
        problem: Why it cannot be made as it stands; empty where it can.
        exempt: Terms of the film's block that are set aside for it.
        exact: Whether every word is meant as it stands, because the list was exported from here.
    """

    where: str
    number: str
    scene: str
    draft: Draft
    aside: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    problem: str = ""
    exempt: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row that is no shot: a title, a scene's heading, a total."""

    where: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A whole list.

    Attributes:
        heads: Its columns with what each was taken for.
        told: What was cut, skipped or guessed of the list as a whole, a sentence each.
    """

    shots: tuple[Listed, ...]
    heads: tuple[Head, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def sound(self) -> tuple[Listed, ...]:
        """The shots that can be made."""
        return tuple(shot for shot in self.shots if not shot.problem)
