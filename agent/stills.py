"""The images that go out with a shot: read, told apart by their part in it, and prepared for a model."""

from dataclasses import dataclass
from pathlib import PurePath

from anyio import to_thread

from agent.film import Shot
from agent.jobs import Still
from agent.policy.framing import Framed
from agent.ports import Darkroom
from agent.profiles import Material, Profile, material
from agent.studio import Studio
from prompts.references import Reference, Role
from prompts.rendering import Change, Note

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
    looks = [await _load(studio, shot.project_id, reference) for reference in _of(shot, Role.LOOK)]
    firsts = [await _load(studio, shot.project_id, reference) for reference in _of(shot, Role.FIRST_FRAME)[:1]]
    lasts = [await _load(studio, shot.project_id, reference) for reference in _of(shot, Role.LAST_FRAME)[:1]]
    return Stills(
        looks=tuple(looks),
        first_frame=firsts[0] if firsts else None,
        last_frame=lasts[0] if lasts else None,
    )


async def frames(studio: Studio, shot: Shot) -> tuple[Framed, ...]:
    """The shape of every image that the shot names as a frame, from rows alone."""
    named = (*_of(shot, Role.FIRST_FRAME), *_of(shot, Role.LAST_FRAME))
    found = [(reference, await studio.store.image(shot.project_id, reference)) for reference in named]
    return tuple(
        Framed(label=reference.label, role=reference.role, width=image.width, height=image.height)
        for reference, image in found
    )


async def project_stills(studio: Studio, project_id: str) -> tuple[Still, ...]:
    """All look references of the project: what light and palette are measured against."""
    kept = [reference for reference, _ in await studio.store.references(project_id) if reference.role is Role.LOOK]
    return tuple([await _load(studio, project_id, reference) for reference in kept])


async def prepare(darkroom: Darkroom, images: Stills, profile: Profile) -> tuple[Stills, tuple[Note, ...]]:
    """The images as this model takes them, and a note for each that had to be changed; off the event loop.

    A look that the vendor knows under an id goes out as that id, so nothing is done to it.

    Raises:
        UnsupportedError: One of them cannot be brought within what the model takes.
    """
    if images.material is Material.WORDS:
        return images, ()
    return await to_thread.run_sync(_prepared, darkroom, images, profile)


def _prepared(darkroom: Darkroom, images: Stills, profile: Profile) -> tuple[Stills, tuple[Note, ...]]:
    notes: list[Note] = []
    taken = images.looks[: profile.dialect.max_references]
    sent = [still for still in taken if profile.vendor not in still.known_as]
    frames = [still for still in (images.first_frame, images.last_frame) if still]
    limits = profile.stills.among(len(sent) + len(frames))

    def fitted(still: Still) -> Still:
        made, told = darkroom.fit(still, limits, model=profile.name)
        part = f"reference {still.label}"
        notes.extend(Note(change=Change.PREPARED, part=part, sentence=sentence) for sentence in told)
        return made

    made = Stills(
        looks=tuple(fitted(still) if still in sent else still for still in taken),
        first_frame=fitted(images.first_frame) if images.first_frame else None,
        last_frame=fitted(images.last_frame) if images.last_frame else None,
    )
    return made, tuple(notes)


def _of(shot: Shot, role: Role) -> list[Reference]:
    return [reference for reference in shot.references if reference.role is role]


async def _load(studio: Studio, project_id: str, reference: Reference) -> Still:
    image = await studio.store.image(project_id, reference)
    return Still(
        label=reference.label,
        data=await studio.clips.read(image.file),
        media_type=MEDIA_TYPES[PurePath(image.file).suffix.lower()],
        known_as=image.known_as,
    )
