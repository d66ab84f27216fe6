"""A dropped shot list as it is shown before its shots are made: row by row, with what first takes would come to."""

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath

import anyio.to_thread

from agent.film import Project
from agent.intents import Scene
from agent.reading.tables.listing import Listing
from agent.studio import Studio
from interfaces.shotlists import importing, preview, sources, weighing
from interfaces.shotlists.importing import Candidate
from interfaces.story import Line, Tone
from prompts.conflicts import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One list.

    Attributes:
        lines: The list as a whole, then each row, then the price.
        ready: The rows that can be made.
        conflicts: What speaks against the shots as they stand; the sure ones would fail.
    """

    name: str
    lines: tuple[Line, ...]
    ready: tuple[Candidate, ...]
    conflicts: tuple[Conflict, ...]


async def understood(studio: Studio, project: Project, *, name: str, data: bytes) -> Understood:
    """What the list was understood as; nothing is stored.

    Raises:
        UnreadableListError: It cannot be read, or has no shot in it.
    """
    scene = await importing.known(studio, project)
    listing = await anyio.to_thread.run_sync(_read, name, data, scene)
    found = await importing.candidates(studio, project, listing)
    ready = tuple(each for each in found if each.shot is not None)
    quotes = await importing.price(studio, [each.shot for each in ready if each.shot is not None])
    twice = await importing.again(studio, project, found)
    told = (Line(text=f"{twice} of them are in the film already, word for word.", tone=Tone.OPEN),) if twice else ()
    lines = (*preview.lines(listing, found, source=name), *told, *preview.prices(quotes))
    conflicts = await weighing.against(studio, project, ready)
    return Understood(name=name, lines=lines, ready=ready, conflicts=conflicts)


def _read(name: str, data: bytes, scene: Scene) -> Listing:
    """The readers take a file, whose name says what kind it is."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"list{PurePath(name).suffix.lower()}"
        file.write_bytes(data)
        return sources.read(file, scene=scene)
