"""Conversations and turns as they are stored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation about a film.

    Attributes:
        door: Where it began: the terminal, the page, a program.
    """

    id: str
    project_id: str
    door: str
    created_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One turn: what the person wrote, and what was answered.

    Attributes:
        reply: ``None`` until it was acted on.
        said_by: Name of whoever said it; empty for the house itself (`agent.people`).
    """

    id: str
    conversation_id: str
    text: str
    reply: str | None
    created_us: int
    finished_us: int | None
    said_by: str = ""
