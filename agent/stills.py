"""The images that go out with a shot."""

from pathlib import PurePath

from agent.film import Shot
from agent.jobs import Still
from agent.studio import Studio
from prompts.references import Reference, Role

MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


async def stills(studio: Studio, shot: Shot) -> tuple[tuple[Still, ...], Still | None]:
    """The shot's look references in the order the prompt numbers them, and its first frame if it has one."""
    files = {reference.id: file for reference, file in await studio.store.references(shot.project_id)}
    looks = [reference for reference in shot.references if reference.role is Role.LOOK]
    firsts = [reference for reference in shot.references if reference.role is Role.FIRST_FRAME]
    loaded = [await _load(studio, reference, files) for reference in (*looks, *firsts[:1])]
    return tuple(loaded[: len(looks)]), loaded[-1] if firsts else None


async def project_stills(studio: Studio, project_id: str) -> tuple[Still, ...]:
    """All look references of the project: what light and palette are measured against."""
    rows = await studio.store.references(project_id)
    files = {reference.id: file for reference, file in rows}
    return tuple([await _load(studio, reference, files) for reference, _ in rows if reference.role is Role.LOOK])


async def _load(studio: Studio, reference: Reference, files: dict[str, str]) -> Still:
    name = files[reference.id]
    media_type = MEDIA_TYPES[PurePath(name).suffix.lower()]
    return Still(label=reference.label, data=await studio.clips.read(name), media_type=media_type)
