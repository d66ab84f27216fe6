"""Which leases the running task holds, and the check that no other process has taken them over."""

from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import LostLeaseError
from memory import tables


@dataclass(slots=True, eq=False)
class Held:
    """A lease in hand.

    Attributes:
        fence: Rises with every holder of the key.
        active: ``False`` once it was given back: what was started under it and goes on is then free of it.
    """

    key: str
    fence: int
    active: bool = True


_HELD = select(tables.leases.c.key, tables.leases.c.fence).where(
    tables.leases.c.key.in_(bindparam("keys", expanding=True))
)

held: ContextVar[tuple[Held, ...]] = ContextVar("held", default=())
"""Leases of this task and of those that started it."""


async def check(connection: AsyncConnection) -> None:
    """Refuse the write of a holder whose lease has gone to somebody else.

    Raises:
        LostLeaseError: A lease of this task has a newer holder.
    """
    mine = {lease.key: lease.fence for lease in held.get() if lease.active}
    if not mine:
        return
    rows = await connection.execute(_HELD, {"keys": [*mine]})
    late = [key for key, fence in rows if mine[key] != fence]
    if late:
        raise LostLeaseError(
            f"{', '.join(late)} was taken over by another process while this one stood still; "
            "this late write was refused and the other one goes on"
        )
