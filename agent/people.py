"""Who may do what: owners, members and guests of films, by the keys they show; the list of it only grows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from agent.errors import CountersteerError

HOUSE = ""
"""The name of whoever sits at this machine, or holds the house's own token: an owner of every film."""


class Role(StrEnum):
    """What somebody is in a film, the strongest first."""

    OWNER = "owner"
    MEMBER = "member"
    GUEST = "guest"


class Right(StrEnum):
    """What may be done, in the words of a refusal."""

    LOOK = "look and ask"
    DIRECT = "direct shots and spend on them"
    BLOCKS = "change the blocks"
    BUDGET = "change the budget"
    FILMS = "make films"
    KEYS = "give keys and roles"


MAY: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.MEMBER: frozenset({Right.LOOK, Right.DIRECT}),
    Role.GUEST: frozenset({Right.LOOK}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One line of the list.

    Attributes:
        key: What they are known by from then on, such as a digest of their token; empty where that stays as it is.
        role: What they are from then on; ``None`` takes it away.
        project_id: In which film; ``None`` for every film.
        by: Who decided it.
    """

    name: str
    role: Role | None
    key: str = ""
    project_id: str | None = None
    by: str = HOUSE
    given_us: int = 0


class People(Protocol):
    """The list, as rows."""

    async def grants(self) -> tuple[Grant, ...]:
        """Every line, oldest first."""
        ...

    async def grant(self, line: Grant) -> None:
        """Add a line; its time is now.

        Raises:
            ConflictError: Somebody else is known by that key.
        """
        ...


class NotAllowedError(CountersteerError):
    """Somebody asked for what only others may do; nothing was done.

    Attributes:
        may: Who could.
    """

    def __init__(self, right: Right, *, role: Role | None, may: Sequence[str]) -> None:
        whose = " or ".join(f"{each}s" for each in Role if right in MAY[each])
        you = f"you are a {role} here" if role else "nobody has given you a part in this film"
        who = " or ".join(may) or "whoever runs this house"
        super().__init__(f"only {whose} may {right}, and {you}; ask {who}; nothing was changed")
        self.may = tuple(may)


def standing(grants: Iterable[Grant]) -> Mapping[tuple[str, str | None], Role]:
    """Who is what now, by name and film."""
    last = {(line.name, line.project_id): line.role for line in grants}
    return {place: role for place, role in last.items() if role is not None}


def role_in(grants: Sequence[Grant], name: str, project_id: str | None) -> Role | None:
    """What somebody is in a film; where nobody was ever named, everybody is at home."""
    if name == HOUSE or not grants:
        return Role.OWNER
    now = standing(grants)
    held = {now.get((name, None)), now.get((name, project_id))}
    return next((role for role in Role if role in held), None)


def known_by(grants: Iterable[Grant], key: str) -> str | None:
    """Whose key it is; ``None`` where nobody's, or where all was taken from them."""
    lines = tuple(grants)
    name = next((line.name for line in reversed(lines) if line.key == key), None)
    return name if name in {each for each, _ in standing(lines)} else None


def refuse(grants: Sequence[Grant], name: str, right: Right, *, project_id: str | None) -> None:
    """Nothing, where it may be done.

    Raises:
        NotAllowedError: It may not, with who may.
    """
    role = role_in(grants, name, project_id)
    if role is None or right not in MAY[role]:
        now = standing(grants).items()
        may = {who for (who, where), held in now if where in (None, project_id) and right in MAY[held]}
        raise NotAllowedError(right, role=role, may=sorted(may))
