"""Pictures of takes as JPEG: a strip of frames, the first frame, the evidence. Made once, kept beside the clips."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from weakref import WeakValueDictionary

import anyio
import anyio.to_thread

from agent.errors import NotFoundError, StoreError
from agent.film import Take
from agent.findings import Evidence
from agent.studio import Studio
from interfaces.board import drawing

MOST_BYTES = 4_000_000  # of a picture of ours; a strip has about 40 kB


class Pictures:
    """One per process; a picture that several ask for at once is made once."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._making: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._threads = anyio.CapacityLimiter(os.cpu_count() or 1)

    async def strip(self, take: Take) -> bytes:
        """Five frames of the clip side by side.

        Raises:
            BadClipError: The clip does not decode.
        """
        return await self._of_clip(take, "strip", drawing.strip)

    async def poster(self, take: Take) -> bytes:
        """A frame from the clip's start.

        Raises:
            BadClipError: The clip does not decode.
        """
        return await self._of_clip(take, "poster", drawing.poster)

    async def evidence(self, take: Take, *, place: int) -> bytes:
        """What the finding at that place of the verdict rests on: as the check drew it, else the frame it names.

        Raises:
            NotFoundError: There is no such finding, or nothing to show for it.
            BadClipError: The clip does not decode.
        """
        shown = await self._shown(take, place)
        kept = drawing.kept(shown)
        if kept is not None:
            return kept
        box = "-".join(str(round(1000 * share)) for share in shown.box or ())
        return await self._of_clip(take, f"frame{shown.frame}-{box}", partial(drawing.framed, shown=shown))

    async def reference(self, file: str) -> bytes:
        """A stored reference image, small.

        Raises:
            StoreError: It is gone.
        """
        data = await self._studio.clips.read(file)
        return await self._once(f"{Path(file).with_suffix('')}-small.jpg", partial(drawing.shrunk, data))

    async def _of_clip(self, take: Take, what: str, draw: Callable[[Path], bytes]) -> bytes:
        clip = self._studio.clips.path(take.clip)
        return await self._once(f"{take.project_id}/{take.sha256[:40]}-{what}.jpg", partial(draw, clip))

    async def _once(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The picture of that name; made where there is none."""
        async with self._making.setdefault(name, asyncio.Lock()):
            if not await anyio.Path(self._studio.clips.path(name)).exists():
                made = await anyio.to_thread.run_sync(make, limiter=self._threads)
                with suppress(StoreError):  # another process may have been quicker; what is wrong shows in reading it
                    await self._studio.clips.put(name, _pieces(made), most_bytes=MOST_BYTES)
            return await self._studio.clips.read(name)

    async def _shown(self, take: Take, place: int) -> Evidence:
        verdict = await self._studio.store.verdict(take.id)
        findings = verdict.findings if verdict else ()
        if not 0 <= place < len(findings) or not findings[place].evidence:
            raise NotFoundError(what=f"evidence of take {take.number}", name=str(place))
        return findings[place].evidence[0]


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data
