"""How often things were done in this process, how they ended, and how long they took."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from langgraph.errors import GraphInterrupt

from agent.errors import VendorError

EDGES_S = (0.01, 0.05, 0.25, 1.0, 5.0, 30.0, 120.0)
"""Upper edges of the durations that are told apart; what takes longer is in the last count, of all."""

OK = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One kind of thing that is done, and how it ended: ``ok``, or what it failed with."""

    kind: str
    name: str
    where: str
    ended: str


@dataclass(slots=True)
class Taken:
    """How often, and how long in all; ``within`` counts those up to each of `EDGES_S`."""

    times: int = 0
    seconds: float = 0.0
    within: list[int] = field(default_factory=lambda: [0] * len(EDGES_S))


class Meter:
    """One per process; `agent.watch.Watch`."""

    def __init__(self) -> None:
        self.taken: dict[Deed, Taken] = {}

    @contextmanager
    def over(self, kind: str, name: str, **ids: str) -> Generator[None]:
        """Count what is done inside."""
        began_s, how = time.monotonic(), OK
        try:
            yield
        except BaseException as error:
            how = ended(error)
            raise
        finally:
            deed = Deed(kind=kind, name=name, where=ids.get("vendor", ""), ended=how)
            self._add(deed, seconds=time.monotonic() - began_s)

    def _add(self, deed: Deed, *, seconds: float) -> None:
        taken = self.taken.setdefault(deed, Taken())
        taken.times += 1
        taken.seconds += seconds
        for nth, edge_s in enumerate(EDGES_S):
            taken.within[nth] += seconds <= edge_s


def ended(error: BaseException) -> str:
    """What a failure is counted as: the vendor's trouble, or the kind of error; never its words. A pause is none."""
    if isinstance(error, GraphInterrupt):
        return OK
    return error.trouble.value if isinstance(error, VendorError) else type(error).__name__
