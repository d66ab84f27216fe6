"""What can be read as a file: clips and pictures of takes, and a film in each of its forms."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from agent.studio import Studio
from interfaces.board.pictures import Pictures
from interfaces.export.catalogue import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Read by address; nothing is changed."""

    studio: Studio
    pictures: Pictures

    async def clip(self, take_id: str) -> bytes:
        """The clip of a take as it came from its model."""
        return await self.studio.clips.read((await self.studio.store.take(take_id)).clip)

    async def strip(self, take_id: str) -> bytes:
        """Five frames of a take side by side."""
        return await self.pictures.strip(await self.studio.store.take(take_id))

    def export(self, form: Form) -> Callable[[str], Awaitable[str | bytes]]:
        """A film as such a file."""

        async def read(film_id: str) -> str | bytes:
            data = await form.make(self.studio, await self.studio.store.project(film_id))
            return data.decode("utf-8-sig") if form.is_text else data

        return read
