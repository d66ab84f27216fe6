"""Being watched at work: a span per step, vendor's call and look at a take, with ids in it and never with words."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

Step = TypeVar("Step", bound=Callable[..., Awaitable[object]])

_IDS = ("shot_id", "turn_id", "job_id", "take_id", "route_id")


class Watch(Protocol):
    """Whoever wants to know how long things take and how they end."""

    def over(self, kind: str, name: str, **ids: str) -> AbstractContextManager[None]:
        """A span around the work inside; what that raises goes through it untouched.

        Args:
            kind: ``step``, ``vendor`` or ``look``.
            name: Which step or call.
            ids: Of rows, a model or a vendor; nothing that a person wrote, and no key.
        """
        ...


class Unwatched:
    """Nobody wants to know."""

    def over(self, kind: str, name: str, **ids: str) -> AbstractContextManager[None]:
        """Nothing happens around the work."""
        return nullcontext()


def watched(step: Step) -> Step:
    """The step of a graph with a span around it."""

    # LangGraph reads the step's own signature; naming its type here would load it before its switch is set.
    @wraps(step)
    async def seen(state: Mapping[str, object], runtime: Any) -> object:
        ids = {name: str(state[name]) for name in _IDS if state.get(name)}
        watch: Watch = runtime.context.watch
        with watch.over("step", step.__name__, **ids):
            return await step(state, runtime)

    return cast(Step, seen)
