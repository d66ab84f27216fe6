"""An answer on the wire: whole, or in chunks with signs of life between them."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Literal

from agent.film import Project
from interfaces.completions.answering import Answering
from interfaces.completions.reading import Meant
from interfaces.completions.wire import Besides, Choice, Completion, Usage

BEAT_US = 10_000_000
"""A stream that is silent for so long shows a sign of life, so that no proxy and no client gives it up."""

BEAT = ": still here\n\n"
DONE = "data: [DONE]\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One answer to one request.

    Attributes:
        model: As the client called it.
    """

    project: Project
    meant: Meant
    answering: Answering
    model: str

    async def whole(self) -> dict[str, Any]:
        """The answer once nothing more comes of the turn, or the wait is over."""
        text = "".join([piece async for piece in self.answering.pieces(wait_s=self.meant.wait_s) if piece is not None])
        message = {"role": "assistant", "content": text.rstrip()}
        choice = Choice(message=message, finish_reason=self._finish)
        return self._completion(choice, usage=self.answering.usage, besides=await self._besides()).plain()

    async def stream(self) -> AsyncGenerator[str]:
        """The same in server-sent events, while it happens."""
        now_us = self.answering.unfolding.house.studio.now_us
        told_us = now_us()
        yield self._chunk(Choice(delta={"role": "assistant", "content": ""}))
        async for piece in self.answering.pieces(wait_s=self.meant.wait_s):
            if piece is not None:
                yield self._chunk(Choice(delta={"content": piece}))
            elif now_us() - told_us > BEAT_US:
                yield BEAT
            else:
                continue
            told_us = now_us()
        yield self._chunk(Choice(delta={}, finish_reason=self._finish), besides=await self._besides())
        if self.meant.with_usage and self.answering.usage is not None:
            yield self._chunk(usage=self.answering.usage)
        yield DONE

    @property
    def _finish(self) -> Literal["stop", "length"]:
        return "stop" if self.answering.unfolding.over else "length"

    def _chunk(self, *choices: Choice, usage: Usage | None = None, besides: Besides | None = None) -> str:
        return f"data: {self._completion(*choices, usage=usage, besides=besides, chunk=True).line()}\n\n"

    def _completion(
        self, *choices: Choice, usage: Usage | None = None, besides: Besides | None = None, chunk: bool = False
    ) -> Completion:
        said = self.answering.unfolding.said
        return Completion(
            id=f"chatcmpl-{said.id}",
            object="chat.completion.chunk" if chunk else "chat.completion",
            created=said.created_us // 1_000_000,
            model=self.model,
            choices=choices,
            usage=usage,
            countersteer=besides,
        )

    async def _besides(self) -> Besides:
        unfolding = self.answering.unfolding
        return Besides(
            film=self.project.name,
            conversation_id=unfolding.said.conversation_id,
            turn_id=unfolding.said.id,
            spent_micro_usd=await unfolding.house.studio.store.spent_micro_usd(self.project.id),
            ignored=self.meant.ignored,
            going=tuple(sorted(unfolding.going.values())),
        )
