"""Who read the messages of a run, and what asking a language model about them took."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from agent.asked import Asked
from agent.intents import Plan, Scene
from agent.ports import Planner


@dataclass
class Counted:
    """A planner that counts whose plans it gave: with a language model, the rules read what it failed at."""

    planner: Planner
    readers: Counter[str] = field(default_factory=Counter[str])
    asked: list[Asked] = field(default_factory=list[Asked])

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """What the message means, by the planner under test."""
        plan = await self.planner.plan(message, scene=scene)
        self.readers[plan.planner] += 1
        self.asked += [plan.asked] if plan.asked else []
        return plan

    def told(self) -> dict[str, Any]:
        """Messages by reader; calls, tokens and US dollars, ``None`` where a server or the settings leave them open."""
        costs = [each.cost_micro_usd for each in self.asked]
        return {
            "read_by": dict(self.readers),
            "calls": sum(each.calls for each in self.asked),
            "tokens_read": _sum([each.tokens_read for each in self.asked]),
            "tokens_written": _sum([each.tokens_written for each in self.asked]),
            "usd": None if (cost := _sum(costs)) is None else cost / 1e6,
        }


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None
