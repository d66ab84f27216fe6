"""What can be read as a file: clips and pictures of takes, and the contact sheet of a film."""

from dataclasses import dataclass

import anyio.to_thread

from agent.studio import Studio
from interfaces.board.pictures import Pictures
from interfaces.contact.gathering import gather
from interfaces.contact.page import html


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

    async def contact_sheet(self, film_id: str) -> str:
        """Every take of a film with its verdict, as one page with its pictures inside."""
        film = await gather(self.studio, film_id)
        return await anyio.to_thread.run_sync(html, film)
