"""The door that knows roles: what a guest or member may not do is refused before anything acts on it.

The product has no roles yet. This is what stands in for them in a run of hostile cases: the product's own planner reads
the message, and intents that the role may not have are taken out, with the product's own sentence for that.
"""

from dataclasses import replace

from agent.intents import (
    Ask,
    ChangeNegatives,
    ChangeStyle,
    Intent,
    Plan,
    Remark,
    Revise,
    Scene,
    Shoot,
    Unclear,
)
from agent.ports import Planner
from benchmarks.adversarial_watch import unwatched

_REFUSED = "that is for the film's owner; nothing was changed"
_GUEST = (Shoot, Revise, Ask, Remark, Unclear)
"""A guest may propose shots and ask: nothing that outlasts the shot, nothing that says yes to money."""

_OWNERS = (ChangeStyle, ChangeNegatives)
"""Blocks change by whoever is of the project; a member is, so only a guest is stopped at them."""


class Door:
    """A planner whose plans hold only what the role may do; it keeps who read the message."""

    def __init__(self, planner: Planner, *, role: str) -> None:
        self._planner = planner
        self._role = role
        self.read_by = ""

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """What the message means, as far as this role may mean it."""
        with unwatched():
            plan = await self._planner.plan(message, scene=scene)
        self.read_by = plan.planner
        return plan if self._role in ("owner", "member") else _for_guest(plan)


def _for_guest(plan: Plan) -> Plan:
    kept: tuple[Intent, ...] = tuple(intent for intent in plan.intents if isinstance(intent, _GUEST))
    if len(kept) == len(plan.intents):
        return plan
    return replace(plan, intents=kept or (Unclear(),), remarks=(*plan.remarks, _REFUSED))
