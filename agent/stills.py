"""The images that go out with a shot."""

from dataclasses import dataclass
from pathlib import PurePath

from agent.film import Shot
from agent.jobs import Still
from agent.profiles import Material, material
from agent.studio import Studio
from prompts.references import Reference, Role

MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stills:
    """The images of one shot.

    Attributes:
        looks: Its look references in the order the prompt numbers them.
    """

    looks: tuple[Still, ...]
    first_frame: Still | None
    last_frame: Still | None = None

    @property
    def material(self) -> Material:
        """What kind of material they are."""
        return material(looks=len(self.looks), first=self.first_frame is not None, last=self.last_frame is not None)


async def stills(studio: Studio, shot: Shot) -> Stills:
    """What goes out with this shot."""
    files = {reference.id: file for reference, file in await studio.store.references(shot.project_id)}
    looks = [reference for reference in shot.references if reference.role is Role.LOOK]
    firsts = [reference for reference in shot.references if reference.role is Role.FIRST_FRAME]
    loaded = [await _load(studio, reference, files) for reference in (*looks, *firsts[:1])]
    return Stills(looks=tuple(loaded[: len(looks)]), first_frame=loaded[-1] if firsts else None)


async def project_stills(studio: Studio, project_id: str) -> tuple[Still, ...]:
    """All look references of the project: what light and palette are measured against."""
    rows = await studio.store.references(project_id)
    files = {reference.id: file for reference, file in rows}
    return tuple([await _load(studio, reference, files) for reference, _ in rows if reference.role is Role.LOOK])


async def _load(studio: Studio, reference: Reference, files: dict[str, str]) -> Still:
    name = files[reference.id]
    media_type = MEDIA_TYPES[PurePath(name).suffix.lower()]
    return Still(label=reference.label, data=await studio.clips.read(name), media_type=media_type)
