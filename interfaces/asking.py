"""Who asks: one value for each request or message, set by the door it came through."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from agent.errors import NotFoundError
from agent.people import HOUSE, Grant, Right, refuse, role_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Somebody, with the list that says what they are.

    Attributes:
        name: Empty for the house itself: this machine's person, its worker, its desk.
    """

    name: str = HOUSE
    grants: Sequence[Grant] = ()

    def sees(self, project_id: str) -> bool:
        """Whether they have any part in that film."""
        return role_in(self.grants, self.name, project_id) is not None

    def must_see(self, project_id: str, *, what: str, name: str) -> None:
        """Nothing, where they do.

        Raises:
            NotFoundError: They do not; of a film of others not even its being there is told.
        """
        if not self.sees(project_id):
            raise NotFoundError(what=what, name=name)

    def must_be_let(self, right: Right, *, project_id: str | None) -> None:
        """Nothing, where they may do that.

        Raises:
            NotAllowedError: They may not.
        """
        refuse(self.grants, self.name, right, project_id=project_id)


AT_HOME = Asker()

_NOW: ContextVar[Asker] = ContextVar("asker")


def asker() -> Asker:
    """Who asks now."""
    return _NOW.get(AT_HOME)


@contextmanager
def asked_by(who: Asker) -> Generator[None]:
    """All that is done meanwhile is asked by them."""
    before = _NOW.set(who)
    try:
        yield
    finally:
        _NOW.reset(before)
