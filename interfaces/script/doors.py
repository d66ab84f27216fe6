"""What a script needs of a door: a film to be made there, and conversations about it."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from interfaces.following import Hear
from interfaces.script.reading import Written

Tell = Callable[[str], None]
"""Hears what the person should know of setting up."""


class Voice(Protocol):
    """One conversation. Every event of it is heard once, in order, by whoever opened it."""

    async def say(self, text: str) -> str | None:
        """Say it; the reason where it cannot be taken as a turn."""
        ...

    async def decide(self, *, shot: int, approve: bool) -> None:
        """Answer what a shot asks, as by its button."""
        ...

    async def catch_up(self) -> None:
        """Hear what happened since the last time."""
        ...

    async def until_rest(self) -> None:
        """Hear what happens until nothing of the film moves by itself any more."""
        ...


class Door(Protocol):
    """Where one script is played."""

    async def open(self, written: Written, *, tell: Tell) -> str:
        """Make the film with its blocks, references and ceilings; its id.

        Raises:
            CountersteerError: Something of it cannot be had here.
        """
        ...

    async def converse(self, hear: Hear) -> Voice:
        """Begin a conversation."""
        ...

    async def board(self) -> Mapping[str, Any]:
        """The film's board, as the API sends it."""
        ...

    async def coverage(self) -> float:
        """Share of what was sent that has both blocks in it, recomputed from what is stored."""
        ...
