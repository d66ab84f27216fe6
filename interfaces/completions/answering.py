"""A turn's story as the text of a chat answer, with links to what can be seen of it."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

from agent.events import Event, What
from agent.findings import Sight
from agent.store import Store
from interfaces import story
from interfaces.board.cards import SHOWN
from interfaces.completions.wire import Usage
from interfaces.unfolding import Happened, Unfolding

BREAK = "  \n"
"""A line's end that Markdown keeps."""


@dataclass(slots=True, kw_only=True)
class Answering:
    """One answer as it grows.

    Attributes:
        before: Told before anything else.
        address: Where this house is reached; links begin with it, and ask for the same token.
    """

    unfolding: Unfolding
    before: tuple[str, ...]
    address: str
    tokens: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    @property
    def usage(self) -> Usage | None:
        """What a language model read and wrote, as it said itself."""
        if not self.tokens:
            return None
        read, written = (sum(each) for each in zip(*self.tokens, strict=True))
        return Usage(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)

    async def pieces(self, *, wait_s: int) -> AsyncGenerator[str | None]:
        """The text, piece by piece; ``None`` where a while passed without any."""
        if self.before:
            yield _block(self.before)
        until_us = self.unfolding.house.studio.now_us() + wait_s * 1_000_000
        async for each in self.unfolding.follow(until_us=until_us):
            yield None if each is None else await self._told(each)
        if not self.unfolding.over:
            yield _block([self._unfinished()])

    async def _told(self, happened: Happened) -> str | None:
        event = happened.event
        if event.what is What.READ:
            read, written = event.data["tokens_read"], event.data["tokens_written"]
            if isinstance(read, int) and isinstance(written, int):
                self.tokens.append((read, written))
        lines = [str(line) for line in story.tell(event, shot=happened.shot)]
        return _block([*lines, *await self._links(event)]) if lines else None

    async def _links(self, event: Event) -> list[str]:
        """The clip when it is there, and the pictures behind what was seen in it."""
        take_id = str(event.data.get("take_id", ""))
        at = f"{self.address}media/takes/{take_id}"
        match event.what:
            case What.TAKE | What.DELIVER:
                return [f"[clip of take {event.data['number']}]({at}/clip.mp4)"]
            case What.VERDICT:
                shown = await _shown(self.unfolding.house.studio.store, take_id)
                return [f"[{story.chip(sight)}: {term}]({at}/evidence/{place}.jpg)" for place, term, sight in shown]
            case _:
                return []

    def _unfinished(self) -> str:
        if self.unfolding.reply is None:
            return "Your message waits for those before it. Send the same again to hear what comes of it."
        numbers = ", ".join(str(number) for number in sorted(self.unfolding.going.values()))
        return (
            f"Still being made: shot {numbers}. It goes on without you. Send the same again to hear the rest, "
            "or ask for the status."
        )


async def _shown(store: Store, take_id: str) -> list[tuple[int, str, Sight]]:
    """Findings that a picture shows: their places in the verdict, terms and sights."""
    verdict = await store.verdict(take_id)
    findings = verdict.findings if verdict else ()
    return [
        (place, found.term, found.sight)
        for place, found in enumerate(findings)
        if found.evidence and found.sight in SHOWN
    ]


def _block(lines: Sequence[str]) -> str:
    return BREAK.join(lines) + "\n\n"
