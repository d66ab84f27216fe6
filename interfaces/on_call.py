"""A judge who is fetched when first asked."""

from collections.abc import Callable, Sequence
from functools import cached_property

from agent.findings import Opinion, Picture
from agent.jobs import Still
from agent.ports import Judge


class OnCall:
    """Implements `agent.ports.Judge`. A judge's client is a quarter of a house's start, and few commands ask one."""

    def __init__(self, name: str, fetch: Callable[[], Judge]) -> None:
        """``name`` is the judge's own."""
        self.name = name
        self._fetch = fetch

    async def judge(
        self,
        pictures: Sequence[Picture],
        *,
        terms: Sequence[str],
        references: Sequence[Still] = (),
        people: int | None = None,
    ) -> tuple[Opinion, ...]:
        """What the judge says."""
        return await self._fetched.judge(pictures, terms=terms, references=references, people=people)

    @cached_property
    def _fetched(self) -> Judge:
        return self._fetch()
