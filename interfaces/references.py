"""Taking a reference image in: scanned, stored under a generated name, and what was changed of it told."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import anyio

from agent.errors import BadSheetError
from agent.images import Image
from agent.studio import Studio
from interfaces.settings import PREFIX, Settings
from prompts.normal import clean
from prompts.references import Reference, Role
from tools import fetching, scanner, scanning
from tools.video import registry

MOST_REFERENCES = 500
"""Of one film: a first frame for each of the 164 shots of a long one, a last frame for most, and room for looks."""

LONGEST_LABEL = 60
LONGEST_ID = 200

Fetch = Callable[[str], Awaitable[bytes]]
"""The bytes at an address, or a `BadSheetError` that says why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A reference that was taken in.

    Attributes:
        told: What was changed of its image, a sentence each.
    """

    reference: Reference
    told: tuple[str, ...]


async def read_image(file: Path) -> bytes:
    """The bytes of an image file; one that is far too large is not even read.

    Raises:
        BadSheetError: It cannot be read, or is larger than any image that is taken.
    """
    path = anyio.Path(file)
    try:
        scanner.refuse_size((await path.stat()).st_size)
        return await path.read_bytes()
    except OSError as error:
        raise BadSheetError(f"{file} cannot be read ({error.strerror}); name an image file") from error


def fetcher(settings: Settings) -> Fetch:
    """How an image comes from an address: from public hosts where the settings allow it, and else not at all."""
    return fetching.fetch if settings.references_by_url else _unfetched


def named_by(address: str) -> str:
    """The file's name in an address, for the record; what follows a question mark may open a door and is left out."""
    return PurePosixPath(address.partition("?")[0].partition("#")[0]).name


async def add_reference(
    studio: Studio,
    project_id: str,
    *,
    data: bytes,
    label: str,
    use: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    role: Role = Role.LOOK,
    known_as: Mapping[str, str] | None = None,
    note: str = "",
) -> Added:
    """Store the image for the project; one under a label that is taken replaces what was there.

    Args:
        studio: Where it is stored.
        project_id: Whose it is.
        data: The image file.
        label: What the person calls it.
        use: What of it is to be used; ``ignore`` what is not.
        role: What it is in a shot that names it and says nothing else.
        known_as: Vendor to the id it is registered under there. The image is needed all the same: takes are measured
            against it.
        note: The file's name, for the record.

    Raises:
        BadSheetError: It is no usable image, the film has too many, or what is said of it cannot be.
    """
    label, note = _label(label), clean(note).text  # a name that is no Unicode comes with halves of signs in it
    ids = _ids(known_as or {})
    await _refuse_too_many(studio, project_id, label)
    scan = await scanning.scan(data, name=note)
    digest = hashlib.sha256(scan.png).hexdigest()
    reference = Reference(id=digest[:16], label=label, use=use, ignore=ignore, role=role)
    image = Image(file=f"{project_id}/{studio.new_id('ref')}.png", width=scan.width, height=scan.height, known_as=ids)
    await studio.clips.put(image.file, _pieces(scan.png), most_bytes=len(scan.png))
    await studio.store.add_reference(project_id, reference, image=image, note=note)
    return Added(reference=reference, told=scan.told)


async def _unfetched(address: str) -> bytes:
    raise BadSheetError(
        "images are not fetched from addresses here; nothing was fetched; save the image and add the file, or have "
        f"whoever runs this set {PREFIX}REFERENCES_BY_URL=true"
    )


def _label(text: str) -> str:
    label = clean(text).text
    if not label.strip(".") or len(label) > LONGEST_LABEL:  # an address that ends in .. leads somewhere else
        raise BadSheetError(
            f"a reference needs a label of 1 to {LONGEST_LABEL} letters, more than dots; it is how a request names it"
        )
    return label


def _ids(known_as: Mapping[str, str]) -> Mapping[str, str]:
    """The ids as their vendors write them.

    Whether a vendor knows an id is not asked here: it is seen when an order is refused, before anything is billed.
    """
    vendors = {vendor.name for vendor in registry.vendors()}
    strangers = sorted(set(known_as) - vendors)
    if strangers:
        raise BadSheetError(f"no vendor is called {', '.join(strangers)}; there is {', '.join(sorted(vendors))}")
    for vendor, given in known_as.items():
        if not given or len(given) > LONGEST_ID or not given.isascii() or not given.isprintable() or " " in given:
            raise BadSheetError(
                f"{given[:LONGEST_ID]!r} is no id at {vendor}; copy it from the vendor as it stands there"
            )
    return dict(known_as)


async def _refuse_too_many(studio: Studio, project_id: str, label: str) -> None:
    labels = {reference.label for reference, _ in await studio.store.references(project_id)}
    if label not in labels and len(labels) >= MOST_REFERENCES:
        raise BadSheetError(
            f"the film has {len(labels)} reference images, which is the most it can have; nothing was stored; "
            "add this one under a label that is no longer needed, which replaces that image"
        )


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data
